"""Days and moments as English writes them, for pages whose every word is English."""

from datetime import date, datetime

ENGLISH = "en"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def day(on: date) -> str:
    """ "26 November 2026"."""
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def moment(at: datetime) -> str:
    """ "26 November 2026, 14:05"."""
    return f"{day(at)}, {at:%H:%M}"


def lasting(seconds: int) -> str:
    """ "3 min 20 s"."""
    minutes, rest = divmod(seconds, 60)
    return " ".join(part for part in (f"{minutes} min" * bool(minutes), f"{rest} s" * bool(rest)) if part)
