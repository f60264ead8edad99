"""The press writes row for row what the commands write, in every table, and the chains hold."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from tram.audit.commands import together
from tram.audit.queries import Break, verify
from tram.demo.acting import Office
from tram.demo.bulk import Job, keep_specimens, last_keys, open_press, story_tables, years
from tram.demo.founding import Town, found_units, open_books, settle_people
from tram.demo.office import cabinet
from tram.demo.people import COMMUNE, HOME, crowd
from tram.demo.press import Tale, specimen_of
from tram.demo.province import ROOT, province
from tram.demo.steps import Journey, Step, Verb
from tram.demo.steps import Path as Way
from tram.kernel.clock import LOCAL

NOW = datetime(2026, 1, 21, 13, 20, tzinfo=LOCAL)
AGENCIES = (HOME, "stc", COMMUNE)
LETTERS = 160
ORDERS = {
    "documents_access": "document_id, key", "search_card": "kind, key", "files_blob": "sha256",
    "files_file": "(SELECT document_id FROM documents_incomingfile WHERE file_id = one.id), uploaded_at, name, id", "notifications_quiet": "account", "notifications_hour": "account",
}  # fmt: skip
UNREFERRED = {"documents_access", "search_card"}
"""Nothing names their keys, of which a command that writes a row twice takes two."""


class ByHand(Office):
    """The office that lives the same stories through the commands, with the files that the press shares."""

    def __init__(self, job: Job, agency: str) -> None:
        super().__init__(job.town, self._contents(job), {}, agency)
        self.next: tuple[str, int] = ("", 0)

    def _contents(self, job: Job) -> Iterator[bytes]:
        while True:
            form, ordinal = self.next
            sha256 = specimen_of(job.specimens, form, ordinal).sha256 if form != "paper" else ""
            place = Path(settings.TRAM_DATA) / "files" / sha256[:2] / sha256[2:4] / sha256
            yield place.read_bytes() if sha256 else b""

    def is_read_by_machine(self, journey: Journey, form: str) -> bool:
        return False

    def act(self, journey: Journey, step: Step) -> None:
        if step.verb is Verb.RECEIVE:
            self.next = (step.args["form"], journey.ordinal)
        super().act(journey, step)


@pytest.fixture(scope="module")
def job(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Job]:
    """Three agencies at full strength, since two months and over the turn of a year; all of it is rolled back afterwards."""
    folder = tmp_path_factory.mktemp("data")
    with django_db_blocker.unblock(), override_settings(TRAM_DATA=folder), transaction.atomic():
        town = Town(since=date(2025, 11, 24))
        found_units(town, [unit for unit in province() if unit.agency in (ROOT, *AGENCIES)])
        settle_people(town, {}, crowd())
        open_books(town, (2025, 2026))
        specimens, contents = keep_specimens(town)
        offices = [cabinet(agency, crowd()) for agency in AGENCIES]
        yield Job(0, LETTERS, town, offices, [4, 2, 1], specimens, contents[0], last_keys(), NOW)
        transaction.set_rollback(True)


def lived(job: Job, tales: list[Tale]) -> None:
    offices = {agency: ByHand(job, agency) for agency in AGENCIES}
    steps = [(tale, step) for tale in tales for step in tale.journey.steps]
    for tale, step in sorted(steps, key=lambda one: one[1].at):
        with together(savepoints=False):
            offices[tale.cabinet.agency].act(tale.journey, step)


def rows_of_all_tables() -> dict[str, list[Any]]:
    tables = [*story_tables(), "organisation_numberbook"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        found = {table: _rows(cursor, table) for table in tables}
    names = {key: f"file {turn}" for turn, key in enumerate(row["id"] for row in found["files_file"])}
    for rows in found.values():
        for row in rows:
            row |= {name: names.get(value, _renamed(value, names)) for name, value in row.items() if name != "detail"}
    return found


def _rows(cursor: Any, table: str) -> list[dict[str, Any]]:
    order = ORDERS.get(table, "id")
    left_out = (
        "- '{id}'::text[]" if table in UNREFERRED else "- '{prev,hash}'::text[]" if table == "audit_event" else ""
    )
    cursor.execute(f"SELECT to_jsonb(one) {left_out} FROM {table} AS one ORDER BY {order}")
    return [json.loads(row) for (row,) in cursor.fetchall()]


def _renamed(value: Any, names: dict[str, str]) -> Any:
    """A reference to a file by the file's turn: its key is drawn by lot."""
    if isinstance(value, str) and value.startswith("files.file/"):
        return names[value.removeprefix("files.file/")]
    return value


@pytest.fixture(scope="module")
def both(
    job: Job, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Tale], dict[str, list[Any]], dict[str, list[Any]]]:
    """The same stories printed and lived: what they are, and the rows of every table after each.

    Half of the casts come from another foundry, as they do where two processes print.
    """
    tales, shelf = list(years(job).tales(LETTERS)), tmp_path_factory.mktemp("shelf")
    with transaction.atomic():
        other = open_press(job, 1, shelf)
        other.foundry.have([other.fitted(tale).shape for tale in tales][::2])
        other.foundry.close()
        press = open_press(job, 1, shelf)
        assert list(press.print(tales))[-1] == LETTERS
        press.settle()
        assert not [found for found in verify() if isinstance(found, Break)]
        printed = rows_of_all_tables()
        transaction.set_rollback(True)
    with transaction.atomic():
        with connection.cursor() as cursor:
            for table, last in job.starts.items():
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {max(last, 1)}, {last > 0})")
        lived(job, tales)
        by_hand = rows_of_all_tables()
        transaction.set_rollback(True)
    return tales, printed, by_hand


def test_the_stories_take_every_way(both: Any) -> None:
    ways = Counter(tale.journey.path for tale in both[0])
    assert set(ways) == set(Way), set(Way) - set(ways)


@pytest.mark.parametrize("table", [*story_tables(), "organisation_numberbook"])
def test_the_press_writes_what_the_commands_write(both: Any, table: str) -> None:
    _, printed, by_hand = both
    assert len(printed[table]) == len(by_hand[table])
    for one, other in zip(printed[table], by_hand[table], strict=True):
        assert one == other
