"""The tables as :mod:`audit.ledger.models` describes them (made by Django's makemigrations)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Portal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("host", models.CharField(max_length=255, unique=True)),
                ("url", models.CharField(max_length=2000)),
                ("name", models.CharField(default="", max_length=255)),
            ],
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255)),
                ("kind", models.CharField(default="", max_length=20)),
                ("url", models.CharField(default="", max_length=2000)),
                ("url_prefixes", models.JSONField(default=list)),
                ("aliases", models.JSONField(default=list)),
                ("responsible", models.CharField(default="", max_length=100)),
                ("contact", models.CharField(default="", max_length=255)),
                (
                    "portal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="departments", to="ledger.portal"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=255, unique=True)),
                ("as_of", models.DateField()),
                ("started", models.DateTimeField(null=True)),
                ("finished", models.DateTimeField(null=True)),
                ("coverage", models.CharField(max_length=10)),
                ("coverage_reason", models.CharField(default="", max_length=4000)),
                ("pages", models.IntegerField(default=0)),
                ("packs", models.JSONField(default=dict)),
                ("rules", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("merged", models.BooleanField(default=False)),
                ("merged_at", models.DateTimeField(null=True)),
                (
                    "portal",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="runs", to="ledger.portal"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(default="待整改", max_length=10)),
                ("source", models.CharField(default="audit", max_length=50)),
                ("source_number", models.CharField(default="", max_length=100)),
                ("fingerprint", models.CharField(db_index=True, default="", max_length=16)),
                ("matter", models.CharField(default="", max_length=16)),
                ("group_matter", models.CharField(default="", max_length=16)),
                ("rule", models.CharField(default="", max_length=100)),
                ("rule_digest", models.CharField(default="", max_length=16)),
                ("rule_title", models.CharField(default="", max_length=255)),
                ("pack", models.CharField(default="", max_length=100)),
                ("clause", models.CharField(default="", max_length=100)),
                ("kind", models.CharField(default="", max_length=20)),
                ("url", models.CharField(default="", max_length=2000)),
                ("subject", models.CharField(default="", max_length=4000)),
                ("key", models.CharField(default="", max_length=4000)),
                ("message", models.CharField(default="", max_length=4000)),
                ("found_on", models.JSONField(default=list)),
                ("found_on_count", models.IntegerField(default=0)),
                ("samples", models.JSONField(default=list)),
                ("count", models.IntegerField(default=1)),
                ("content", models.CharField(default="", max_length=16)),
                ("details", models.JSONField(default=dict)),
                ("received", models.DateField()),
                ("due_days", models.IntegerField(null=True)),
                ("due", models.DateField(null=True)),
                ("due_provisional", models.BooleanField(default=False)),
                ("first_seen", models.DateField(null=True)),
                ("last_seen", models.DateField(null=True)),
                ("closed_on", models.DateField(null=True)),
                (
                    "department",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="tickets", to="ledger.department"
                    ),
                ),
                (
                    "portal",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tickets", to="ledger.portal"),
                ),
                (
                    "seen_run",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="ledger.run"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Seen",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("change", models.CharField(default="", max_length=8)),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="seen", to="ledger.run")),
                (
                    "ticket",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="seen", to="ledger.ticket"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=100)),
                ("role", models.CharField(max_length=10)),
                ("verb", models.CharField(max_length=20)),
                ("before", models.CharField(default="", max_length=10)),
                ("after", models.CharField(max_length=10)),
                ("note", models.CharField(default="", max_length=4000)),
                ("proof", models.CharField(default="", max_length=2000)),
                ("run", models.CharField(default="", max_length=255)),
                (
                    "ticket",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="ledger.ticket"),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="UnitScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("low", models.FloatField()),
                ("high", models.FloatField()),
                ("verdict", models.CharField(max_length=10)),
                ("failed", models.IntegerField(default=0)),
                (
                    "department",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="ledger.department"
                    ),
                ),
                ("run", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="scores", to="ledger.run")),
            ],
        ),
        migrations.CreateModel(
            name="Waiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=4000)),
                ("by", models.CharField(max_length=100)),
                ("granted_at", models.DateTimeField()),
                ("until", models.DateField()),
                ("used_on", models.DateField(null=True)),
                ("ended", models.DateField(null=True)),
                (
                    "ticket",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="waivers", to="ledger.ticket"),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="department",
            constraint=models.UniqueConstraint(fields=("portal", "name"), name="one_department_a_name"),
        ),
        migrations.AddIndex(
            model_name="run",
            index=models.Index(fields=["portal", "as_of"], name="run_by_portal"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["portal", "matter"], name="ticket_by_matter"),
        ),
        migrations.AddIndex(
            model_name="ticket",
            index=models.Index(fields=["portal", "state"], name="ticket_by_state"),
        ),
        migrations.AddIndex(
            model_name="waiver",
            index=models.Index(fields=["ticket", "ended"], name="waiver_in_force"),
        ),
    ]
