"""The things of the model: tasks, directions, letters, seats, books; and the word no."""

from dataclasses import dataclass, field
from datetime import date


class No(Exception):
    """The act is refused; `status` is what HTTP says."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class Task:
    """One duty; `laid` is who had it in turn, each with whether they read it."""

    number: int
    kind: str
    unit: str
    post: str
    due: date | None
    giver: str
    state: str = "assigned"
    given_due: date | None = None
    handed_by: str = ""
    wished: "Task | None" = None
    wish_until: date | None = None
    was_read: bool = False
    laid: list[list[object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.given_due = self.due
        self.laid.append([self.unit, self.post, False])

    @property
    def is_open(self) -> bool:
        return self.state in ("assigned", "in_progress", "submitted")

    @property
    def judge(self) -> str:
        """Who confirms it: who handed it out, else who gave it; never its holder."""
        return next((post for post in (self.handed_by, self.giver) if post and post != self.post), "")

    def read(self) -> None:
        self.was_read = True
        self.laid[-1][2] = True

    def put(self, unit: str, post: str) -> None:
        self.unit, self.post = unit, post
        self.laid.append([unit, post, False])

    def running(self) -> None:
        if self.state not in ("assigned", "in_progress"):
            raise No(409)


@dataclass(slots=True)
class Direction:
    """A leader's word and the tasks that carry it."""

    by: str
    tasks: list[Task]
    is_recalled: bool = False


@dataclass(slots=True)
class Letter:
    """One letter in the book; `keys` says to whom it is open and since which task."""

    number: int
    year: int
    mark: str
    state: str
    due: date | None
    tasks: list[Task] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    directions: list[Direction] = field(default_factory=list)

    def open(self, *kinds: str) -> list[Task]:
        return [task for task in self.tasks if task.is_open and (not kinds or task.kind in kinds)]

    def lead(self) -> Task | None:
        return next(iter(self.open("handle")), None)

    def open_to(self, key: str, task: Task) -> None:
        self.keys.setdefault(key, task.number)

    def close_to(self, tasks: list[Task], only: str = "") -> None:
        """What these tasks opened is closed, except to whoever holds other work about the letter."""
        kept = {f"unit.{t.unit}" for t in self.open()} | {f"unit_head.{t.unit}" for t in self.open()}
        kept |= {f"post.{t.post}" for t in self.open() if t.post}
        causes = {task.number for task in tasks}
        self.keys = {
            key: cause
            for key, cause in self.keys.items()
            if cause not in causes or key in kept or (only and key != only)
        }


@dataclass(slots=True)
class Seat:
    """A seat with its roles; nobody sits there after `until`, and it is no more after `ended`."""

    login: str
    unit: str
    roles: set[str]
    until: date | None = None
    ended: date | None = None


@dataclass(slots=True)
class Book:
    """One year's book: the state of each number from 1 on."""

    numbers: list[str] = field(default_factory=list)
    is_closed: bool = False

    def take(self, state: str) -> int:
        if self.is_closed:
            raise No(409)
        self.numbers.append(state)
        return len(self.numbers)
