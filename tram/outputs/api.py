"""Files made of lists for programs: how far one is, let it be. Each room takes the orders for its own lists."""

from uuid import UUID

from ninja import Router

from tram.outputs import commands, queries
from tram.outputs.sockets import OutputOut
from tram.web.asked import Asked
from tram.web.programs import answers

router = Router(tags=["Bản kết xuất"])


@router.get("/outputs/{output}", response=answers(OutputOut), summary="Tệp đang làm đến đâu, tải ở đâu")
def one(request: Asked, output: UUID) -> object:
    """Asked for by this person, from whichever token."""
    return queries.card(queries.opened(request.actor, output, request.at.date()), request.at)


@router.post("/outputs/{output}/stop", response=answers(OutputOut), summary="Thôi không làm tệp này nữa")
def stop(request: Asked, output: UUID) -> object:
    """The worker drops it within a moment."""
    return queries.card(commands.stop(actor=request.actor, at=request.at, output=output), request.at)
