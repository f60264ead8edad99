"""When mail goes out, and what the answer of a mail server means."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from tram.alerts.rules.asking import settled
from tram.kernel.clock import LOCAL, local

STILL_WORTH_IT = timedelta(hours=3)
"""A daily mail that an outage held back so long waits for the next day: nothing of it is lost, it is told then."""
OURS = re.compile(r"(?:5\.2\.2|5\.[3-7]\.\d+)\b")
"""Enhanced codes (RFC 3463) that speak of a full box, of the way, of our words or our right to send: not of an address that is none."""


class Fate(StrEnum):
    """What became of a mail: taken, there was none to send, not taken now, the address is none."""

    TOLD, NOTHING, LATER, GONE = "told", "nothing", "later", "gone"


@dataclass(frozen=True, slots=True)
class Slot:
    """Giờ gửi: when, and to whom: those who read each hour, or those who read once a day."""

    at: datetime
    is_hourly: bool


def slots(at: datetime) -> list[Slot]:
    """What is to go out at this moment: the mail of this hour, and that of the day as long as it is worth it."""
    now = local(at)
    first, last = settled()["hours"]
    hour = now.replace(minute=0, second=0, microsecond=0)
    daily = datetime.combine(now.date(), time(settled()["daily_hour"]), LOCAL)
    found = [Slot(hour, True)] if first <= hour.hour <= last else []
    return found + ([Slot(daily, False)] if timedelta(0) <= now - daily <= STILL_WORTH_IT else [])


def fate(code: int, words: str) -> Fate:
    """What a mail server said of one recipient."""
    return Fate.GONE if 500 <= code < 600 and not OURS.match(words.strip()) else Fate.LATER
