"""Planting the demo province: found it, let its people work through sixty days of mail, tell who may sign in."""

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection

from tram.audit.commands import together
from tram.demo.acting import Office
from tram.demo.certificates import Signing
from tram.demo.days import DAY_MINUTES, Works, later, on_hour
from tram.demo.drafting import drafted
from tram.demo.dressing import dressed
from tram.demo.figuring import counted
from tram.demo.filing import draw_up, put_away
from tram.demo.founding import Town, found_units, open_books, positions, settle_people
from tram.demo.leaving import Deed, Leaving
from tram.demo.letters import LetterFact
from tram.demo.paper import printed
from tram.demo.people import CAST, HOME, holders, staff
from tram.demo.plan import SPAN, plan, timeline
from tram.demo.province import unit
from tram.demo.questioning import asked
from tram.demo.reaching import reached
from tram.demo.scheduling import scheduled
from tram.demo.steps import Journey, Verb
from tram.demo.subscribing import subscribed
from tram.demo.telling import told
from tram.demo.texts import brought
from tram.demo.visiting import visited
from tram.kernel.verdicts import WrongState
from tram.organisation.commands.posts import delegate, set_absence
from tram.organisation.models import Unit
from tram.organisation.queries import actor_of, calendar_of

Progress = Callable[[str], None]
LETTERS_OF_PASSWORDS = "abcdefghjkmnpqrstuvwxyz23456789"
DAYS_AWAY = 4
LONGEST_PRINT = 60  # seconds; a printing process that died would be waited for without end


def plant(*, now: datetime, letters: int = 400, progress: Progress) -> None:
    """Build the province as it is at `now` in an empty installation, through the public commands only.

    `progress` is told a sentence after each part. Accounts and passwords of the cast go into accounts.json of the data
    folder. Parts are kept as they are done: after a failure start again with an empty database. Raises WrongState when
    the installation has units already.
    """
    if Unit.objects.exists():
        raise WrongState("Cơ sở dữ liệu đã có đơn vị. Tỉnh mẫu chỉ nạp vào cơ sở dữ liệu trống.")
    town, passwords = Town(), {person.login: new_password() for person in CAST}
    with _step(progress, "Đơn vị hành chính và 115 cơ quan"), ThreadPoolExecutor() as threads:
        hashes = threads.map(make_password, passwords.values())
        found_units(town)
    works = calendar_of(town.units[HOME].pk).is_working
    journeys = plan(now, letters, works=works)
    with _papers(journeys) as papers:
        with _step(progress, "Cán bộ, vị trí, sổ và danh mục hồ sơ"):
            settle_people(town, dict(zip(passwords, hashes, strict=True)), staff())
            first = now - timedelta(days=SPAN)
            open_books(town, sorted({first.year, now.year}))
            draw_up(town, first)
            _learn_sizes()
        away = _away(now.date())
        office = Office(town, papers, away)
        leaving = Leaving(office, Signing(town, passwords), now.date(), works)
        coming: Iterator[Deed] = ((step.at, partial(office.act, journey, step)) for journey, step in timeline(journeys))
        tellers = (reached, dressed, told, visited, asked, drafted, scheduled, counted, subscribed)
        telling = [one for tell in tellers for one in tell(town, now.date(), works)]
        deeds: list[Deed] = sorted(
            [*coming, *leaving.deeds(), *brought(office, now.date(), works), *telling], key=lambda deed: deed[0]
        )
        for month, those in groupby(deeds, key=lambda deed: deed[0].date().replace(day=1)):
            with _step(progress, f"Văn bản tháng {month:%m/%Y}"):
                _live(office, list(those), now.date(), works)
        with _step(progress, "Hồ sơ công việc"):
            put_away(town, now)
    _learn_sizes()
    write_accounts(Path(settings.TRAM_DATA) / "accounts.json", passwords)


def _live(office: Office, deeds: Sequence[Deed], today: date, works: Works) -> None:
    """Every day in one transaction; before today somebody says that they will be away."""
    for day, those in groupby(deeds, key=lambda deed: deed[0].date()):
        with together(savepoints=False):
            if day == today:
                _go_away(office, today, works)
                _lend(office, today, works)
            for _at, act in those:
                act()


def _away(today: date) -> dict[str, tuple[date, str]]:
    """From today on one deputy director stands in for another."""
    present, absent = (person.login for person in holders(HOME, "deputy-director")[:2])
    return {absent: (today, present)}


def _go_away(office: Office, today: date, works: Works) -> None:
    [(absent, (since, present))] = office.stand_ins.items()
    evening = on_hour(later(today, -1, works), DAY_MINUTES - 5)
    set_absence(
        actor=actor_of(office.town.accounts[absent].pk, evening.date()), at=evening, post=office.town.posts[absent],
        substitute=office.town.posts[present], since=since, until=later(today, DAYS_AWAY, works),
        reason="Dự tập huấn tại Hà Nội",
    )  # fmt: skip


def _lend(office: Office, today: date, works: Works) -> None:
    """The deputy who has the other's work too lends the office chief the right to direct, in writing and for a time."""
    [(since, present)] = office.stand_ins.values()
    chief, evening = holders(HOME + ".vp", "office-chief")[0].login, on_hour(later(today, -1, works), DAY_MINUTES)
    delegate(
        actor=actor_of(office.town.accounts[present].pk, evening.date()), at=evening, giver=office.town.posts[present],
        taker=office.town.posts[chief], role="deputy_director", unit=office.agency, since=since,
        until=later(today, DAYS_AWAY, works), document="21/GUQ-SKHCN",
    )  # fmt: skip


@contextmanager
def _papers(journeys: Sequence[Journey]) -> Iterator[Iterator[bytes]]:
    """The contents of all letters in the order of their receipt, printed ahead by a process of its own."""
    orders = [
        (journey.letter, step.args["form"])
        for journey, step in timeline(journeys)
        if step.verb is Verb.RECEIVE and isinstance(journey.letter, LetterFact)
    ]
    with get_context("spawn").Pool(1) as pool:
        sheets = pool.imap(printed, orders)
        yield (sheets.next(timeout=LONGEST_PRINT) for _ in orders)


def _learn_sizes() -> None:
    """Tables have grown from nothing: without this the database would plan its first pages as if they were empty."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def new_password() -> str:
    """Three groups of four letters and digits that are not mistaken for each other: 59 bits."""
    return "-".join("".join(secrets.choice(LETTERS_OF_PASSWORDS) for _ in range(4)) for _ in range(3))


def write_accounts(place: Path, passwords: dict[str, str]) -> None:
    """Keep who may sign in, readable by the owner of the installation alone."""
    rows = [
        {
            "login": person.login,
            "name": person.name,
            "title": positions()[person.seats[0].position]["short"],
            "agency": unit(unit(person.seats[0].unit).agency).short,
            "password": passwords[person.login],
        }
        for person in CAST
    ]
    fresh = place.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(rows, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    fresh.replace(place)


@contextmanager
def _step(progress: Progress, name: str) -> Iterator[None]:
    begun = monotonic()
    yield
    progress(f"{name}: {f'{monotonic() - begun:.1f}'.replace('.', ',')} giây")
