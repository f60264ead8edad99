"""Rows of work: everything a list shows of one piece of work, with no further query."""

from dataclasses import dataclass
from datetime import date, datetime

from tram.tasks.rules.results import NO_DUE, Result
from tram.tasks.rules.verbs import Key, keys_of


@dataclass(frozen=True, slots=True)
class InboxRow:
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
class HoldingRow:
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
class TaskRow:
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


@dataclass(frozen=True, slots=True)
class ReportRow:
    """Báo cáo tiến độ trên màn hình."""

    at: datetime
    by: str
    percent: int
    text: str
    evidence: str
    evidence_name: str
