"""Who works in the bench: the home agency of the demo province, its clerk, its director, its divisions, their mail."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from time import time

from tram.demo.days import later
from tram.demo.letters import correspondence
from tram.demo.province import province
from tram.demo.slips import slip_of, unit_of
from tram.documents.commands.register import Slip
from tram.identity.models import Account
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.organisation.models import Unit
from tram.organisation.queries import actor_of, calendar_of, divisions
from tram.site.trouble import Trouble

DIFFERENT = 400
DAYS_TO_ANSWER = 9
NUMBERS = count(int(time()) % 10**6 * 10**5)
"""Letters' numbers that no run before has given."""


@dataclass(frozen=True, slots=True)
class Office:
    """Cơ quan trong bài đo."""

    agency: Unit
    clerk: Actor
    leader: Actor
    divisions: list[Unit]

    @classmethod
    def at_home(cls) -> "Office":
        """The home agency of the demo province. Raises Trouble where there is none."""
        clerk, leader = (person(login) for login in ("hoa", "son"))
        rows = [row.id for row in divisions(clerk.agency, now().date())]
        return cls(Unit.objects.get(pk=clerk.agency), clerk, leader, list(Unit.objects.filter(pk__in=rows)))

    def slips(self, at: datetime) -> Iterator[Slip]:
        """Slips without end: the mail of the demo, each under a number that no letter has yet."""
        day = later(at.date(), -1, calendar_of(self.agency.pk).is_working)
        letters, units = correspondence([day] * DIFFERENT), _units()
        for turn in count():
            letter = letters[turn % DIFFERENT]
            organ = units.get(unit_of(letter.issuer_code))
            slip = slip_of(letter, at, 2, organ.pk if organ else None)
            due = at.date() + timedelta(days=DAYS_TO_ANSWER)
            yield replace(slip, code_number=str(next(NUMBERS)), due_date=due)


def person(login: str) -> Actor:
    """Somebody of the cast as they are today. Raises Trouble where the demo province is not."""
    account = Account.objects.filter(login=login).first()
    if account is None:
        raise Trouble("Bài đo cần tỉnh mẫu. Nạp vào một thư mục riêng: tram run --data THƯMỤC")
    return actor_of(account.pk, now().date())


def _units() -> dict[str, Unit]:
    """The units of the demo province by their codes."""
    named = {unit.name: unit for unit in Unit.objects.filter(is_agency=True)}
    return {unit.code: named[unit.name] for unit in province() if unit.name in named}
