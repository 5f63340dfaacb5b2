"""The database itself refuses to change or delete an event. Whoever rebuilds the table later has to make the triggers again."""

from typing import Any

from django.db import migrations

_SQLITE = """
CREATE TRIGGER ledger_event_no_{verb} BEFORE {verb} ON ledger_event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END
"""
_FUNCTION = """
CREATE FUNCTION ledger_event_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER ledger_event_no_{verb} BEFORE {verb} ON ledger_event
FOR EACH ROW EXECUTE FUNCTION ledger_event_append_only()
"""
_VERBS = ("UPDATE", "DELETE")


def make(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001  Django's shape
    statements = [_SQLITE.format(verb=verb) for verb in _VERBS]
    if schema_editor.connection.vendor == "postgresql":
        statements = [_FUNCTION, *(_POSTGRESQL.format(verb=verb) for verb in _VERBS)]
    for statement in statements:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("ledger", "0001_tables"),)
    operations = (migrations.RunPython(make, elidable=False),)
