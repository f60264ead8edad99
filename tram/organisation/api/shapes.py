"""Shapes of the organisation for programs: what comes out, and what may be sent."""

from datetime import date, time
from typing import Annotated

from ninja import Schema
from pydantic import Field

from tram.kernel.actors import ROLES
from tram.organisation.states import CODE_SCHEMES, UNIT_KINDS
from tram.web.programs import Key, Line, Strict, among

RoleCode = Annotated[str, among(ROLES), Field(description="Mã quyền, ví dụ clerk, director")]
UnitKind = Annotated[str, among(UNIT_KINDS), Field(description="Loại đơn vị")]
CodeScheme = Annotated[str, among(CODE_SCHEMES), Field(description="Loại mã")]
Decision = Annotated[
    Line, Field(min_length=1, max_length=200, description="Quyết định, ví dụ 12/QĐ-UBND ngày 05/03/2026")
]
Why = Annotated[Line, Field(min_length=1, max_length=300, description="Lý do")]


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


class DelegationOut(Schema):
    """Một lần ủy quyền."""

    id: int
    role_name: str = Field(description="Quyền được ủy quyền")
    unit_name: str = Field(description="Phạm vi")
    giver: str = Field(description="Người ủy quyền")
    taker: str = Field(description="Người được ủy quyền")
    since: date
    until: date
    document: str = Field(description="Văn bản ủy quyền")
    may_end: bool


class NewDelegation(Strict):
    """Ủy quyền: một quyền của vị trí ghi trong thẻ."""

    role: RoleCode
    unit: Key = Field(description="Phạm vi của quyền")
    taker: Key = Field(description="Vị trí được ủy quyền, cùng cơ quan")
    since: date = Field(description="Ngày đầu")
    until: date = Field(description="Ngày cuối")
    document: Line = Field(max_length=200, description="Văn bản ủy quyền, ví dụ 12/GUQ-SKHCN")


class AppointmentOut(Schema):
    """Một người giữ vị trí trong một khoảng thời gian."""

    id: int
    account: int = Field(description="Khóa tài khoản")
    name: str = Field(description="Họ và tên")
    since: date
    until: date | None
    decision: str


class RoleOut(Schema):
    """Một quyền của vị trí trong một khoảng thời gian."""

    id: int
    role: str
    role_name: str
    unit: int
    unit_name: str
    since: date
    until: date | None
    cause: str = Field(description="Căn cứ")


class PostCard(Schema):
    """Thẻ vị trí: ai giữ khi nào, có quyền gì."""

    id: int
    title: str
    rank: int
    since: date
    until: date | None
    unit: int
    unit_name: str
    agency: int
    appointments: list[AppointmentOut]
    grants: list[RoleOut]


class TieOut(Schema):
    """Điều đang gắn với đơn vị."""

    words: str = Field(description="Là gì, bao nhiêu")
    when_ended: str = Field(description="Sẽ ra sao khi đơn vị chấm dứt")
    is_open: bool = Field(description="Còn dở, phải giải quyết hoặc chuyển đi")


class NewUnit(Strict):
    """Lập đơn vị."""

    parent: Key = Field(description="Đơn vị cấp trên")
    kind: UnitKind
    name: Line = Field(max_length=200, description="Tên đơn vị")
    abbr: Line = Field(max_length=30, description="Chữ viết tắt trong ký hiệu văn bản")
    since: date = Field(description="Ngày bắt đầu hoạt động")
    is_agency: bool = Field(False, description="Có sổ và con dấu riêng; chỉ quản trị tỉnh lập cơ quan")


class Renaming(Strict):
    """Đổi tên đơn vị."""

    name: Line = Field(max_length=200, description="Tên mới")
    abbr: Line = Field(max_length=30, description="Chữ viết tắt mới")
    since: date = Field(description="Ngày có hiệu lực")
    decision: Decision


class Moving(Strict):
    """Chuyển đơn vị cấp trên."""

    parent: Key = Field(description="Đơn vị cấp trên mới")
    since: date = Field(description="Ngày có hiệu lực")
    decision: Decision
    reason: Why


class Abolishing(Strict):
    """Chấm dứt hoạt động."""

    on: date = Field(description="Ngày hoạt động cuối cùng")
    successors: list[Key] = Field([], max_length=10, description="Các đơn vị nhận nhiệm vụ")
    decision: Decision
    reason: Why


class NewCode(Strict):
    """Ghi mã định danh."""

    scheme: CodeScheme
    code: Line = Field(min_length=1, max_length=60, description="Mã, ví dụ H38.14")
    since: date = Field(description="Dùng từ ngày")


class NewPost(Strict):
    """Lập vị trí."""

    title: Line = Field(min_length=1, max_length=120, description="Tên vị trí")
    rank: int = Field(100, ge=1, le=999, description="Thứ tự trong đơn vị, số nhỏ đứng trước")
    roles: list[RoleCode] = Field([], max_length=20, description="Các quyền đi cùng")
    since: date = Field(description="Có từ ngày")


class Appointing(Strict):
    """Phân công người giữ vị trí."""

    account: Key = Field(description="Khóa tài khoản của cơ quan")
    since: date = Field(description="Giữ từ ngày; người đang giữ thôi giữ hôm trước")
    decision: Line = Field("", max_length=200, description="Quyết định")


class Granting(Strict):
    """Giao quyền cho vị trí."""

    role: RoleCode
    unit: Key = Field(description="Phạm vi của quyền")
    since: date = Field(description="Ngày đầu")
    until: date | None = Field(None, description="Ngày cuối; bỏ trống là không thời hạn")
    cause: Line = Field(min_length=1, max_length=200, description="Căn cứ")


class WeekdayHours(Schema):
    """Giờ làm việc của một ngày trong tuần."""

    name: str = Field(description="Thứ")
    hours: list[tuple[time, time]] = Field(description="Các buổi: giờ vào, giờ ra; rỗng là nghỉ")
    since: date | None
