"""Search for programs: one box over everything that this person may read."""

from datetime import date, datetime
from typing import Annotated

from ninja import Query, Router, Schema
from pydantic import Field

from tram.search import queries
from tram.web.asked import Asked
from tram.web.programs import Limit, Line, Place, answers

router = Router(tags=["Tìm kiếm"])


class HitOut(Schema):
    """Một kết quả."""

    ref: str = Field(description="Khóa, ví dụ documents.incoming/12")
    kind: str = Field(description="Loại")
    url: str = Field(description="Trang của mục")
    number: str = Field(description="Số, ký hiệu")
    title: str
    line: str
    sender: str = Field(description="Nơi gửi")
    at: datetime
    due_on: date | None


class FoundOut(Schema):
    """Một trang kết quả."""

    items: list[HitOut]
    next: str = Field(description="Gửi lại trong `after` để lấy trang sau; rỗng là hết")
    count: str = Field(description="Số kết quả, không đếm quá phần đã đọc")
    sentences: list[str] = Field(description="Chỗ không hiểu trong câu hỏi, và cách hỏi")


@router.get("/search", response=answers(FoundOut), summary="Tìm")
def search(
    request: Asked,
    q: Annotated[Line, Query(max_length=500, description='Như ô tìm: 12/UBND, den:tuannay, tu:"Sở Tài chính"…')],
    after: Place = "",
    limit: Limit = 20,
) -> object:
    """The next hits, newest first."""
    found = queries.search(actor=request.actor, at=request.at, text=q, place=after, limit=limit)
    items = [
        {
            "ref": hit.ref,
            "kind": hit.kind,
            "url": hit.url,
            "at": hit.at,
            "due_on": hit.due_on,
            **{name: queries.plain(getattr(hit, name)) for name in ("number", "title", "line", "sender")},
        }
        for hit in found.hits
    ]
    return {"items": items, "next": found.next_place, "count": found.count, "sentences": list(found.sentences)}
