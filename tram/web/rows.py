"""Rows in few words: what the ORM would say to the database table by table, and put together anew each time."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar

from django.db import DatabaseError, connection
from django.db.models import Model, Q, QuerySet

from tram.kernel.clock import LOCAL, local

Thing = TypeVar("Thing", bound=Model)
Row = TypeVar("Row")
Where = TypeVar("Where")
MONTHS = """
WITH RECURSIVE found (month) AS (
    (SELECT date_trunc('month', {moment}, %(zone)s) FROM {rows} WHERE {are} ORDER BY {moment} DESC LIMIT 1)
    UNION ALL
    SELECT (
        SELECT date_trunc('month', {moment}, %(zone)s) FROM {rows} WHERE {are} AND {moment} < found.month
        ORDER BY {moment} DESC LIMIT 1
    ) FROM found WHERE found.month IS NOT NULL
) SELECT month FROM found WHERE month IS NOT NULL
"""
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


def all_of(model: type[Thing], statement: str, *values: Any, **named: Any) -> list[Thing]:
    """The things that a statement reads, every column of them; what it reads besides becomes attributes of theirs.

    What `raw()` of the manager does, at a fifth of its price. Columns called "letter.id", "letter.state" … go to the thing to which the
    foreign key `letter` points: the key among them, the others as many as are wanted.
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, named or values)
        plan = _plan(model, tuple(column.name for column in cursor.description))
        return [_thing(model, plan, row) for row in cursor.fetchall()]


class _Plan(NamedTuple):
    """Where the columns of a statement go: places of the fields in their order, those that want converting, the rest; and the
    same of what foreign keys point to."""

    names: list[str]
    places: list[int]
    converted: list[tuple[int, Any]]
    besides: list[tuple[str, int]]
    pointed: list[tuple[Any, int, "_Plan"]]


@cache
def _plan(model: type[Model], columns: tuple[str, ...]) -> _Plan:
    fields = model._meta.concrete_fields
    own = {field.column for field in fields}
    besides = [(name, place) for place, name in enumerate(columns) if name not in own and "." not in name]
    links = dict.fromkeys(name.partition(".")[0] for name in columns if "." in name)
    pointed = [_pointed(model._meta.get_field(link), columns) for link in links]
    return _plan_of(list(fields), [columns.index(field.column) for field in fields], besides, pointed)


def _pointed(link: Any, columns: tuple[str, ...]) -> tuple[Any, int, _Plan]:
    """The foreign key, the place of the key to which it points, where the rest of that thing goes."""
    before = f"{link.name}."
    places = {name.removeprefix(before): place for place, name in enumerate(columns) if name.startswith(before)}
    fields = [field for field in link.related_model._meta.concrete_fields if field.column in places]
    return link, places["id"], _plan_of(fields, [places[field.column] for field in fields])


def _plan_of(fields: list[Any], places: list[int], besides: Any = (), pointed: Any = ()) -> _Plan:
    converted = [(place, field) for place, field in enumerate(fields) if hasattr(field, "from_db_value")]
    return _Plan([field.attname for field in fields], places, converted, list(besides), list(pointed))


def _thing(model: type[Thing], plan: _Plan, row: tuple[Any, ...]) -> Thing:
    values = [row[place] for place in plan.places]
    for place, field in plan.converted:
        values[place] = field.from_db_value(values[place], None, connection)
    thing = model.from_db(connection.alias, plan.names, values)
    for name, place in plan.besides:
        setattr(thing, name, row[place])
    for link, key, own in plan.pointed:
        link.set_cached_value(thing, None if row[key] is None else _thing(link.related_model, own, row))
    return thing


def first_of(model: type[Thing], statement: str, *values: Any, **named: Any) -> Thing | None:
    """The first thing that a statement reads; None where there is none."""
    return next(iter(all_of(model, statement, *values, **named)), None)


def one_of(model: type[Thing], statement: str, *values: Any) -> Thing:
    """The first thing that a statement reads; raises DoesNotExist where there is none."""
    thing = first_of(model, statement, *values)
    if thing is None:
        raise model.DoesNotExist  # type: ignore[attr-defined]
    return thing


def read(statement: str, *values: Any, **named: Any) -> list[tuple[Any, ...]]:
    """Every row that a statement reads; its values in their order, or by their names."""
    with connection.cursor() as cursor:
        cursor.execute(statement, named or values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def months(rows: str, are: str, moment: str = "since_at", **named: Any) -> list[datetime]:
    """The first days of the months in which rows of a table, those that `are` so, have their moment, the last first. One query.

    It steps from month to month by an index of the moment: it costs by the months, however many rows there are.
    """
    statement = MONTHS.format(rows=rows, are=are, moment=moment)
    return [local(month) for (month,) in read(statement, zone=LOCAL.key, **named)]


def newest_first(
    found: QuerySet[Any, Row], by: str, after: tuple[Where, int] | None, limit: int
) -> tuple[list[Row], tuple[Where, int] | None]:
    """A page of a list, the greatest of a column and then of the keys first; and where the next begins, None after the last.
    One query.

    `after`: what the page before gave. The column is bounded alone too: by an "or" no index is entered.
    """
    if after:
        value, key = after
        found = found.filter(Q(**{f"{by}__lte": value}), Q(**{f"{by}__lt": value}) | Q(**{by: value, "pk__lt": key}))
    return page(list(found.order_by(f"-{by}", "-pk")[: limit + 1]), by, limit)


def page(rows: list[Row], by: str, limit: int) -> tuple[list[Row], tuple[Any, int] | None]:
    """The same of rows that were read already, one more than the page holds where there are more."""
    last: Any = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], (getattr(last, by), last.pk) if last else None


def update(thing: Model, *names: str) -> None:
    """Write these fields of a thing, as `save(update_fields=…)` does; raises DatabaseError where its row is not there."""
    fields = [thing._meta.get_field(name) for name in names]
    values = [field.get_db_prep_save(getattr(thing, field.attname), connection) for field in fields]  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(_update(type(thing), names), [*values, thing.pk])
        if cursor.rowcount != 1:
            raise DatabaseError(f"{thing!r} is not there, so nothing of it was written")


@cache
def _update(model: type[Model], names: tuple[str, ...]) -> str:
    columns = ", ".join(f"{model._meta.get_field(name).column} = %s" for name in names)  # type: ignore[union-attr]
    return f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s"


def by_key(model: type[Thing], key: int) -> Thing:
    """The thing with this key; raises DoesNotExist where there is none. For what nearly every request asks."""
    return one_of(model, _by_key(model), key)


@cache
def _by_key(model: type[Model]) -> str:
    return f"SELECT * FROM {model._meta.db_table} WHERE id = %s"


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
