"""Made of lists in the scene: a file that lies ready, one on its way, both asked for by the clerk alone; and what a ranking is made of."""

from datetime import date, datetime
from typing import Any

from tests.cast import Cast
from tram.kernel.actors import Actor
from tram.organisation.models import NumberBook, Unit
from tram.outputs.commands import begin, finish, order
from tram.outputs.models import Output
from tram.outputs.queries import folder
from tram.outputs.sockets import Wanted
from tram.visits.commands.figures import enter_population
from tram.web.sheets import MEDIA_TYPE


def made(cast: Cast, clerk: str, canary: str, at: datetime) -> dict[str, Any]:
    """The ids by which paths name them."""
    actor, system = cast.actor(clerk), Actor.system()
    book = NumberBook.objects.get(agency=actor.agency, code="incoming", year=2026)
    ready, running = (
        order(actor=actor, at=at, wanted=Wanted(
            maker="documents.book", keys={"book": book.pk, "first": 1, "last": last, "form": "xlsx"}, agency=book.agency_id, rows=last,
            title=f"Xuất Excel {canary}", name="so.xlsx", media_type=MEDIA_TYPE, back_url="/so/incoming/2026",
        )) for last in (1, 2)
    )  # fmt: skip
    begin(actor=system, at=at, output=ready.pk)
    part = folder() / f"{ready.pk}.1"
    part.write_text(canary)
    finish(actor=system, at=at, output=ready.pk, tries=1, part=part)
    leader = cast.actor({"hoa": "son", "tuan": "thu"}[clerk])
    enter_population(
        actor=leader, at=at, agency=Unit.objects.get(pk=leader.agency), people=1000, since=date(2026, 10, 1),
        counted_on=date(2025, 12, 31), source="Cục Thống kê",
    )  # fmt: skip
    return {"output": ready.pk, "output_running": running.pk}


def outputs(cast: Cast) -> list[Output]:
    """Of a list that Hoa may see, asked for by her and by somebody else; of a list that no room makes any more."""
    book = NumberBook.objects.get(agency=cast.units["skhcn"], code="incoming", year=2026)
    own = [Output(maker="documents.book", keys={"book": book.pk}, account=cast.accounts[who]) for who in ("hoa", "lan")]
    return [*own, Output(maker="gone", keys={}, account=cast.accounts["hoa"])]
