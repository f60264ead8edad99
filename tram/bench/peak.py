"""From eight to nine: fifty people at once in the mix of an hour, and one agency that is suddenly seven times as busy."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from random import Random
from time import perf_counter, sleep

from tram.bench.doors import Door, browser, cookie_of, enter, program, token_of
from tram.bench.hurrying import told
from tram.bench.measures import Figure, p
from tram.bench.office import Office
from tram.bench.writing import NOTE
from tram.documents.queries import documents
from tram.identity.models import Account
from tram.kernel.actors import Actor
from tram.kernel.clock import now
from tram.organisation.models import Appointment
from tram.organisation.queries import actor_of

SEED, PEOPLE, PAUSE, BUSY = 2026, 50, 4.0, 7
"""Each acts once in four seconds on average: some twenty times as often as a person in the busiest hour."""
MIX = {"inbox": 40, "card": 16, "list": 6, "search": 4, "write": 11}
"""Acts of the peak hour (a second in the whole province): lists, papers opened, searches, and everything written."""
WORDS = ("báo cáo", "chuyen doi so", "buu chinh", "hạ tầng", "ke hoach", "tần số", "kiem tra", "giấy phép")


@dataclass(slots=True)
class Person:
    """Một người trong giờ cao điểm: what they may open, and how they write."""

    actor: Actor
    door: Door
    papers: Sequence[str]
    write: Callable[[], object] | None

    def act(self, chance: Random) -> None:
        """One thing of the mix; who writes nothing opens a paper instead."""
        [kind] = chance.choices(list(MIX), weights=list(MIX.values()))
        if kind == "write" and self.write:
            self.write()
        elif kind == "search":
            self.door.get("/tim", q=chance.choice(WORDS))
        elif kind == "list":
            self.door.get("/van-ban-den")
        elif kind == "inbox" or not self.papers:
            self.door.get("/")
        else:
            self.door.get(chance.choice(self.papers))


def gather(office: Office, port: int) -> list[Person]:
    """Fifty people with seats in the province, the clerk and the leader of the home agency among them."""
    seats = Appointment.objects.filter(until=None, account__closed_at=None).order_by("post__unit__agency", "pk")
    accounts = list(dict.fromkeys(seats.values_list("account", flat=True)))
    first = [actor.account for actor in (office.clerk, office.leader)]
    others = [one for one in accounts if one not in first][:: max(1, len(accounts) // (PEOPLE - 2))]
    return [_person(office, account, port) for account in [*first, *others][:PEOPLE] if account]


def _person(office: Office, account: int, port: int) -> Person:
    key = enter(Account.objects.get(pk=account))
    actor, today = actor_of(account, now().date()), now().date()
    rows, _ = documents(actor, today)
    writes = {office.clerk.account: _registering, office.leader.account: _directing}.get(account)
    write = writes(office, program(port, token_of(actor, key, f"Giờ cao điểm {now():%d%H%M%S}"))) if writes else None
    return Person(actor, browser(port, cookie_of(key)), [row.url for row in rows], write)


WAITING: list[int] = []
"""Papers that the clerk has entered and the leader has not directed yet."""


def _registering(office: Office, door: Door) -> Callable[[], object]:
    slips = office.slips(now())

    def write() -> None:
        WAITING.append(door.post("/api/documents", {"slip": told(next(slips))})["document"]["id"])

    return write


def _directing(office: Office, door: Door) -> Callable[[], object]:
    lead = {"unit": office.divisions[0].pk}

    def write() -> object:
        if not WAITING:
            return door.get("/api/documents")
        return door.post(f"/api/documents/{WAITING.pop(0)}/direct", {"lead": lead, "note": NOTE})

    return write


def hour(people: Sequence[Person], seconds: float) -> Figure:
    """`peak.http`: everybody acts at moments of their own, whether the last answer came or not; the time of each act is
    counted from the moment when it was due. The first error ends the run."""
    times = _live(people, seconds, lambda person: 1)
    every = [one for some in times.values() for one in some]
    return Figure("peak.http", [every], more={"people": len(people), "per_s": round(len(every) / seconds, 1)})


def grown(people: Sequence[Person], home: int, seconds: float) -> Figure:
    """`tenant.http`: p95 of everybody else while the home agency is seven times as busy, over their p95 before."""
    calm = _live(people, seconds, lambda person: 1)
    busy = _live(people, seconds, lambda person: BUSY if person.actor.agency == home else 1)
    others = [place for place, person in enumerate(people) if person.actor.agency != home]
    before, after = (p([one for place in others for one in times[place]], 0.95) for times in (calm, busy))
    more = {"value": round(after / before, 3), "calm_p95_ms": round(before * 1000, 1)}
    return Figure("tenant.http", [[one for place in others for one in busy[place]]], more=more)


def _live(people: Sequence[Person], seconds: float, speed: Callable[[Person], int]) -> dict[int, list[float]]:
    begun = perf_counter()

    def live(place: int) -> list[float]:
        person, chance, times = people[place], Random(SEED + place), []
        due = begun + chance.random() * PAUSE
        while due < begun + seconds:
            sleep(max(0.0, due - perf_counter()))
            person.act(chance)
            times.append(perf_counter() - due)
            due += chance.expovariate(speed(person) / PAUSE)
        return times

    with ThreadPoolExecutor(len(people)) as pool:
        return dict(enumerate(pool.map(live, range(len(people)))))
