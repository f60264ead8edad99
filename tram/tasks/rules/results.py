"""Arithmetic of work: the four result classes of QĐ 42/2014/QĐ-TTg, derived and never set by anybody."""

from datetime import date
from enum import StrEnum


class Result(StrEnum):
    """Kết quả theo hạn (QĐ 42/2014/QĐ-TTg): four classes, and work without a deadline."""

    DONE_ON_TIME = "done_on_time"
    DONE_LATE = "done_late"
    RUNNING = "running"
    OVERDUE = "overdue"


NO_DUE = date(9999, 12, 31)


def result_of(due_on: date | None, done_on: date | None, today: date) -> Result:
    """The class of a task: `done_on` is the day the holder handed it in; no deadline is never late."""
    due = due_on or NO_DUE
    if done_on is not None:
        return Result.DONE_ON_TIME if done_on <= due else Result.DONE_LATE
    return Result.RUNNING if today <= due else Result.OVERDUE
