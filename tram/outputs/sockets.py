"""Sockets of the outputs: a room whose lists are made into files says who may have them, makes them, keeps record of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any, Literal, Protocol
from uuid import UUID

from ninja import Schema
from pydantic import Field

from tram.kernel.actors import Actor
from tram.kernel.registry import Registry
from tram.kernel.verdicts import Invalid, Verdict
from tram.outputs.rules import AT_ONCE
from tram.web.programs import Strict
from tram.web.sheets import MEDIA_TYPE

Keys = Mapping[str, Any]
"""What a room needs to know to make a list again: keys of things and how it was asked for, never contents."""
Tell = Callable[[int], None]
"""Told how many rows are done. What it raises ends the work."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Tệp cần làm: which list (`maker`, `keys`), of which agency, how many rows, what it is called, where one asked for it."""

    maker: str
    keys: Keys
    agency: int
    rows: int
    title: str
    name: str
    media_type: str
    back_url: str

    @property
    def is_long(self) -> bool:
        """Whether it is made by the worker: nobody waits for it with an open page."""
        return self.rows > AT_ONCE


FORMS = {"pdf": ("In", "application/pdf"), "xlsx": ("Xuất Excel", MEDIA_TYPE)}


def list_wanted(
    maker: str, keys: Keys, form: str, *, agency: int, rows: int, title: str, stem: str, url: str
) -> Wanted:
    """An agency's list as a file; `form` is "pdf" or "xlsx", `stem` begins the file's name."""
    verb, media_type = FORMS[form]
    return Wanted(
        maker=maker, keys={**keys, "form": form}, agency=agency, rows=rows, title=f"{verb} {title}",
        name=f"{stem}.{form}", media_type=media_type, back_url=url,
    )  # fmt: skip


class Ordering(Strict):
    """Tệp cần làm từ một sổ."""

    form: Literal["pdf", "xlsx"] = Field(description="pdf để in và ký, xlsx để xem")
    first: int = Field(1, ge=1, lt=2**31, description="Từ số")
    last: int | None = Field(None, ge=1, lt=2**31, description="Đến số; bỏ trống là số mới nhất")

    def span(self, newest: int) -> tuple[int, int]:
        """From which number to which; raises Invalid where the book has no such numbers."""
        if newest == 0:
            raise Invalid({"first": "Sổ chưa có số nào."})
        last = newest if self.last is None else self.last
        if last > newest:
            raise Invalid({"last": f"Sổ mới có đến số {newest}."})
        if self.first > last:
            raise Invalid({"first": f"Số đầu nhiều nhất là {last}."})
        return self.first, last


class OutputOut(Schema):
    """Bản kết xuất: tệp làm từ một danh sách."""

    id: UUID
    title: str
    state: str = Field(description="waiting, making, ready, stopped, failed hoặc swept")
    state_name: str
    done: int = Field(description="Số dòng đã làm")
    total: int = Field(description="Số dòng cả thảy")
    reason: str = Field(description="Vì sao không có tệp; rỗng khi không có gì cần nói")
    size: int | None = Field(description="Cỡ tệp, byte, khi đã xong")
    kept_until: datetime | None = Field(description="Tệp được giữ đến lúc này")
    url: str = Field(description="Trang của tệp")
    file_url: str = Field(description="Địa chỉ tải khi đã xong, gửi kèm cùng thẻ; tải tiếp được bằng Range")


class Maker(Protocol):
    """A room whose lists are made into files."""

    def may_take(self, actor: Actor, keys: Keys, on: date) -> Verdict:
        """Whether the actor may have this list: the right of the page that shows it."""

    def make(self, keys: Keys, *, actor: Actor, at: datetime, out: IO[bytes], tell: Tell) -> None:
        """Write the list as this person sees it into a file of the disk, few rows at a time; asks no rights on the whole."""

    def made(self, *, actor: Actor, at: datetime, keys: Keys) -> None:
        """Keep on record what the law wants of a list that is on paper now."""


makers: Registry[Maker] = Registry()
