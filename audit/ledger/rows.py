"""Many rows written at once: a night may bring a hundred thousand, and a model instance for each costs most of the time."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models


def insert_many(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert ``rows``, values in the order of ``names``; every column must be among them but the primary key."""
    columns = ", ".join(_column(model, name) for name in names)
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608, SLF001  names of our own models
    _execute(statement, (_plain(row) for row in rows))


def update_many(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Update ``rows`` by primary key, which stands last in each."""
    columns = ", ".join(f"{_column(model, name)} = %s" for name in names)
    statement = f"UPDATE {_quoted(model._meta.db_table)} SET {columns} WHERE {_column(model, 'pk')} = %s"  # noqa: S608, SLF001  as above
    _execute(statement, (_plain(row) for row in rows))


def _execute(statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    values = list(rows)
    if values:
        with connection.cursor() as cursor:
            cursor.executemany(statement, values)


def _column(model: type[models.Model], name: str) -> str:
    meta = model._meta  # noqa: SLF001  Django's documented interface to a model's columns
    return _quoted((meta.pk if name == "pk" else meta.get_field(name)).column)


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _plain(row: Sequence[Any]) -> tuple[Any, ...]:
    """Values as both databases take them in every column that we have."""
    return tuple(
        connection.ops.adapt_datetimefield_value(value)
        if isinstance(value, datetime)
        else value.isoformat()
        if isinstance(value, date)
        else json.dumps(value, ensure_ascii=False)
        if isinstance(value, list | dict)
        else value
        for value in row
    )
