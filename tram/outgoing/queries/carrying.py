"""The book of what was carried (sổ gửi): what left by post, or by hand, between two days, for those who take it to sign."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import chain
from typing import IO

from django.db.models import QuerySet

from tram.audit.queries import printed
from tram.kernel.clock import LOCAL, local_day
from tram.organisation.models import Unit
from tram.outgoing.models import Recipient, Report
from tram.outgoing.states import Way
from tram.outputs.sockets import Keys, Tell, Wanted, list_wanted
from tram.web.binding import PART, Column, Cover, bind, cells, parts, written

MAKER = "outgoing.carried"
MOST = 20_000
"""Rows that are printed in one go: half a minute."""
PAPER = [
    Column("Ngày chuyển", "24mm", "center"), Column("Số, ký hiệu văn bản", "45mm"), Column("Nơi nhận văn bản", "1fr"),
    Column("Số lượng bì", "20mm", "center"), Column("Ký nhận và dấu bưu điện", "48mm"), Column("Ghi chú", "45mm"),
]  # fmt: skip
TITLES = {Way.POST: "Sổ gửi văn bản đi bưu điện", Way.HAND: "Sổ chuyển giao văn bản đi"}


def wanted(agency: int, way: Way, since: date, until: date) -> Wanted:
    """What an agency sent by this way from one day to another, as paper; at most one row more than `MOST` is counted."""
    keys = {"agency": agency, "way": way.value, "since": since.isoformat(), "until": until.isoformat()}
    return list_wanted(
        MAKER, keys, "pdf", agency=agency, rows=_sent(agency, way, since, until)[: MOST + 1].count(),
        title=f"{TITLES[way]} từ {since:%d/%m/%Y} đến {until:%d/%m/%Y}",
        stem=f"so-gui-{way}-{since:%Y%m%d}-{until:%Y%m%d}", url=f"/van-ban-di/so/outgoing/{until.year}",
    )  # fmt: skip


def make(keys: Keys, *, by: str, at: datetime, out: IO[bytes], tell: Tell) -> None:
    """What was wanted, written into a file of the disk; asks no rights."""
    way, since, until = Way(keys["way"]), date.fromisoformat(keys["since"]), date.fromisoformat(keys["until"])
    found = _sent(keys["agency"], way, since, until)
    agency = Unit.objects.select_related("parent").get(pk=keys["agency"])
    cover = Cover(
        title=TITLES[way], agency=agency.name, parent=agency.parent.name if agency.parent else "", year=until.year,
        first=0, last=0, since=written(since), until=written(until), count=found.count(), aside=(),
        marks=tuple(printed(agency.pk)), clerk=by, printed_at=at.strftime("%H:%M %d/%m/%Y"),
    )  # fmt: skip
    bind(out, cover, PAPER, map(cells, _rows(found)), tell)


def _sent(agency: int, way: Way, since: date, until: date) -> QuerySet[Recipient]:
    begins, ends = datetime.combine(since, time.min, LOCAL), datetime.combine(until, time.max, LOCAL)
    return Recipient.objects.filter(document__agency=agency, way=way, sent_at__gte=begins, sent_at__lte=ends)


def _rows(found: QuerySet[Recipient]) -> Iterator[list[object]]:
    """In order: day, number, place, envelopes, "", note. One query, and one for the notes of each part."""
    stream = found.select_related("document").order_by("sent_at", "pk").iterator(chunk_size=PART)
    return chain.from_iterable(map(_part, parts(stream)))


def _part(places: list[Recipient]) -> Iterator[list[object]]:
    told = Report.objects.filter(recipient__in=[place.pk for place in places], code="sent")
    notes = dict(told.values_list("recipient", "note"))
    for place in places:
        assert place.sent_at is not None, "only what was sent is in this book"
        yield [local_day(place.sent_at), place.document.code, place.name, 1, "", notes.get(place.pk, "")]
