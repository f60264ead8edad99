"""What is told of an agency or a person, and what must be told of a spokesperson. Pure."""

import re
from typing import Any, NamedTuple

from tram.kernel.verdicts import Invalid

PHONE = re.compile(r"\+?[0-9][0-9 .()-]{5,}[0-9](?: *(?:máy lẻ|-) *[0-9]{1,5})?")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)


class Told(NamedTuple):
    """Điều công bố: of an agency or of a person; what is empty is not told."""

    words: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    hours: str = ""
    speaks: bool = False
    decision: str = ""

    @classmethod
    def of(cls, row: Any) -> "Told":
        """As a row of the log has it."""
        return cls(*(getattr(row, name) for name in cls._fields))


def must_fit(told: Told, *, is_agency: bool) -> None:
    """Raise Invalid: where nobody can reach them, and where a spokesperson is told without what the law asks for."""
    wrong = {}
    if told.phone and not PHONE.fullmatch(told.phone):
        wrong["phone"] = "Số điện thoại chỉ có chữ số, dấu cách, dấu chấm, ví dụ 0214 3840 123."
    if told.email and not EMAIL.fullmatch(told.email):
        wrong["email"] = "Thư điện tử có dạng ten@noi.gov.vn."
    if is_agency and not told.words:
        wrong["words"] = (
            "Viết cơ quan làm gì, ví dụ “Giúp Ủy ban nhân dân tỉnh quản lý khoa học, công nghệ, bưu chính, viễn thông”."
        )
    if is_agency and not told.address:
        wrong["address"] = "Nhập địa chỉ trụ sở, ví dụ “Số 1 đường Trần Phú, phường Lào Cai”."
    if (is_agency or told.speaks) and not told.phone:
        wrong.setdefault("phone", "Nhập số điện thoại để người dân, báo chí gọi được.")
    if told.speaks and not told.email:
        wrong.setdefault("email", "Người phát ngôn phải có thư điện tử công bố cho báo chí.")
    if wrong:
        raise Invalid(wrong)


def dialled(phone: str) -> str:
    """A number as a telephone dials it: digits, without a branch inside the house."""
    outside = re.split(r"máy lẻ|(?<= )-", phone)[0]
    return ("+" if outside.startswith("+") else "") + "".join(char for char in outside if char.isdigit())
