"""Rows of work: everything a list shows of one piece of work, with no further query."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tram.kernel.clock import local, local_day
from tram.kernel.rows import Shown
from tram.tasks.events import KIND_NAMES, Kind
from tram.tasks.rules.results import NO_DUE, Result, result_of
from tram.tasks.rules.verbs import Key, keys_of
from tram.tasks.states import OPEN, STATE_NAMES, State


@dataclass(frozen=True, slots=True)
class InboxRow(Shown):
    """Dòng trong “Việc của tôi”. `verbs` are the steps this person may take now, the main one first."""

    id: int
    kind: str
    kind_name: str
    state: str
    state_name: str
    title: str
    line: str
    giver: str
    url: str
    urgency: int
    due_on: date | None
    result: Result
    progress: int
    last_word: str
    is_read: bool
    in_unit_inbox: bool
    thay: str
    given_at: datetime
    verbs: tuple[str, ...]

    @property
    def key(self) -> str:
        """Where the next page begins."""
        return f"{9 - self.urgency}.{(self.due_on or NO_DUE).isoformat()}.{self.id}"

    @property
    def keys(self) -> list[Key]:
        """The steps behind the keys E, N, F, G and H."""
        return keys_of(self.id, self.kind, self.verbs)


@dataclass(frozen=True, slots=True)
class HoldingRow(Shown):
    """Dòng “ai đang giữ”: who had the work, from when to when, and when they read it."""

    task: int
    kind_name: str
    holder: str
    how: str
    word: str
    since_at: datetime
    read_at: datetime | None
    until_at: datetime | None


@dataclass(frozen=True, slots=True)
class TaskRow(Shown):
    """Việc trong danh sách của đơn vị, của người giao, hoặc của một văn bản."""

    id: int
    ref: str
    kind: str
    kind_name: str
    state: str
    state_name: str
    title: str
    line: str
    note: str
    product: str
    is_key: bool
    holder: str
    agency: int
    unit: int
    unit_name: str
    post: int | None
    turn_post: int | None
    giver: str
    url: str
    urgency: int
    due_on: date | None
    first_due_on: date | None
    submitted_on: date | None
    hidden_until: date | None
    result: Result
    progress: int
    last_word: str
    outcome: str
    given_at: datetime
    read_at: datetime | None
    ended_at: datetime | None
    is_open: bool


def task_row(t: Any, today: date) -> TaskRow:
    """A piece of work as a row; `unit_name` and `holder` were read with it."""
    return TaskRow(
        id=t.pk,
        ref=t.ref,
        kind=t.kind,
        kind_name=KIND_NAMES[Kind(t.kind)],
        state=t.state,
        state_name=STATE_NAMES[State(t.state)],
        title=t.title,
        line=t.line,
        note=t.note,
        product=t.product,
        is_key=t.is_key,
        holder=t.holder,
        agency=t.agency_id,
        unit=t.unit_id,
        unit_name=t.unit_name,
        post=t.post_id,
        turn_post=t.turn_post_id,
        giver=t.giver_name,
        url=t.url,
        urgency=t.urgency,
        due_on=t.due_on,
        first_due_on=t.first_due_on,
        submitted_on=local_day(t.submitted_at) if t.submitted_at else None,
        hidden_until=t.hidden_until,
        result=result_of(t.due_on, local_day(t.submitted_at) if t.submitted_at else None, today),
        progress=t.progress,
        last_word=t.last_word,
        outcome=t.result,
        given_at=local(t.given_at),
        read_at=t.read_at and local(t.read_at),
        ended_at=t.ended_at and local(t.ended_at),
        is_open=t.state in OPEN,
    )


@dataclass(frozen=True, slots=True)
class ReportRow(Shown):
    """Báo cáo tiến độ trên màn hình."""

    at: datetime
    by: str
    percent: int
    text: str
    evidence: str
    evidence_name: str
