"""One letter on its way: a clock that keeps office hours, and the people whom the letter meets."""

from datetime import date, datetime
from random import Random
from typing import Any

from tram.demo.days import DAY_MINUTES, Works, after, later, on_hour
from tram.demo.letters import LetterFact
from tram.demo.office import Cabinet, phrases
from tram.demo.province import unit
from tram.demo.steps import Step, Verb


class Story:
    """Collects the steps of one letter; the clock only goes forward, from its arrival, and stays in office hours."""

    def __init__(
        self, chance: Random, letter: LetterFact, arrived_at: datetime, today: date, works: Works, cabinet: Cabinet
    ) -> None:
        self.cabinet = cabinet
        self.chance, self.letter, self.at, self.today, self.works = chance, letter, arrived_at, today, works
        self.steps: list[Step] = []
        self.urgent = letter.urgency != "normal"
        self.arrived_on = arrived_at.date()
        self.unit = cabinet.division(letter.field)
        self.head = cabinet.heads[self.unit]
        self.leader = cabinet.leader_for(letter.field, chance)
        self.handler = chance.choice(cabinet.handlers[self.unit])
        self.due_on = later(self.arrived_on, chance.randint(6, 10), works)

    def then(self, verb: Verb, who: str, minutes: tuple[int, int], **args: Any) -> None:
        """The next step, so many office minutes after the last one; an urgent letter goes five times as fast."""
        pause = self.chance.randint(*minutes) // (5 if self.urgent else 1)
        self.at = after(self.at, max(pause, 1), self.works)
        self.steps.append(Step(verb, who, self.at, args))

    def aside(self, verb: Verb, who: str, minutes: tuple[int, int], **args: Any) -> None:
        """A step of somebody beside the main line, which goes on without waiting for it."""
        at = after(self.at, self.chance.randint(*minutes), self.works)
        self.steps.append(Step(verb, who, at, args))

    def on(self, verb: Verb, who: str, day: date, **args: Any) -> None:
        """A step on a later day, or soon after the last one when that day has come already."""
        moment = on_hour(day, self.chance.randint(0, DAY_MINUTES - 1))
        self.at = moment if moment > self.at else after(self.at, self.chance.randint(5, 40), self.works)
        self.steps.append(Step(verb, who, self.at, args))

    def say(self, occasion: str) -> str:
        return str(self.chance.choice(phrases()[occasion])).format(unit=unit(self.unit).name)

    def day_between(self, first: date, last: date) -> date:
        """A working day from first to last, first when there is none."""
        days = [first]
        while (day := later(days[-1], 1, self.works)) <= last:
            days.append(day)
        return self.chance.choice(days)
