"""What administrators do, for their programs: units, seats, people and roles through the commands that the pages use."""

from datetime import date

from tram.kernel.clock import local_day
from tram.kernel.verdicts import Invalid
from tram.organisation.api import shapes
from tram.organisation.api.reading import router as router
from tram.organisation.api.shapes import LastDay, PostCard, TieOut, UnitCard
from tram.organisation.commands import posts, units
from tram.organisation.models import Unit
from tram.organisation.screens import arranged
from tram.organisation.screens import units as tree
from tram.organisation.screens.ties import ties
from tram.web.asked import Asked
from tram.web.programs import Key, answers


def _today(request: Asked) -> date:
    return local_day(request.at)


def _unit(request: Asked, unit: int) -> Unit:
    return arranged.unit(request.actor, unit, _today(request))


def _shown(request: Asked, unit: int) -> object:
    return tree.unit_card(unit, _today(request))


def _one_beside(request: Asked, unit: Unit, key: int, field: str) -> Unit:
    found = arranged.beside(unit, _today(request)).filter(pk=key).first()
    if found is None:
        raise Invalid({field: "Không có đơn vị nào như vậy để chọn: cùng cơ quan, hoặc một cơ quan đang hoạt động."})
    return found


@router.post("/units", response=answers(UnitCard), summary="Lập đơn vị")
def create_unit(request: Asked, told: shapes.NewUnit) -> object:
    """Create a part of an agency; an agency by the province's administrator."""
    fields = told.model_dump()
    parent = _unit(request, fields.pop("parent"))
    made = units.create_unit(actor=request.actor, at=request.at, parent=parent, **fields)
    return _shown(request, made.pk)


@router.get("/units/{unit}/ties", response=answers(list[TieOut]), summary="Những gì đang gắn với đơn vị")
def unit_ties(request: Asked, unit: Key) -> object:
    """What hangs on a unit, to be read before it is moved or ended."""
    return ties(_unit(request, unit), _today(request))


@router.post("/units/{unit}/rename", response=answers(UnitCard), summary="Đổi tên đơn vị")
def rename_unit(request: Asked, unit: Key, told: shapes.Renaming) -> object:
    """Rename a unit from a day on."""
    units.rename_unit(actor=request.actor, at=request.at, unit=_unit(request, unit), **told.model_dump())
    return _shown(request, unit)


@router.post("/units/{unit}/move", response=answers(UnitCard), summary="Chuyển đơn vị cấp trên")
def move_unit(request: Asked, unit: Key, told: shapes.Moving) -> object:
    """Put a unit below another one from a day on."""
    fields, found = told.model_dump(), _unit(request, unit)
    parent = _one_beside(request, found, fields.pop("parent"), "parent")
    units.move_unit(actor=request.actor, at=request.at, unit=found, parent=parent, **fields)
    return _shown(request, unit)


@router.post("/units/{unit}/abolish", response=answers(UnitCard), summary="Chấm dứt hoạt động của đơn vị")
def abolish_unit(request: Asked, unit: Key, told: shapes.Abolishing) -> object:
    """End a unit after a day; others take over."""
    fields, found = told.model_dump(), _unit(request, unit)
    heirs = [_one_beside(request, found, key, "successors") for key in fields.pop("successors")]
    units.abolish_unit(actor=request.actor, at=request.at, unit=found, successors=heirs, **fields)
    return _shown(request, unit)


@router.post("/units/{unit}/codes", response=answers(UnitCard), summary="Ghi mã định danh")
def give_code(request: Asked, unit: Key, told: shapes.NewCode) -> object:
    """Give an agency its code in one scheme."""
    units.give_code(actor=request.actor, at=request.at, unit=_unit(request, unit), **told.model_dump())
    return _shown(request, unit)


@router.post("/units/{unit}/posts", response=answers(PostCard), summary="Lập vị trí")
def create_post(request: Asked, unit: Key, told: shapes.NewPost) -> object:
    """Create a seat with its roles."""
    made = posts.create_post(actor=request.actor, at=request.at, unit=_unit(request, unit), **told.model_dump())
    return tree.post_card(made.pk)


@router.get("/posts/{post}", response=answers(PostCard), summary="Thẻ vị trí")
def post_card(request: Asked, post: Key) -> object:
    """A seat through time, for who arranges it."""
    return tree.post_card(arranged.post(request.actor, post, _today(request)).pk)


@router.post("/posts/{post}/end", response=answers(PostCard), summary="Kết thúc vị trí")
def end_post(request: Asked, post: Key, told: LastDay) -> object:
    """End a seat after a day."""
    found = arranged.post(request.actor, post, _today(request))
    posts.end_post(actor=request.actor, at=request.at, post=found, until=told.until)
    return tree.post_card(post)


@router.post("/posts/{post}/appoint", response=answers(PostCard), summary="Phân công người giữ vị trí")
def appoint(request: Asked, post: Key, told: shapes.Appointing) -> object:
    """Put a person into a seat."""
    found = arranged.post(request.actor, post, _today(request))
    person = arranged.people(found).filter(pk=told.account).first()
    if person is None:
        raise Invalid({"account": "Cơ quan của vị trí này không có tài khoản ấy đang mở."})
    posts.appoint(
        actor=request.actor, at=request.at, post=found, account=person, since=told.since, decision=told.decision
    )
    return tree.post_card(post)


@router.post("/posts/{post}/grant", response=answers(PostCard), summary="Giao quyền cho vị trí")
def grant_role(request: Asked, post: Key, told: shapes.Granting) -> object:
    """Give a seat a role over a unit."""
    fields, found = told.model_dump(), arranged.post(request.actor, post, _today(request))
    posts.grant_role(actor=request.actor, at=request.at, post=found, unit=_unit(request, fields.pop("unit")), **fields)
    return tree.post_card(post)


@router.post("/appointments/{appointment}/end", response=answers(PostCard), summary="Thôi giữ vị trí")
def end_appointment(request: Asked, appointment: Key, told: LastDay) -> object:
    """A person leaves a seat after a day."""
    found = arranged.appointment(request.actor, appointment, _today(request))
    posts.end_appointment(actor=request.actor, at=request.at, appointment=found, until=told.until)
    return tree.post_card(found.post_id)


@router.post("/grants/{grant}/withdraw", response=answers(PostCard), summary="Thu quyền")
def withdraw_role(request: Asked, grant: Key, told: LastDay) -> object:
    """Take a role back after a day."""
    found = arranged.grant(request.actor, grant, _today(request))
    posts.withdraw_role(actor=request.actor, at=request.at, grant=found, until=told.until)
    return tree.post_card(found.post_id)
