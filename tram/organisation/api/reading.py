"""The organisation for programs: who I am, units and seats on a day, absences, delegations."""

from datetime import date
from typing import Annotated

from ninja import Query, Router
from pydantic import Field

from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden
from tram.organisation import queries
from tram.organisation.api.shapes import (
    AbsenceOut,
    DelegationOut,
    LastDay,
    Me,
    NewAbsence,
    NewDelegation,
    SeatLabel,
    SeatOut,
    UnitCard,
    UnitOut,
    WeekdayHours,
)
from tram.organisation.commands import posts
from tram.organisation.models import Absence, Delegation, Post, Unit
from tram.organisation.screens import standing
from tram.organisation.screens import units as tree
from tram.web.asked import Asked
from tram.web.programs import After, Key, Limit, Page, Place, answers

router = Router(tags=["Tổ chức"])
On = Annotated[date | None, Field(description="Xem theo ngày này; bỏ trống là hôm nay")]


def _day(request: Asked, on: date | None) -> date:
    return on or local_day(request.at)


@router.get("/me", response=answers(Me), summary="Tài khoản của thẻ và các tư cách hôm nay")
def me(request: Asked) -> object:
    """Whose token it is."""
    return request.actor


@router.get("/units", response=answers(Page[UnitOut]), summary="Tìm đơn vị, hoặc các cơ quan trực thuộc một cơ quan")
def units(
    request: Asked,
    q: Annotated[str, Query(max_length=100, description="Vài chữ của tên, hoặc chữ viết tắt")] = "",
    parent: Annotated[Key | None, Query(description="Các cơ quan ngay dưới cơ quan này, khi không tìm")] = None,
    on: On = None,
    after: Place = "",
    limit: Limit = 50,
) -> object:
    """Units found by words; without words the agencies below `parent`, one's own agency when none is named."""
    day, words = _day(request, on), q.replace("\x00", "").strip()
    if words:
        items, following = tree.find(words, day, after, limit)
    else:
        items, following = tree.agencies_below(parent or request.actor.agency, day, after, limit)
    return {"items": items, "next": following}


@router.get("/units/{unit}", response=answers(UnitCard), summary="Thẻ đơn vị")
def unit(request: Asked, unit: Key, on: On = None) -> object:
    """One unit with its names, codes and successions."""
    card = tree.unit_card(unit, _day(request, on))
    if card is None:
        raise Hidden
    return card


@router.get("/units/{unit}/parts", response=answers(list[UnitOut]), summary="Các đơn vị trong một cơ quan")
def parts(request: Asked, unit: Key, on: On = None) -> object:
    """An agency and its parts, each below the one it belongs to."""
    if not Unit.objects.filter(pk=unit, is_agency=True).exists():
        raise Hidden
    return tree.branch(unit, _day(request, on))


@router.get("/units/{unit}/posts", response=answers(Page[SeatOut]), summary="Các vị trí của một đơn vị")
def unit_posts(request: Asked, unit: Key, on: On = None, after: Place = "", limit: Limit = 50) -> object:
    """Seats of a unit with holders and roles."""
    if not Unit.objects.filter(pk=unit).exists():
        raise Hidden
    items, following = tree.seat_lines(unit, _day(request, on), after, limit)
    return {"items": items, "next": following}


@router.get("/seats", response=answers(list[SeatLabel]), summary="Mọi vị trí của cơ quan mình")
def seats(request: Asked) -> object:
    """Every seat of one's agency, to choose a holder or a substitute."""
    return queries.seats_of_agency(request.actor.agency, local_day(request.at))


@router.get("/hours", response=answers(list[WeekdayHours]), summary="Giờ làm việc của cơ quan mình")
def hours(request: Asked, on: On = None) -> object:
    """The hours of each weekday."""
    return standing.week(request.actor.agency, _day(request, on))


@router.get("/absences", response=answers(Page[AbsenceOut]), summary="Vắng mặt trong cơ quan mình")
def absences(request: Asked, after: After = 0, limit: Limit = 50) -> object:
    """Absences of the agency, newest first."""
    items, following = standing.absences(request.actor, local_day(request.at), after, limit)
    return {"items": items, "next": str(following or "")}


@router.post("/absences", response=answers(AbsenceOut), summary="Ghi vắng mặt")
def set_absence(request: Asked, told: NewAbsence) -> object:
    """Set one's own absence, or one's people's."""
    fields = told.model_dump()
    post, substitute = (_seat_of_mine(request, fields.pop(name)) for name in ("post", "substitute"))
    made = posts.set_absence(actor=request.actor, at=request.at, post=post, substitute=substitute, **fields)
    return _shown(request, made.pk)


@router.post("/absences/{absence}/end", response=answers(AbsenceOut), summary="Trở lại làm việc sớm")
def end_absence(request: Asked, absence: Key, told: LastDay) -> object:
    """End an absence before its day."""
    found = Absence.objects.filter(pk=absence, post__unit__agency=request.actor.agency).first()
    if found is None:
        raise Hidden
    posts.end_absence(actor=request.actor, at=request.at, absence=found, until=told.until)
    return _shown(request, absence)


@router.get("/delegations", response=answers(Page[DelegationOut]), summary="Ủy quyền liên quan đến mình")
def delegations(request: Asked, after: After = 0, limit: Limit = 50) -> object:
    """Roles lent by or to one's seats; all of the agency for its leaders and administrator."""
    items, following = standing.delegations(request.actor, local_day(request.at), after, limit)
    return {"items": items, "next": str(following or "")}


@router.post("/delegations", response=answers(DelegationOut), summary="Ủy quyền")
def delegate(request: Asked, told: NewDelegation) -> object:
    """Lend a role of the token's seat, in writing and for a time."""
    fields = told.model_dump()
    acting = request.actor.acting
    giver = _seat_of_mine(request, acting.post if acting else 0)
    taker = _seat_of_mine(request, fields.pop("taker"))
    over = Unit.objects.filter(pk=fields.pop("unit"), agency=request.actor.agency).first()
    if over is None:
        raise Hidden
    made = posts.delegate(actor=request.actor, at=request.at, giver=giver, taker=taker, unit=over, **fields)
    return _lent(request, made.pk)


@router.post("/delegations/{delegation}/end", response=answers(DelegationOut), summary="Chấm dứt ủy quyền")
def end_delegation(request: Asked, delegation: Key, told: LastDay) -> object:
    """Take a lent role back before its day."""
    rows = Delegation.objects.select_related("giver__unit", "taker", "unit")
    found = rows.filter(pk=delegation, giver__unit__agency=request.actor.agency).first()
    if found is None:
        raise Hidden
    posts.end_delegation(actor=request.actor, at=request.at, delegation=found, until=told.until)
    return _lent(request, delegation)


def _lent(request: Asked, delegation: int) -> object:
    return standing.delegations(request.actor, local_day(request.at), after=delegation + 1, limit=1)[0][0]


def _seat_of_mine(request: Asked, post: int) -> Post:
    found = Post.objects.select_related("unit").filter(pk=post, unit__agency=request.actor.agency).first()
    if found is None:
        raise Hidden
    return found


def _shown(request: Asked, absence: int) -> object:
    return standing.absences(request.actor, local_day(request.at), after=absence + 1, limit=1)[0][0]
