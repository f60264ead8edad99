"""The last sixty days of the home agency's mail: which letter came when, and what became of it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

from tram.demo.days import DAY_MINUTES, Works, after, before, later, minutes_into, on_hour, on_weekdays
from tram.demo.letters import LetterFact, correspondence
from tram.demo.office import home
from tram.demo.people import SEED
from tram.demo.steps import Journey, Path, SecretStub, Step, Verb
from tram.demo.story import Story
from tram.demo.tales import IN_TIME, tell

SPAN = 60
MONDAY = 1.6
# Path: (letters in four hundred, youngest and oldest age in working days). The narrowest ages choose first.
SHARES = {
    Path.REGISTERED: (10, 0, 1),
    Path.PRESENTED: (10, 0, 2),
    Path.DIRECTED: (13, 2, 4),
    Path.ASSIGNED: (14, 2, 6),
    Path.IN_PROGRESS: (24, 3, 10),
    Path.PROGRESS_REPORTED: (14, 5, 12),
    Path.SUBMITTED: (8, 6, 12),
    Path.RETURNED_ONCE: (12, 6, 14),
    Path.EXTENSION_ASKED: (12, 8, 15),
    Path.OVERDUE: (20, 14, 30),
    Path.CLOSED_LATE: (28, 14, 99),
    Path.RECALLED: (4, 5, 99),
    Path.SENT_BACK: (4, 1, 99),
    Path.DUPLICATE: (5, 3, 99),
    Path.SECRET: (3, 2, 99),
    Path.FOR_INFORMATION: (70, 2, 99),
}
YOUNGEST_CLOSED = 5
WAITING = (30, 8, 170)  # letters in four hundred that nobody has entered yet, and the office minutes since they came
NOT_IN_THE_BOOK = {Path.SECRET, Path.DUPLICATE, Path.SENT_BACK, Path.ARRIVED}
SURELY_BEFORE = 15  # of so many older letters one is in the book
SECRET_ISSUERS = (("Công an tỉnh Lào Cai", "BC-CAT"), ("Bộ Chỉ huy Quân sự tỉnh Lào Cai", "KH-BCH"))
SECRET_LEVELS = ("Mật", "Tối mật", "Mật")


def plan(now: datetime, letters: int = 400, seed: int = SEED, works: Works = on_weekdays) -> list[Journey]:
    """Every letter of the last sixty days with its steps, in order of arrival; nothing happens after `now`.

    The same for the same moment, number and seed. `works` tells working days; all steps lie in office hours.
    """
    chance = Random(seed)
    arrivals = _arrivals(chance, now, letters, works)
    issued = [later(at.date(), -chance.randint(0, 2), works) for at in arrivals]
    order = sorted(range(letters), key=lambda turn: (issued[turn], turn))
    written = dict(zip(order, correspondence([issued[turn] for turn in order], seed), strict=True))
    facts = [written[turn] for turn in range(letters)]
    paths = _paths(chance, arrivals[: letters - _waiting(letters)], facts, now.date(), works)
    paths += [Path.ARRIVED] * _waiting(letters)
    return [Journey(turn + 1, *_journey(chance, turn, arrivals, facts, paths, now, works)) for turn in range(letters)]


def timeline(journeys: Sequence[Journey]) -> list[tuple[Journey, Step]]:
    """All steps of all letters in order of time, as the office lived them and as the books were numbered."""
    steps = [(journey, step) for journey in journeys for step in journey.steps]
    return sorted(steps, key=lambda pair: pair[1].at)


def _arrivals(chance: Random, now: datetime, letters: int, works: Works) -> list[datetime]:
    """Moments in office hours of the last sixty days, more on Mondays; the last of them in the last hours before now."""
    _, soonest, longest = WAITING
    waiting = [before(now, chance.randint(soonest, longest), works) for _ in range(_waiting(letters))]
    last = before(now, longest, works)
    days = [day for day in (now.date() - timedelta(days=back) for back in range(SPAN, -1, -1)) if works(day)]
    ends = dict.fromkeys((day for day in days if day < last.date()), DAY_MINUTES - 60)
    if minutes_into(last) > 30:
        ends[last.date()] = minutes_into(last)
    weights = [(MONDAY if day.weekday() == 0 else 1.0) * end / DAY_MINUTES for day, end in ends.items()]
    chosen = chance.choices(list(ends), weights=weights, k=letters - len(waiting))
    return sorted(on_hour(day, chance.randint(0, ends[day])) for day in chosen) + sorted(waiting)


def _waiting(letters: int) -> int:
    return round(WAITING[0] * letters / 400)


def _paths(
    chance: Random, arrivals: Sequence[datetime], facts: Sequence[LetterFact], today: date, works: Works
) -> list[Path]:
    """One path for each letter, the rare ones in their numbers, the rest closed on time or, when young, for information."""
    ages = [_age(at.date(), today, works) for at in arrivals]
    free = set(range(len(arrivals)))
    chosen: dict[int, Path] = {}
    for path, (share, youngest, oldest) in SHARES.items():
        fit = [turn for turn in sorted(free) if youngest <= ages[turn] <= oldest and fits(facts[turn], path, today)]
        if path is Path.DUPLICATE:
            fit = [turn for turn in fit if _older(arrivals, turn, works) >= SURELY_BEFORE]
        for turn in chance.sample(fit, min(len(fit), round(share * len(arrivals) / 400))):
            chosen[turn] = path
            free.remove(turn)
    return [
        chosen.get(turn, Path.CLOSED_ON_TIME if ages[turn] >= YOUNGEST_CLOSED else Path.FOR_INFORMATION)
        for turn in range(len(arrivals))
    ]


def _older(arrivals: Sequence[datetime], turn: int, works: Works) -> int:
    """How many of the first letters came two working days or more before this one: entered by then, if ever."""
    day = later(arrivals[turn].date(), -2, works)
    return sum(at.date() <= day for at in arrivals[:turn])


def fits(letter: LetterFact, path: Path, today: date) -> bool:
    """Whether a letter may go this way: what is in time must be so, what is for information asks nothing."""
    if path in IN_TIME:
        return letter.urgency == "normal" and (letter.due_on is None or letter.due_on > today)
    return path is not Path.FOR_INFORMATION or (letter.due_on is None and letter.urgency == "normal")


def _age(day: date, today: date, works: Works) -> int:
    return sum(works(day + timedelta(days=ahead)) for ahead in range(1, (today - day).days + 1))


def _journey(
    chance: Random, turn: int, arrivals: Sequence[datetime], facts: Sequence[LetterFact], paths: Sequence[Path],
    now: datetime, works: Works,
) -> tuple[LetterFact | SecretStub, datetime, Path, tuple[Step, ...]]:  # fmt: skip
    letter, arrived_at, path = facts[turn], arrivals[turn], paths[turn]
    entered_at = after(arrived_at, chance.randint(5, 40), works)
    if path is Path.SECRET:
        return stub(chance, letter, paths[:turn].count(path)), arrived_at, path, (
            Step(Verb.REGISTER_SECRET, home().clerk, entered_at, {}),
        )  # fmt: skip
    if path is Path.DUPLICATE:
        older = range(_older(arrivals, turn, works) - 1, -1, -1)
        first = next(other for other in older if paths[other] not in NOT_IN_THE_BOOK)
        come = Step(Verb.RECEIVE, home().clerk, arrived_at, {"form": "pdf"})
        return (
            facts[first],
            arrived_at,
            path,
            (come, Step(Verb.MARK_DUPLICATE, home().clerk, entered_at, {"of": first + 1})),
        )
    story = Story(chance, letter, arrived_at, now.date(), works, home())
    return letter, arrived_at, path, tuple(step for step in tell(story, path) if step.at <= now)


def stub(chance: Random, letter: LetterFact, turn: int) -> SecretStub:
    """What may be known of a secret paper of that day."""
    issuer, symbol = SECRET_ISSUERS[turn % len(SECRET_ISSUERS)]
    return SecretStub(issuer, f"{chance.randint(11, 95)}", symbol, letter.issued_on, SECRET_LEVELS[turn % 3])
