"""Clock: one place for the hour. Commands are given `at`; only doors ask a clock."""

from datetime import date, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")
_followed: tuple[datetime, float] | None = None


def follow(moment: datetime) -> None:
    """Go by another clock, the database's, which says `moment` now: this machine's own may be set wrong or be moved."""
    global _followed
    _followed = local(moment), monotonic()


def now() -> datetime:
    """This moment in Vietnamese local time, so that `at.year` is the year of the book."""
    if _followed is None:
        return datetime.now(LOCAL)
    moment, since = _followed
    return moment + timedelta(seconds=monotonic() - since)


def local(at: datetime) -> datetime:
    """The same moment, told in Vietnamese local time; raises ValueError for a moment without a zone."""
    if at.tzinfo is None:
        raise ValueError("a moment names its zone")
    return at.astimezone(LOCAL)


def local_day(at: datetime) -> date:
    """The Vietnamese calendar day of a moment."""
    return local(at).date()
