"""When a signer will have decided: judged by what the same person needed before, in hours that the agency works."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from tram.kernel.clock import local
from tram.organisation.queries import calendar_of, hours_on, seat_asked
from tram.outgoing.models import Outgoing, Presentation
from tram.outgoing.queries.signers import Signer, signers
from tram.outgoing.states import Outcome
from tram.vietnamese.numbers import format_number

LAST, FEWEST = 20, 3
"""Decisions that are looked at, the newest; with fewer nobody can say."""
HOURS_OF_A_DAY = 8
CONTENT, FORM = (("unit_head",),), (("office_chief",), ("clerk",))
"""Who checks: the head of the drafting unit; the office chief, where there is none the clerk (Điều 12)."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Nhịp quyết định của một người ký: working hours (the median), over how many presentations, and so until when."""

    hours: float
    times: int
    by: datetime
    is_late: bool

    @property
    def words(self) -> str:
        """Như trên màn hình: "thường quyết định sau 3 giờ làm việc, dự kiến 15:30 ngày 27/11/2026"."""
        late = ", muộn hơn hạn trả lời" if self.is_late else ""
        return f"thường quyết định {_span(self.hours)} (trung vị {self.times} lần gần nhất), dự kiến {self.by:%H:%M ngày %d/%m/%Y}{late}"


def _span(hours: float) -> str:
    if hours < 1:
        return "trong vòng 1 giờ làm việc"
    if hours < HOURS_OF_A_DAY:
        return f"sau {round(hours)} giờ làm việc"
    return f"sau {format_number(round(hours / HOURS_OF_A_DAY, 1))} ngày làm việc"


def paces(document: Outgoing, found: Sequence[Signer], at: datetime) -> dict[int, Pace]:
    """Post of each signer whose decisions are known -> their pace, if the letter were presented at that moment.

    One query for all of them, two for the agency's days and hours. Decisions are counted for the person in that post.
    """
    held = [one for one in found if one.account is not None]
    if not held:
        return {}
    first, *rest = (
        Presentation.objects.filter(
            signer=one.post, signer_name=one.label, outcome__in=(Outcome.APPROVED, Outcome.RETURNED)
        ).order_by("-decided_at").values_list("signer", "at", "decided_at")[:LAST]
        for one in held
    )  # fmt: skip
    decided = list(first.union(*rest, all=True) if rest else first)
    calendar, hours = calendar_of(document.agency_id), hours_on(document.agency_id, at.date())
    told: dict[int, Pace] = {}
    for one in held:
        spans = [
            calendar.hours_between(local(begun), local(ended), hours)
            for post, begun, ended in decided
            if post == one.post and ended
        ]
        if len(spans) >= FEWEST:
            usual = median(spans)
            by = calendar.add_hours(at, usual, hours)
            told[one.post] = Pace(usual, len(spans), by, _is_late(by.date(), document.due_date))
    return told


def road(document: Outgoing, at: datetime, *, is_checked: bool) -> list[str]:
    """Who comes next if the draft went its way now, in words: the two checks, unless they were made, and the signer."""
    on, steps = at.date(), []
    if not is_checked:
        head = seat_asked(CONTENT, document.unit_id, on)
        chief = seat_asked(FORM, document.agency_id, on)
        steps = [
            f"{seat.label} {what}" for seat, what in ((head, "ký tắt nội dung"), (chief, "ký tắt thể thức")) if seat
        ]
    found = signers(document, on)
    signer = next((one for one in found if one.account is not None), None)
    if signer:
        pace = paces(document, [signer], at).get(signer.post)
        steps.append(f"{signer.label} ký" + (f": {pace.words}" if pace else ""))
    return steps


def _is_late(by: date, due: date | None) -> bool:
    return due is not None and by > due
