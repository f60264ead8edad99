"""The organisation for programs: who I am, units and seats on a day, absences."""

from datetime import date, time
from typing import Annotated

from ninja import Query, Router, Schema
from pydantic import Field

from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden
from tram.organisation import queries, screens
from tram.organisation.commands import posts
from tram.organisation.models import Absence, Post, Unit
from tram.web.asked import Asked
from tram.web.programs import After, Key, Limit, Line, Page, Place, Strict, answers

router = Router(tags=["Tổ chức"])
On = Annotated[date | None, Field(description="Xem theo ngày này; bỏ trống là hôm nay")]


class GrantOut(Schema):
    """Quyền trên một đơn vị."""

    role: str = Field(description="Mã quyền, ví dụ clerk, director")
    unit: int = Field(description="Khóa đơn vị trong phạm vi quyền")
    since: date
    until: date | None


class HatOut(Schema):
    """Tư cách: một vị trí, của mình hoặc làm thay."""

    post: int = Field(description="Khóa vị trí")
    title: str = Field(description="Tên vị trí")
    unit: int
    unit_name: str
    agency: int
    agency_name: str
    principal: int | None = Field(description="Khóa tài khoản của người được làm thay; trống khi là vị trí của mình")
    principal_name: str
    grants: list[GrantOut]


class Me(Schema):
    """Tôi: tài khoản của thẻ và các tư cách hôm nay."""

    account: int
    name: str = Field(description="Họ và tên")
    acting: HatOut | None = Field(description="Tư cách đang dùng để ghi")
    hats: list[HatOut] = Field(description="Mọi tư cách hôm nay")


class UnitOut(Schema):
    """Đơn vị trong danh sách, với tên của ngày được hỏi."""

    id: int
    name: str = Field(description="Tên đơn vị")
    abbr: str = Field(description="Chữ viết tắt trong ký hiệu văn bản")
    kind_name: str = Field(description="Loại đơn vị")
    is_agency: bool = Field(description="Có sổ và con dấu riêng")
    parent: int | None
    depth: int = Field(description="Độ sâu trong cơ quan; 0 là cơ quan")
    head: str = Field(description="Người đứng đầu")
    seats: int = Field(description="Số vị trí")


class NameInTime(Schema):
    """Tên đơn vị trong một khoảng thời gian."""

    name: str
    abbr: str
    parent_name: str
    since: date
    until: date | None
    decision: str = Field(description="Quyết định")


class CodeInTime(Schema):
    """Mã định danh trong một khoảng thời gian."""

    scheme: str = Field(description="qd20, qcvn102, dvcqg hoặc budget")
    scheme_name: str
    code: str
    since: date
    until: date | None


class Succession(Schema):
    """Kế thừa giữa hai đơn vị."""

    unit: int
    name: str
    came_after: bool = Field(description="Đơn vị kia nhận nhiệm vụ của đơn vị này")
    on: date
    decision: str


class UnitCard(Schema):
    """Thẻ đơn vị."""

    id: int
    name: str
    abbr: str
    kind_name: str
    is_agency: bool
    agency: int
    agency_name: str
    parent: int | None
    parent_name: str
    founded_on: date
    abolished_on: date | None
    versions: list[NameInTime]
    codes: list[CodeInTime]
    successions: list[Succession]


class SeatOut(Schema):
    """Vị trí và người giữ."""

    post: int = Field(description="Khóa vị trí")
    title: str
    rank: int = Field(description="Thứ tự trong đơn vị, số nhỏ đứng trước")
    account: int | None = Field(description="Khóa tài khoản người giữ; trống là khuyết")
    name: str = Field(description="Họ và tên người giữ")
    roles: list[str] = Field(description="Các quyền")


class SeatLabel(Schema):
    """Vị trí để chọn người nhận việc, người làm thay."""

    post: int
    title: str
    unit: int
    unit_name: str
    account: int | None
    name: str
    label: str = Field(description="Cách gọi trên màn hình")


class AbsenceOut(Schema):
    """Một lần vắng mặt."""

    id: int
    post: int
    who: str = Field(description="Người vắng")
    substitute_post: int
    substitute: str = Field(description="Người làm thay")
    since: date
    until: date
    reason: str = Field(description="Lý do; chỉ hiện với người được ghi lần vắng này")
    may_end: bool


class NewAbsence(Strict):
    """Ghi vắng mặt."""

    post: Key = Field(description="Vị trí vắng")
    substitute: Key = Field(description="Vị trí làm thay, cùng cơ quan")
    since: date = Field(description="Ngày vắng đầu tiên")
    until: date = Field(description="Ngày vắng cuối cùng")
    reason: Line = Field(max_length=200, description="Lý do")


class LastDay(Strict):
    """Kết thúc sau một ngày."""

    until: date = Field(description="Ngày cuối cùng")


class WeekdayHours(Schema):
    """Giờ làm việc của một ngày trong tuần."""

    name: str = Field(description="Thứ")
    hours: list[tuple[time, time]] = Field(description="Các buổi: giờ vào, giờ ra; rỗng là nghỉ")
    since: date | None


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
        items, following = screens.find(words, day, after, limit)
    else:
        items, following = screens.agencies_below(parent or request.actor.agency, day, after, limit)
    return {"items": items, "next": following}


@router.get("/units/{unit}", response=answers(UnitCard), summary="Thẻ đơn vị")
def unit(request: Asked, unit: Key, on: On = None) -> object:
    """One unit with its names, codes and successions."""
    card = screens.unit_card(unit, _day(request, on))
    if card is None:
        raise Hidden
    return card


@router.get("/units/{unit}/parts", response=answers(list[UnitOut]), summary="Các đơn vị trong một cơ quan")
def parts(request: Asked, unit: Key, on: On = None) -> object:
    """An agency and its parts, each below the one it belongs to."""
    if not Unit.objects.filter(pk=unit, is_agency=True).exists():
        raise Hidden
    return screens.branch(unit, _day(request, on))


@router.get("/units/{unit}/posts", response=answers(Page[SeatOut]), summary="Các vị trí của một đơn vị")
def unit_posts(request: Asked, unit: Key, on: On = None, after: Place = "", limit: Limit = 50) -> object:
    """Seats of a unit with holders and roles."""
    if not Unit.objects.filter(pk=unit).exists():
        raise Hidden
    items, following = screens.seat_lines(unit, _day(request, on), after, limit)
    return {"items": items, "next": following}


@router.get("/seats", response=answers(list[SeatLabel]), summary="Mọi vị trí của cơ quan mình")
def seats(request: Asked) -> object:
    """Every seat of one's agency, to choose a holder or a substitute."""
    return queries.seats_of_agency(request.actor.agency, local_day(request.at))


@router.get("/hours", response=answers(list[WeekdayHours]), summary="Giờ làm việc của cơ quan mình")
def hours(request: Asked, on: On = None) -> object:
    """The hours of each weekday."""
    return screens.week(request.actor.agency, _day(request, on))


@router.get("/absences", response=answers(Page[AbsenceOut]), summary="Vắng mặt trong cơ quan mình")
def absences(request: Asked, after: After = 0, limit: Limit = 50) -> object:
    """Absences of the agency, newest first."""
    items, following = screens.absences(request.actor, local_day(request.at), after, limit)
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


def _seat_of_mine(request: Asked, post: int) -> Post:
    found = Post.objects.select_related("unit").filter(pk=post, unit__agency=request.actor.agency).first()
    if found is None:
        raise Hidden
    return found


def _shown(request: Asked, absence: int) -> object:
    return screens.absences(request.actor, local_day(request.at), after=absence + 1, limit=1)[0][0]
