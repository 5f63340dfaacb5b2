"""The ledger as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "audit.ledger"
    label = "ledger"
    verbose_name = "整改台账"
    default_auto_field = "django.db.models.BigAutoField"
