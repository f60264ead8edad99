"""Notices for programs: one's own, newest first; marking them as read."""

from datetime import datetime

from ninja import Router, Schema
from pydantic import Field

from tram.kernel.clock import local_day
from tram.notifications import commands, queries
from tram.web.asked import Asked
from tram.web.programs import After, Key, Limit, Page, answers

router = Router(tags=["Thông báo"])


class NoticeOut(Schema):
    """Một thông báo."""

    pk: int = Field(description="Khóa", serialization_alias="id")
    sentence: str
    url: str
    at: datetime
    is_read: bool


class Unread(Schema):
    """Số thông báo chưa đọc, đếm đến 99."""

    unread: int


@router.get("/notifications", response=answers(Page[NoticeOut]), by_alias=True, summary="Thông báo của tôi")
def notices(request: Asked, after: After = 0, limit: Limit = 20) -> object:
    """One's own notices, newest first."""
    found = queries.notices(request.actor, local_day(request.at), after, limit)
    return {"items": found.rows, "next": str(found.next_below or "")}


@router.post("/notifications/read-all", response=answers(Unread), summary="Đánh dấu đã đọc hết")
def read_all(request: Asked) -> object:
    """Mark all as read."""
    commands.read_all(actor=request.actor, at=request.at)
    return _unread(request)


@router.post("/notifications/{notice}/read", response=answers(Unread), summary="Đánh dấu đã đọc")
def read(request: Asked, notice: Key) -> object:
    """Mark one as read."""
    commands.read(actor=request.actor, at=request.at, notice=notice)
    return _unread(request)


def _unread(request: Asked) -> object:
    return {"unread": queries.unread(request.actor, local_day(request.at))}
