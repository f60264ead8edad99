"""Shapes of incoming documents for programs. Fields bear the names of NĐ 30/2020 Phụ lục VI, in lower case
(CodeNumber is code_number)."""

from datetime import date, datetime, time
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tram.documents.rules import LEVELS_SEEN
from tram.web.programs import Key, Line, Strict, Text, among

Pages = Annotated[list[Annotated[int, Field(ge=1, le=99_999)]], Field(max_length=500)]
InBook = Annotated[int, Field(ge=1, lt=2**31)]


class DocumentOut(Schema):
    """Văn bản đến trong danh sách."""

    id: int
    url: str = Field(description="Trang của văn bản")
    state: str
    state_name: str
    channel: str = Field(description="scan, paper hoặc exchange")
    arrival_number: int | None = Field(description="ArrivalNumber: số đến")
    arrival_date: date | None = Field(description="ArrivalDate: ngày đến")
    arrived_at: datetime
    organ_name: str = Field(description="OrganName: cơ quan ban hành")
    code: str = Field(description="CodeNumber/CodeNotation: số, ký hiệu")
    issued_date: date | None = Field(description="IssuedDate: ngày văn bản")
    type_name: str = Field(description="TypeName: tên loại")
    subject: str = Field(description="Subject: trích yếu")
    urgency: int = Field(description="Độ khẩn: 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc")
    secrecy: int = Field(description="Độ mật: 0 thường, 1 mật, 2 tối mật, 3 tuyệt mật")
    due_date: date | None = Field(description="DueDate: thời hạn giải quyết")
    to_places: str = Field(description="ToPlaces: đơn vị hoặc người nhận")
    ended_at: datetime | None
    is_open: bool


class FileOut(Schema):
    """Tệp của văn bản."""

    id: UUID
    name: str
    pages: int | None
    size: int = Field(description="Cỡ, byte")
    media_type: str


class CorrectionOut(Schema):
    """Một chỗ đã chữa trong sổ."""

    field: str
    label: str
    before: str
    after: str
    reason: str
    by_name: str
    at: datetime


class DirectionOut(Schema):
    """Ý kiến chỉ đạo."""

    id: int
    by_post: int | None
    by_name: str
    note: str
    due_date: date | None
    at: datetime
    recalled_at: datetime | None
    recall_reason: str


class DocumentCard(Schema):
    """Thẻ văn bản đến."""

    document: DocumentOut
    values: dict[str, Any] = Field(description="Mọi trường của phiếu vào sổ")
    files: list[FileOut]
    corrections: list[CorrectionOut]
    directions: list[DirectionOut]
    outcome: str = Field(description="Kết quả giải quyết")
    answer_code: str = Field(description="Số, ký hiệu văn bản trả lời")
    registered_at: datetime | None
    registered_by: str
    duplicate_of: int | None


class LaneOut(Schema):
    """Văn bản chờ vào sổ."""

    id: int
    name: str = Field(description="Tên tệp")
    title: str
    organ_name: str
    urgency: int
    arrived_at: datetime
    doubts: int = Field(description="Số trường máy đọc chưa chắc")
    is_read: bool = Field(description="Máy đã đọc xong")


class SlipIn(Strict):
    """Phiếu vào sổ."""

    organ_name: Line = Field("", max_length=200, description="OrganName: cơ quan ban hành")
    organ_unit: Key | None = Field(None, description="Khóa cơ quan ban hành khi có trong danh sách")
    code_number: Line = Field("", max_length=11, description="CodeNumber: số của văn bản")
    code_notation: Line = Field("", max_length=30, description="CodeNotation: ký hiệu")
    issued_date: date | None = Field(None, description="IssuedDate: ngày văn bản")
    type_name: Line = Field("", max_length=100, description="TypeName: tên loại")
    subject: Line = Field("", max_length=1000, description="Subject: trích yếu")
    language: Line = Field("Tiếng Việt", max_length=30, description="Language: ngôn ngữ")
    page_amount: int | None = Field(None, ge=1, le=9999, description="PageAmount: số trang")
    issued_amount: int | None = Field(None, ge=1, le=9999, description="IssuedAmount: số bản")
    description: Line = Field("", max_length=500, description="Description: ghi chú")
    signer_position: Line = Field("", max_length=100, description="SignerInfo.Position: chức vụ người ký")
    signer_full_name: Line = Field("", max_length=50, description="SignerInfo.FullName: người ký")
    urgency: int = Field(0, ge=0, le=3, description="Độ khẩn: 0 thường, 1 khẩn, 2 thượng khẩn, 3 hỏa tốc")
    secrecy: int = Field(0, ge=0, le=3, description="Độ mật: 0 thường; trên 0 thì chỉ ghi sổ, không có tệp")
    keeping_place: Line = Field("", max_length=200, description="Nơi giữ bản giấy của văn bản mật")
    due_date: date | None = Field(None, description="DueDate: thời hạn giải quyết")
    file_code: Line = Field("", max_length=80, description="FileCode: mã hồ sơ")
    arrival_date: date | None = Field(None, description="ArrivalDate: ngày đến; bỏ trống là hôm nay")
    arrival_time: time | None = Field(None, description="Giờ đến, cho văn bản thượng khẩn, hỏa tốc")


class Registering(Strict):
    """Vào sổ."""

    slip: SlipIn = Field(description="Phiếu vào sổ")
    present_to: Key | None = Field(None, description="Vị trí lãnh đạo được trình ngay")
    duplicate_reason: Line = Field("", max_length=300, description="Lý do vẫn vào sổ khi trùng văn bản đã có")
    kept_number: InBook | None = Field(None, description="Số đã giữ; trống là số tiếp")


class Correcting(Strict):
    """Chữa sổ: chỉ gửi các trường cần chữa."""

    changes: SlipIn = Field(description="Các trường cần chữa")
    reason: Line = Field(max_length=300, description="Lý do chữa")


class TargetIn(Strict):
    """Nơi nhận phân xử lý: một đơn vị, hoặc một người theo vị trí."""

    unit: Key | None = Field(None, description="Khóa đơn vị")
    post: Key | None = Field(None, description="Khóa vị trí")


class Directing(Strict):
    """Ý kiến chỉ đạo."""

    lead: TargetIn | None = Field(None, description="Chủ trì")
    coordinating: list[TargetIn] = Field([], max_length=50, description="Phối hợp")
    informed: list[TargetIn] = Field([], max_length=200, description="Để biết")
    note: Text = Field("", max_length=2000, description="Ý kiến")
    due_date: date | None = Field(None, description="Hạn xử lý")


class Presenting(Strict):
    """Trình lãnh đạo."""

    to: Key = Field(description="Vị trí lãnh đạo")


class Outcome(Strict):
    """Kết quả giải quyết."""

    outcome: Line = Field(max_length=500, description="Kết quả")


class Twin(Strict):
    """Trùng văn bản đã vào sổ."""

    of: Key = Field(description="Khóa văn bản đã có trong sổ")


class BookOut(Schema):
    """Sổ của cơ quan."""

    code: str = Field(description="incoming hoặc incoming_secret")
    name: str
    year: int
    is_secret: bool
    next_number: int
    locked_until: int = Field(description="Đã khóa đến số này")
    closed_on: date | None


class BookLine(Schema):
    """Một dòng sổ đăng ký văn bản đến, mười cột của Phụ lục IV."""

    id: int
    arrival_date: date
    arrival_number: int
    author: str
    code: str
    issued_date: date | None
    subject: str
    receiver: str
    passed_on: date | None
    signed: str
    remark: str
    struck: dict[str, list[str]] = Field(description="Chữ cũ đã gạch, theo trường")


class MarkedOut(Schema):
    """Tệp máy thấy dấu mật, đang khóa."""

    id: UUID
    name: str
    level: str = Field(description="Mức máy thấy: secret, top_secret hoặc absolute_secret")
    level_name: str
    pages: int | None
    found_at: datetime
    until: datetime = Field(description="Hạn trả lời; quá hạn thì tệp được hủy")


class SeenMark(Strict):
    """Trả lời về dấu mật."""

    level: Annotated[str, among(("none", *LEVELS_SEEN))] = Field(description="Mức ghi trên dấu của bản giấy")


class MarkOut(Schema):
    """Việc đã làm với tệp."""

    is_destroyed: bool
    row: int | None = Field(description="Văn bản rỗng chờ vào sổ mật; chỉ có khi tệp là chính văn bản")


class PartOut(Schema):
    """Một văn bản đã tách ra."""

    id: int = Field(alias="key")
    pages: str = Field(description="Trang của bản quét, ví dụ 2-3")
    state: str
    state_name: str
    number: int | None = Field(description="Số đến, khi đã vào sổ")


class SplitOut(Schema):
    """Chỗ tách của một bản quét."""

    starts: dict[int, str] = Field(description="Trang đề nghị bắt đầu một văn bản, kèm lý do")
    drops: dict[int, str] = Field(description="Trang đề nghị bỏ: tờ ngăn, trang trắng")
    parts: list[PartOut] = Field(description="Các văn bản đã tách ra; rỗng là chưa tách")


class Cut(Strict):
    """Tách bản quét."""

    start: Pages = Field(description="Trang bắt đầu mỗi văn bản, từ 1")
    drop: Pages = Field([], description="Trang bỏ đi")


class NumberOut(Schema):
    """Số không mang văn bản: giữ chỗ hoặc hủy."""

    number: int
    state: str = Field(description="reserved: giữ chỗ; void: hủy")
    reason: str
    given_at: datetime = Field(description="Lúc giữ số")


class Voiding(Strict):
    """Hủy số."""

    number: InBook = Field(description="Số cần hủy")
    reason: Line = Field(max_length=300, description="Lý do, in trong sổ")


class LockedTo(Strict):
    """Khóa sổ."""

    until: InBook = Field(description="Số cuối của phần đã in và ký")
