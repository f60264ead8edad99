"""Years of mail of a whole province: as many letters as are asked for, in the shares that the sixty days of home have."""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from random import Random

from tram.demo.days import DAY_MINUTES, Works, after, before, later, minutes_into, on_hour
from tram.demo.letters import LetterFact, Pen
from tram.demo.office import Cabinet
from tram.demo.plan import MONDAY, NOT_IN_THE_BOOK, SHARES, WAITING, YOUNGEST_CLOSED, fits, stub
from tram.demo.press import Tale
from tram.demo.slips import unit_of
from tram.demo.steps import Journey, Path, Step, Verb
from tram.demo.story import Story
from tram.demo.tales import tell

WORKING_DAYS = 42
"""Of the sixty days in which the shares were counted."""
OLDER = 60
"""So many letters of an agency are remembered, for whoever sends one twice."""
GROWTH = 1.12
"""Every year brings so many times the letters of the year before."""


class Years:
    """The mail of some agencies from `since` to `now`. `weights`: the shares of the agencies in the letters."""

    def __init__(
        self, cabinets: Sequence[Cabinet], weights: Sequence[float], since: date, now: datetime, works: Works, seed: str
    ) -> None:
        self.cabinets, self.weights, self.since, self.now = cabinets, weights, since, now
        self.works = cache(works)
        self.chance = Random(seed)
        self.pen = Pen(Random(f"{seed} pen"))
        self.ordinal = 0
        self.before = {cabinet.agency: deque[tuple[int, LetterFact, date]](maxlen=OLDER) for cabinet in cabinets}
        self.secrets = 0

    def tales(self, letters: int) -> Iterator[Tale]:
        """So many stories, in order of arrival."""
        today = self.now.date()
        days = [day for back in range((today - self.since).days, -1, -1) if self.works(day := today - timedelta(back))]
        waiting = round(letters * WAITING[0] / 400 * min(1, WORKING_DAYS / len(days)))
        ages = {day: len(days) - 1 - turn for turn, day in enumerate(days)}
        last = before(self.now, WAITING[2], self.works)
        ends = {day: DAY_MINUTES - 60 for day in days if day < last.date()} | {last.date(): max(minutes_into(last), 1)}
        for day, number in _spread(ends, letters - waiting, self.since):
            moments = sorted(on_hour(day, self.chance.randint(0, ends[day])) for _ in range(number))
            agencies = self.chance.choices(self.cabinets, self.weights, k=number)
            kept: list[LetterFact] = []
            for at, cabinet in zip(moments, agencies, strict=True):
                yield self._tale(cabinet, at, self._path(ages[day]), kept)
        moments = sorted(before(self.now, self.chance.randint(*WAITING[1:]), self.works) for _ in range(waiting))
        for at, cabinet in zip(moments, self.chance.choices(self.cabinets, self.weights, k=waiting), strict=True):
            yield self._tale(cabinet, at, Path.ARRIVED, [])

    def _path(self, age: int) -> Path:
        paths, weights = _chances(age)
        return self.chance.choices(paths, cum_weights=weights)[0]

    def _tale(self, cabinet: Cabinet, at: datetime, path: Path, kept: list[LetterFact]) -> Tale:
        self.ordinal += 1
        first = self._first(cabinet, at) if path is Path.DUPLICATE else None
        if first:
            return Tale(self._twin(cabinet, at, first), cabinet)
        path = Path.CLOSED_ON_TIME if path is Path.DUPLICATE else path
        letter = self._letter(cabinet, at, path, kept)
        if path is Path.SECRET:
            self.secrets += 1
            entered_at = self._entered(at)
            steps: tuple[Step, ...] = (Step(Verb.REGISTER_SECRET, cabinet.clerk, entered_at, {}),)
            return Tale(Journey(self.ordinal, stub(self.chance, letter, self.secrets), at, path, steps), cabinet)
        story = Story(self.chance, letter, at, self.now.date(), self.works, cabinet)
        steps = tuple(step for step in tell(story, path) if step.at <= self.now)
        if path not in NOT_IN_THE_BOOK:
            self.before[cabinet.agency].append((self.ordinal, letter, at.date()))
        return Tale(Journey(self.ordinal, letter, at, path, steps), cabinet)

    def _letter(self, cabinet: Cabinet, at: datetime, path: Path, kept: list[LetterFact]) -> LetterFact:
        """A letter of somebody else that fits the path: of those kept from this day, else a new one."""
        today = self.now.date()
        for turn, letter in enumerate(kept):
            if fits(letter, path, today) and unit_of(letter.issuer_code) != cabinet.agency:
                return kept.pop(turn)
        issued_on = later(at.date(), -self.chance.randint(0, 2), self.works)
        while True:
            letter = self.pen.write(issued_on)
            if unit_of(letter.issuer_code) == cabinet.agency:
                continue
            if fits(letter, path, today) or len(kept) > 20:
                return letter
            kept.append(letter)

    def _entered(self, at: datetime) -> datetime:
        return after(at, self.chance.randint(5, 40), self.works)

    def _first(self, cabinet: Cabinet, at: datetime) -> tuple[int, LetterFact] | None:
        """The newest letter that surely is in the book."""
        day = later(at.date(), -2, self.works)
        found = (one[:2] for one in reversed(self.before[cabinet.agency]) if one[2] <= day)
        return next(found, None)

    def _twin(self, cabinet: Cabinet, at: datetime, first: tuple[int, LetterFact]) -> Journey:
        steps = (
            Step(Verb.RECEIVE, cabinet.clerk, at, {"form": "pdf"}),
            Step(Verb.MARK_DUPLICATE, cabinet.clerk, self._entered(at), {"of": first[0]}),
        )
        return Journey(self.ordinal, first[1], at, Path.DUPLICATE, steps)


def _spread(ends: dict[date, int], letters: int, since: date) -> Iterator[tuple[date, int]]:
    """How many letters come on each day: more on Mondays, more every year, all of them in the end."""
    weights = {
        day: (MONDAY if day.weekday() == 0 else 1.0) * end / DAY_MINUTES * GROWTH ** ((day - since).days / 365)
        for day, end in ends.items()
    }
    total, reached, given = sum(weights.values()), 0.0, 0
    for day, weight in weights.items():
        reached += weight
        yield day, round(letters * reached / total) - given
        given = round(letters * reached / total)


@cache
def _chances(age: int) -> tuple[list[Path], list[float]]:
    """The paths of letters that are so many working days old, with their summed shares."""
    left, paths, weights = 1.0, list[Path](), list[float]()
    for path, (share, youngest, oldest) in SHARES.items():
        if youngest <= age and (age <= oldest or oldest > WORKING_DAYS):
            days = min(oldest, WORKING_DAYS) - youngest + 1
            chance = min(share / 400 * WORKING_DAYS / days, left)
            left -= chance
            paths.append(path)
            weights.append(1 - left)
    paths.append(Path.CLOSED_ON_TIME if age >= YOUNGEST_CLOSED else Path.FOR_INFORMATION)
    return paths, [*weights, 1.0]
