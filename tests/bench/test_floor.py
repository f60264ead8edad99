"""The floor of the bench writes what the commands wrote, all of it, and its chain of the audit is sound."""

import re
from typing import Any

import psycopg
import pytest
from django.db import connection

from tests.cast import AT, Cast, build
from tests.documents.test_settle import SLIP
from tram.audit.queries import Break, verify
from tram.bench.copies import NAMED, TABLES, Copy, Rows, rows_of
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.register import register

OWN = {"id", "number", "arrival_number", "seq", "prev", "hash", "key", "document_id", "direction_id", "task_id"}
ADDRESS = {"dbname", "user", "password", "host", "port"}


def address() -> dict[str, Any]:
    """Where the tests' database is, without what Django adds to its own connections."""
    return {name: value for name, value in connection.get_connection_params().items() if name in ADDRESS}


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def grown(before: dict[str, int]) -> dict[str, int]:
    return {table: count - before[table] for table, count in counts().items() if count > before[table]}


def told(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """Rows without what is each row's own; of its card the words, for the own number moves them."""
    number = re.compile(rf"(?<!\d){rows['documents_incoming'][0]['arrival_number']}(?!\d)")

    def bare(table: str, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return (
            sorted(number.sub("…", NAMED.sub("…", value)).split()) if table == "search_card" else NAMED.sub("…", value)
        )

    return {
        table: [{name: bare(table, value) for name, value in row.items() if name not in OWN} for row in found]
        for table, found in rows.items()
    }


@pytest.mark.django_db(transaction=True)
def test_the_floor_leaves_the_same_rows_in_the_same_tables() -> None:
    cast: Cast = build()
    with psycopg.connect(**address(), autocommit=True) as desk:
        before = counts()
        letter = register(actor=cast.hoa, at=AT, agency=cast.skhcn, slip=SLIP)
        registered = rows_of(desk, letter.pk)
        direct(actor=cast.son, at=AT, document=letter, lead=Target(cast.telecoms), note="Xử lý", due_date=SLIP.due_date)
        by_commands, pattern = grown(before), rows_of(desk, letter.pk)
        assert set(by_commands) == set(TABLES), "a table that the bench does not know of"
        before = counts()
        again = Copy(registered, pattern).write(desk)
        assert grown(before) == by_commands
        assert told(rows_of(desk, again)) == told(pattern)
    assert not [found for found in verify() if isinstance(found, Break)]
