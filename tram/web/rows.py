"""Rows in few words: what the ORM would say to the database table by table, and put together anew each time."""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

Thing = TypeVar("Thing", bound=Model)
Link = tuple[int, str, int]
"""A foreign key among new rows: the place of its row, its column, the place of the row to which it points."""


def insert(*things: Model) -> None:
    """Insert new rows, of one table or of several, in one statement, and give each its key.

    A foreign key may point to a thing that stands before it in the list. Nothing is validated and no signal is sent.
    """
    values: list[Any] = []
    links: list[Link] = []
    for place, thing in enumerate(things):
        for field in _fields(type(thing)):
            parent = _place_of(field, thing, things[:place]) if field.is_relation else None
            if parent is None:
                values.append(field.get_db_prep_save(field.pre_save(thing, True), connection))
            else:
                links.append((place, field.column, parent))
    with connection.cursor() as cursor:
        cursor.execute(_statement(tuple(map(type, things)), tuple(links)), values)
        keys = cursor.fetchone()
    for thing, key in zip(things, keys, strict=True):
        thing.pk, thing._state.adding, thing._state.db = key, False, connection.alias
    for place, column, parent in links:
        setattr(things[place], column, things[parent].pk)


def one_of(model: type[Thing], statement: str, *values: object) -> Thing:
    """The thing that a statement reads, every column of it; raises DoesNotExist where there is none."""
    for thing in model._default_manager.raw(statement, values):
        return thing
    raise model.DoesNotExist  # type: ignore[attr-defined]


@cache
def _fields(model: type[Model]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


def _place_of(field: Any, thing: Model, before: Sequence[Model]) -> int | None:
    """Where the thing stands, among those before, to which this foreign key points."""
    if not field.is_cached(thing):
        return None
    parent = field.get_cached_value(thing)
    return next((place for place, other in enumerate(before) if other is parent), None)


@cache
def _statement(models: tuple[type[Model], ...], links: tuple[Link, ...]) -> str:
    parents = {(place, column): f"(SELECT id FROM new_{parent})" for place, column, parent in links}
    parts = []
    for place, model in enumerate(models):
        columns = [field.column for field in _fields(model)]
        places = ", ".join(parents.get((place, column), "%s") for column in columns)
        parts.append(f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({places}) RETURNING id")
    if len(parts) == 1:
        return parts[0]
    rows = ", ".join(f"new_{place} AS ({part})" for place, part in enumerate(parts))
    return f"WITH {rows} SELECT {', '.join(f'(SELECT id FROM new_{place})' for place in range(len(parts)))}"
