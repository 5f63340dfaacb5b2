"""The ledger's tables. Imported only after :func:`audit.ledger.database.use` has told Django which database it is."""

from typing import Any, NoReturn

from django.db import models

from audit.ledger.states import Source, State

TEXT = 4_000
"""Longest message, note or reason in characters; longer ones are cut where they come in."""
ADDRESS = 2_000


class Portal(models.Model):
    """One government web site, known by its host."""

    host = models.CharField(max_length=255, unique=True)
    url = models.CharField(max_length=ADDRESS)
    name = models.CharField(max_length=255, default="")


class Department(models.Model):
    """A 单位 of a portal; a renamed one keeps its row, its old names are ``aliases``."""

    portal = models.ForeignKey(Portal, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField(max_length=255)
    kind = models.CharField(max_length=20, default="")
    url = models.CharField(max_length=ADDRESS, default="")
    url_prefixes = models.JSONField(default=list)
    aliases = models.JSONField(default=list)
    responsible = models.CharField(max_length=100, default="")
    """责任人."""
    contact = models.CharField(max_length=255, default="")
    """Telephone or address by which the 责任人 is reached."""

    class Meta:
        constraints = (models.UniqueConstraint(fields=["portal", "name"], name="one_department_a_name"),)


class Run(models.Model):
    """One audit as the ledger took it in."""

    portal = models.ForeignKey(Portal, on_delete=models.PROTECT, related_name="runs")
    name = models.CharField(max_length=255, unique=True)
    """Of the run folder."""
    as_of = models.DateField()
    started = models.DateTimeField(null=True)
    finished = models.DateTimeField(null=True)
    coverage = models.CharField(max_length=10)
    """A member of :class:`~audit.ledger.account.Coverage`."""
    coverage_reason = models.CharField(max_length=TEXT, default="")
    pages = models.IntegerField(default=0)
    packs = models.JSONField(default=dict)
    """Version by pack."""
    rules = models.JSONField(default=dict)
    """Digest of what was in force, by rule."""
    counts = models.JSONField(default=dict)
    """``failed new still fixed returned`` …"""
    merged = models.BooleanField(default=False)
    """False: the merge was begun and never came to its end; nothing of it is in the ledger."""
    merged_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["portal", "as_of"], name="run_by_portal"),)


class UnitScore(models.Model):
    """Score of one 单位 (None: the portal itself) in one run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="scores")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="scores")
    low = models.FloatField()
    high = models.FloatField()
    verdict = models.CharField(max_length=10)
    failed = models.IntegerField(default=0)


class Ticket(models.Model):
    """One problem of one 单位, from its discovery to 销号 and, if it comes back, beyond."""

    portal = models.ForeignKey(Portal, on_delete=models.PROTECT, related_name="tickets")
    department = models.ForeignKey(Department, null=True, on_delete=models.PROTECT, related_name="tickets")
    state = models.CharField(max_length=10, default=State.OPEN.value)
    source = models.CharField(max_length=50, default=Source.AUDIT.value)
    source_number = models.CharField(max_length=100, default="")
    """Number of the 找错 message or of the line in the evaluator's list."""
    fingerprint = models.CharField(max_length=16, default="", db_index=True)
    matter = models.CharField(max_length=16, default="")
    """The fingerprint without the 单位: a renamed 单位 keeps its tickets."""
    group_matter = models.CharField(max_length=16, default="")
    """Matter of the group (template, section) that the finding belongs to; its own when it is the group."""
    rule = models.CharField(max_length=100, default="")
    rule_digest = models.CharField(max_length=16, default="")
    """What the rule asked for when the fault was last seen."""
    rule_title = models.CharField(max_length=255, default="")
    pack = models.CharField(max_length=100, default="")
    clause = models.CharField(max_length=100, default="")
    kind = models.CharField(max_length=20, default="")
    """What the rule judges: ``portal department column page link``."""
    url = models.CharField(max_length=ADDRESS, default="")
    subject = models.CharField(max_length=TEXT, default="")
    key = models.CharField(max_length=TEXT, default="")
    message = models.CharField(max_length=TEXT, default="")
    found_on = models.JSONField(default=list)
    found_on_count = models.IntegerField(default=0)
    samples = models.JSONField(default=list)
    count = models.IntegerField(default=1)
    content = models.CharField(max_length=16, default="")
    """Digest of what was said when it was last seen: most nights nothing changed, and nothing is written."""
    details = models.JSONField(default=dict)
    """What the lists of people say beyond this: indicator, standard, old and new wording, row …"""
    received = models.DateField()
    """Day from which working days are counted: of receipt, of coming back, of the end of a waiver."""
    due_days = models.IntegerField(null=True)
    """Working days; None: ``due`` was given as a day."""
    due = models.DateField(null=True)
    due_provisional = models.BooleanField(default=False)
    first_seen = models.DateField(null=True)
    last_seen = models.DateField(null=True)
    seen_run = models.ForeignKey(Run, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_on = models.DateField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["portal", "matter"], name="ticket_by_matter"),
            models.Index(fields=["portal", "state"], name="ticket_by_state"),
        )

    @property
    def number(self) -> str:
        return f"T{self.pk:06d}"


class Seen(models.Model):
    """That a ticket's fault was seen in a run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="seen")
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="seen")
    change = models.CharField(max_length=8, default="")
    """``new still reopened``, as the report of that run says it."""


class AppendOnlyError(RuntimeError):
    """Somebody tried to rewrite history: a bug of ours."""


class _AppendOnlyRows(models.QuerySet):
    def update(self, **_: Any) -> NoReturn:
        raise AppendOnlyError("events are never changed")

    def delete(self) -> NoReturn:
        raise AppendOnlyError("events are never deleted")


class Event(models.Model):
    """Who did what to a ticket, and when. The database itself refuses to change or delete one."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    role = models.CharField(max_length=10)
    verb = models.CharField(max_length=20)
    before = models.CharField(max_length=10, default="")
    after = models.CharField(max_length=10)
    note = models.CharField(max_length=TEXT, default="")
    proof = models.CharField(max_length=ADDRESS, default="")
    """Address that shows what was mended."""
    run = models.CharField(max_length=255, default="")
    """Name of the run on which the machine rests; runs are forgotten, history is not."""

    objects = _AppendOnlyRows.as_manager()

    class Meta:
        ordering = ("pk",)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnlyError("events are never changed")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise AppendOnlyError("events are never deleted")


class Waiver(models.Model):
    """豁免: a fault that is accepted until a day."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="waivers")
    reason = models.CharField(max_length=TEXT)
    by = models.CharField(max_length=100)
    granted_at = models.DateTimeField()
    until = models.DateField()
    """Last day."""
    used_on = models.DateField(null=True)
    """Audit date of the last run in which it covered a finding; None: never."""
    ended = models.DateField(null=True)
    """Day on which it was revoked, expired or no longer needed; None: in force."""

    class Meta:
        indexes = (models.Index(fields=["ticket", "ended"], name="waiver_in_force"),)


class ProblemList(models.Model):
    """One sheet of a list that was imported: its headings as they were written, so that it can be given back."""

    name = models.CharField(max_length=255)
    """File name."""
    sheet = models.CharField(max_length=255, default="")
    source = models.CharField(max_length=50)
    headings = models.JSONField(default=list)
    entered_at = models.DateTimeField()
    by = models.CharField(max_length=100)


class ListRow(models.Model):
    """A row of such a list, and the ticket that stands for it; several rows may mean one ticket."""

    problem_list = models.ForeignKey(ProblemList, on_delete=models.PROTECT, related_name="rows")
    number = models.IntegerField()
    """Row in the file, 1-based."""
    cells = models.JSONField(default=list)
    """Texts by heading, in their order."""
    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="list_rows")

    class Meta:
        ordering = ("problem_list", "number", "pk")
