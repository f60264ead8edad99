"""When a backup and a drill are due: at night where the machine is awake, else when it wakes."""

from datetime import datetime, timedelta

from tram.keeping.rules.places import Drill, moment_of
from tram.kernel.clock import local

NIGHT = range(1, 5)
"""Hours of Vietnamese time."""
A_DAY, LATE = timedelta(hours=20), timedelta(hours=26)
A_WEEK, LATE_DRILL = timedelta(days=6, hours=12), timedelta(days=8)


def backup_is_due(at: datetime, names: list[str]) -> bool:
    """No backup yet, or the last one is of yesterday and it is night, or the night went by without one."""
    return not names or _is_due(at, at - moment_of(names[-1]), A_DAY, LATE)


def drill_is_due(at: datetime, last: Drill | None) -> bool:
    """No drill yet, or the last one is of last week and it is night, or its night went by."""
    return last is None or _is_due(at, at - datetime.fromisoformat(last.at), A_WEEK, LATE_DRILL)


def _is_due(at: datetime, age: timedelta, from_: timedelta, late: timedelta) -> bool:
    return age > late or (age > from_ and local(at).hour in NIGHT)
