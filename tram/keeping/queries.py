"""What a backup reads of a running house, all as one snapshot sees it; and what a restored house is asked."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from django.db import connection, transaction
from django.db.models import F, Max
from psycopg.conninfo import make_conninfo

from tram.audit.events import marks_in
from tram.audit.models import Event
from tram.audit.queries import Break, heads, marks, verify
from tram.files.events import DESTROYED
from tram.files.models import Blob
from tram.keeping.rules.manifest import Landmarks
from tram.organisation.models import NumberBook

SPOKEN = "SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'"
"""Rows are hashed as text: every server is to write them alike."""
TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relpersistence <> 'u' ORDER BY c.relname
"""
"""An unlogged table holds what must not outlive the day: it stands in no backup."""
ROWS = """
SELECT count(*), coalesce(sum(('x' || left(encode(sha256(convert_to(one_row::text, 'UTF8')), 'hex'), 15))::bit(60)::bigint), 0)
FROM public.{table} AS one_row
"""
"""The sum does not depend on the order of rows, and needs no sorting: a row more, less or other changes it."""


@contextmanager
def snapshot() -> Iterator[str]:
    """One moment of the database, for every read inside and, by the name that is yielded, for pg_dump."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (name,) = cursor.fetchone()
        yield str(name)


def tables() -> dict[str, tuple[int, str]]:
    """Every table: how many rows, and the sum of their hashes."""
    with transaction.atomic(), connection.cursor() as cursor:
        for words in SPOKEN.split("; "):
            cursor.execute(words)
        cursor.execute(TABLES)
        names = [name for (name,) in cursor.fetchall()]
        return {name: _rows(name) for name in names}


def _rows(table: str) -> tuple[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(table=connection.ops.quote_name(table)))
        rows, told = cursor.fetchone()
        return int(rows), str(told)


def landmarks() -> Landmarks:
    """The ends of the audit's chains, the hash of its published roots, the next number of every book."""
    roots = sha256("\n".join(mark.line for mark in marks()).encode()).hexdigest()
    books = NumberBook.objects.order_by("agency", "code", "year")
    fields = ("agency", "code", "year", "next_number")
    numbers = [
        f"cơ quan {agency}, sổ {code} năm {year}: {number}" for agency, code, year, number in books.values_list(*fields)
    ]
    return Landmarks([mark.line for mark in heads()], roots, numbers)


def broken_chains(marks_told: list[str]) -> tuple[int, list[str]]:
    """How many rows of the audit verify, and why the others do not; also against marks as they are published."""
    found = list(verify(published=marks_in(marks_told)))
    wrong = [f"Cơ quan {row.agency}, dòng {row.seq}: {row.reason}." for row in found if isinstance(row, Break)]
    return sum(row for row in found if isinstance(row, int)), wrong


def books_behind() -> int:
    """How many books would give a number that they gave before."""
    given = Max("numbers__number")
    return NumberBook.objects.annotate(last=given).filter(next_number__lte=F("last")).count()


def contents() -> Iterator[tuple[str, int]]:
    """Hash and size in bytes of every content, in the order of hashes."""
    yield from Blob.objects.order_by("sha256").values_list("sha256", "size").iterator(chunk_size=5000)


def still_wanted(hashes: list[str]) -> set[str]:
    """Which of these contents the house still has a row for."""
    return set(Blob.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))


def destroyed() -> dict[str, str]:
    """Contents that were destroyed as state secrets and have not come back: hash, and the level as it was recorded."""
    told = Event.objects.filter(what=DESTROYED).values_list("detail__sha256", "detail__level")
    gone = {str(one): str(level) for one, level in told.iterator(chunk_size=5000)}
    return {one: level for one, level in gone.items() if one not in still_wanted(list(gone))}


def database_bytes() -> int:
    """How much room the database takes on its disk."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def server_version() -> int:
    """The server's `server_version_num`."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0])


def database_url() -> str:
    """How PostgreSQL's programs reach this process's database."""
    own = connection.settings_dict
    parts = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return make_conninfo(**{key: own[name] for key, name in parts.items() if own[name]})
