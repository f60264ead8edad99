"""Planting a province with years of mail behind it: founded through the commands, filled by the press."""

import gc
import os
import pickle
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from itertools import count
from multiprocessing import get_context
from pathlib import Path as Place
from queue import Empty
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection

from tram.demo.aside import Aside
from tram.demo.founding import Town, found_units, open_books, settle_people
from tram.demo.hand import lend
from tram.demo.letters import correspondence
from tram.demo.mould import Foundry
from tram.demo.office import Cabinet, cabinet
from tram.demo.paper import printed
from tram.demo.people import CAST, HOME, SEED, crowd
from tram.demo.plant import new_password, write_accounts
from tram.demo.press import Press, Specimen
from tram.demo.shelf import Shelf
from tram.demo.years import Years
from tram.files.commands import store
from tram.files.models import Blob
from tram.kernel.clock import LOCAL
from tram.kernel.verdicts import WrongState
from tram.organisation.models import Unit
from tram.organisation.queries import actor_of, calendar_of

Progress = Callable[[str], None]
PARTS = 2
"""So many processes print; the same number everywhere, for it decides which letters there are."""
PATIENCE = 600
"""Seconds in which a process must have made itself ready."""
WEIGHTS = {"department": 2.0, "commune": 1.0}
HOME_WEIGHT = 6.0
SPECIMENS = {"pdf": 40, "scan": 6}
YEARS, MANY, MANY_YEARS = 5, 2_000_000, 10
ROOMS = ("audit", "documents", "files", "notifications", "search", "tasks")

SEQUENCES = """
SELECT a.attrelid::regclass::text, COALESCE(s.last_value, 0)
FROM pg_attribute a JOIN pg_sequences s
  ON format('%%I.%%I', s.schemaname, s.sequencename) = pg_get_serial_sequence(a.attrelid::regclass::text, 'id')
WHERE a.attrelid::regclass::text = ANY(%s) AND a.attname = 'id' AND a.attidentity <> ''
"""


@dataclass(frozen=True, slots=True)
class Job:
    """One process's part of the work."""

    part: int
    letters: int
    town: Town
    cabinets: list[Cabinet]
    weights: list[float]
    specimens: dict[str, list[Specimen]]
    contents: bytes
    starts: dict[str, int]
    now: datetime


def plant_years(*, now: datetime, letters: int, progress: Progress) -> None:
    """Build a province with so many letters of the last years in an empty installation.

    `progress` is told a sentence after each part, and how the printing goes. After a failure start again with an
    empty database. Raises WrongState when the installation has units already.
    """
    if Unit.objects.exists():
        raise WrongState("Cơ sở dữ liệu đã có đơn vị. Tỉnh mẫu chỉ nạp vào cơ sở dữ liệu trống.")
    begun = monotonic()
    town = found(now, letters)
    progress(f"Cơ quan, cán bộ, sổ: {monotonic() - begun:.0f} giây")
    specimens, contents = keep_specimens(town)
    jobs = _jobs(now, letters, town, specimens, contents)
    aside = Aside(story_tables())
    _print(jobs, letters, aside, progress)
    begun = monotonic()
    aside.bring_back()
    continue_counting()
    progress(f"Chỉ mục, ràng buộc, thống kê: {monotonic() - begun:.0f} giây")


def found(now: datetime, letters: int) -> Town:
    """The province at full strength, since the first of January of the first year, with the books of all years."""
    years = MANY_YEARS if letters > MANY else YEARS
    town = Town(since=date(now.year - years + 1, 1, 1))
    passwords = {person.login: new_password() for person in CAST}
    with ThreadPoolExecutor() as threads:
        hashes = dict(zip(passwords, threads.map(make_password, passwords.values()), strict=True))
    found_units(town)
    settle_people(town, hashes, crowd())
    open_books(town, range(town.since.year, now.year + 1))
    write_accounts(Place(settings.TRAM_DATA) / "accounts.json", passwords)
    return town


def keep_specimens(town: Town) -> tuple[dict[str, list[Specimen]], list[bytes]]:
    """Real letters as files that all others share, and their contents: every part tries with one of its own, for
    whoever brings a content waits for whoever else is bringing it."""
    facts = correspondence([town.since] * sum(SPECIMENS.values()))
    at = datetime.combine(town.since, time(9), LOCAL)
    clerk = actor_of(town.accounts["hoa"].pk, at.date())
    kept: dict[str, list[Specimen]] = {}
    contents: list[bytes] = []
    for form, number in SPECIMENS.items():
        for _ in range(number):
            fact = facts.pop()
            sheet = printed((fact, form))
            contents.append(sheet)
            file = store(
                actor=clerk, at=at, stream=BytesIO(sheet), name=f"{fact.number}-{fact.symbol}.pdf",
                agency=town.units[HOME].pk,
            )  # fmt: skip
            blob: Blob = file.blob
            kept.setdefault(form, []).append(Specimen(blob.sha256, blob.size, blob.pages or 1))
    return kept, contents


def cabinets(town: Town) -> tuple[list[Cabinet], list[float]]:
    """Every agency that gets letters, and its share: home most, departments more than communes."""
    found = [unit for unit in town.described() if unit.kind in WEIGHTS and unit.agency == unit.code]
    weights = [HOME_WEIGHT if unit.code == HOME else WEIGHTS[unit.kind] for unit in found]
    return [cabinet(unit.code, crowd()) for unit in found], weights


def _jobs(
    now: datetime, letters: int, town: Town, specimens: dict[str, list[Specimen]], contents: list[bytes]
) -> list[Job]:
    """Agencies dealt out so that the parts weigh the same; letters by weight."""
    (agencies, weights), starts = cabinets(town), last_keys()
    order = sorted(range(len(agencies)), key=lambda turn: -weights[turn])
    hands: list[list[int]] = [[] for _ in range(PARTS)]
    for turn in order:
        min(hands, key=lambda hand: sum(weights[one] for one in hand)).append(turn)
    jobs, left = [], letters
    for part, hand in enumerate(hands):
        share = [weights[turn] for turn in hand]
        number = left if part == PARTS - 1 else round(letters * sum(share) / sum(weights))
        left -= number
        jobs.append(
            Job(part, number, town, [agencies[turn] for turn in hand], share, specimens, contents[part], starts, now)
        )
    return jobs


def story_tables() -> list[str]:
    """Tables that stories fill."""
    tables = {model._meta.db_table for room in ROOMS for model in apps.get_app_config(room).get_models()}
    return sorted(tables - {"audit_chain"} | {"organisation_booknumber"})


def _print(jobs: list[Job], letters: int, aside: Aside, progress: Progress) -> None:
    """Every job in a process of its own; tells how far they are.

    Indexes go aside when every process has its own tables of the trial, which need them.
    """
    context = get_context("spawn")
    queue, may_print = context.Queue(), context.Event()
    connection.close()
    with TemporaryDirectory() as shelf:
        hands = [(__name__, work.__name__, queue, may_print, Place(shelf), pickle.dumps(job)) for job in jobs]
        workers = [context.Process(target=lend, args=hand, daemon=True) for hand in hands]
        for worker in workers:
            worker.start()
        for _ in workers:
            queue.get(timeout=PATIENCE)
        aside.put()
        may_print.set()
        begun, done = monotonic(), dict.fromkeys(range(len(jobs)), 0)
        while any(worker.is_alive() for worker in workers) or not queue.empty():
            if any(worker.exitcode for worker in workers):
                break
            try:
                part, number = queue.get(timeout=1)
            except Empty:
                continue
            done[part] = number
            progress(bar(sum(done.values()), letters, monotonic() - begun))
        if any(worker.exitcode for worker in workers) or sum(done.values()) != letters:
            raise RuntimeError("Một tiến trình nạp đã dừng giữa chừng; lý do ở ngay trên.")


def bar(done: int, letters: int, seconds: float) -> str:
    """How many letters stand, how fast they come, how long the rest will take."""
    rate = done / seconds if seconds else 0
    left = (letters - done) / rate if rate else 0
    filled = "█" * (30 * done // letters)
    return f"\r{filled:<30} {done:,}/{letters:,} · {rate:,.0f}/giây · còn {left // 60:.0f}:{left % 60:02.0f} ".replace(
        ",", "."
    )


def work(queue: Any, may_print: Any, shelf: Place, packed: bytes) -> None:
    """A process that prints its part."""
    job: Job = pickle.loads(packed)
    parent = os.getppid()
    connection.settings_dict["OPTIONS"].pop("pool", None)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    tales = years(job).tales(job.letters)
    press = open_press(job, PARTS, shelf)
    queue.put((job.part, 0))
    may_print.wait()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)
    for done in press.print(tales):
        if os.getppid() != parent:
            raise SystemExit("Tiến trình chính đã dừng.")
        queue.put((job.part, done))
    press.settle()
    queue.close()
    queue.join_thread()


def years(job: Job) -> Years:
    """The mail of a part."""
    works = calendar_of(job.town.units[HOME].pk).is_working
    return Years(job.cabinets, job.weights, job.town.since, job.now, works, f"{SEED} {job.part}")


def open_press(job: Job, parts: int, shelf: Place) -> Press:
    """A press whose keys go in steps, so that the parts never give the same. `shelf`: the folder in which they share casts."""
    chance = Random(f"{SEED} files {job.part}")
    keys = {table: count(last + 1 + job.part, parts) for table, last in job.starts.items()}
    return Press(job.town, Foundry(job.contents, job.starts, Shelf(shelf)), job.specimens, keys, chance)


def last_keys() -> dict[str, int]:
    """The last key that each table of stories has given."""
    with connection.cursor() as cursor:
        cursor.execute(SEQUENCES, [story_tables()])
        return dict(cursor.fetchall())


def continue_counting() -> None:
    """The commands count on from the last row."""
    with connection.cursor() as cursor:
        for table in last_keys():
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
