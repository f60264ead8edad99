"""A year's book as paper and as a sheet, made by the worker of the house: from the press to the file in hand, and the memory it took.

The book is laid down as copies of letters that the home agency has, in a year of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from time import perf_counter, sleep

from django.db import connection

from tram.bench.measures import Figure
from tram.bench.office import Office
from tram.bench.opening import Reader
from tram.bench.starting import House
from tram.documents.models import Incoming
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.organisation.commands.books import open_book
from tram.organisation.models import NumberBook
from tram.outputs.commands import order
from tram.outputs.models import Output
from tram.outputs.sockets import Wanted
from tram.site.trouble import Trouble

YEAR = 1990
BOOKS = (("print.book", 20_000, "pdf"), ("excel.book", 100_000, "xlsx"))
PAUSE = 0.1


def lay(office: Office, rows: int) -> NumberBook:
    """The book of the year with that many numbers, once."""
    book = NumberBook.objects.filter(agency=office.agency, code="incoming", year=YEAR).first() or open_book(
        actor=Actor.system(), at=now(), agency=office.agency, code="incoming", name="Sổ văn bản đến", year=YEAR
    )
    last = book.next_number - 1
    kept = [one.column for one in Incoming._meta.local_fields if one.column not in ("id", "year", "arrival_number")]
    names = ", ".join(f'"{name}"' for name in kept)
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH kept AS (SELECT *, row_number() OVER (ORDER BY id) AS turn FROM documents_incoming"
            f" WHERE agency_id = %(agency)s AND book_code = 'incoming' AND arrival_number IS NOT NULL AND year <> %(year)s::int)"
            f" INSERT INTO documents_incoming (year, arrival_number, {names})"
            f" SELECT %(year)s::int, place, {names} FROM generate_series(%(first)s::int, %(rows)s::int) place"
            f" JOIN kept ON turn = 1 + place %% (SELECT count(*) FROM kept)",
            {"agency": office.agency.pk, "year": YEAR, "first": last + 1, "rows": rows},
        )
        cursor.execute(
            "UPDATE organisation_numberbook SET next_number = greatest(next_number, %s) WHERE id = %s",
            [rows + 1, book.pk],
        )
        cursor.execute("ANALYZE documents_incoming")
    return book


def made(office: Office, house: House, clerk: Reader, name: str, rows: int, form: str) -> Figure:
    """`print.book`, `excel.book`: seconds until the file is downloaded, `peak_mb` of the worker with all below it.

    `idle_mb` is the worker's memory before. Raises Trouble where the file is not made.
    """
    wanted = Wanted(
        maker="documents.book", keys={"book": lay(office, rows).pk, "first": 1, "last": rows, "form": form},
        agency=office.agency.pk, rows=rows, title=f"Bài đo {name}", name=f"so.{form}", media_type="application/octet-stream", back_url="/so",
    )  # fmt: skip
    idle = house.memory("Pss")["worker"]
    with _watched(house) as peaks:
        begun = perf_counter()
        row = order(actor=office.clerk, at=now(), wanted=wanted)
        while Output.objects.filter(pk=row.pk, ended_at=None).exists():
            sleep(PAUSE)
        row.refresh_from_db()
        if row.size is None:
            raise Trouble(f"Bài đo không làm được {row.title}: {row.reason}")
        size = len(clerk.door.get(f"{row.url}/{row.name}"))
        seconds = perf_counter() - begun
    told = {"rows": rows, "bytes": size, "idle_mb": idle, "peak_mb": max(peaks, default=idle)}
    return Figure(name, [[seconds]], more=told)


@contextmanager
def _watched(house: House) -> Iterator[list[float]]:
    """Memory of the worker, ten times a second."""
    peaks, ended = list[float](), Event()

    def watch() -> None:
        while not ended.wait(PAUSE):
            with suppress(OSError):
                peaks.append(house.memory("Pss")["worker"])

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peaks
    finally:
        ended.set()
        watcher.join()
