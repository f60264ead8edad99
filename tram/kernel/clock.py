"""Clock: one place for the hour. Commands are given `at`; only doors ask a clock."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """This moment in Vietnamese local time, so that `at.year` is the year of the book."""
    return datetime.now(LOCAL)


def local(at: datetime) -> datetime:
    """The same moment, told in Vietnamese local time; raises ValueError for a moment without a zone."""
    if at.tzinfo is None:
        raise ValueError("a moment names its zone")
    return at.astimezone(LOCAL)


def local_day(at: datetime) -> date:
    """The Vietnamese calendar day of a moment."""
    return local(at).date()
