"""When a backup and a drill are due: at night where the machine is awake, else when it wakes; where a backup costs
little, every hour of the working day too, so that a lost disk takes an hour of work with it and not a day.
"""

from datetime import datetime, timedelta

from tram.keeping.rules.places import Drill, moment_of
from tram.kernel.clock import local

NIGHT = range(1, 5)
"""Hours of Vietnamese time."""
OFFICE = range(7, 19)
AN_HOUR = timedelta(minutes=55)
LITTLE = timedelta(seconds=20)
"""A backup that took no longer than this disturbs nobody at work."""
A_DAY, LATE = timedelta(hours=20), timedelta(hours=26)
A_WEEK, LATE_DRILL = timedelta(days=6, hours=12), timedelta(days=8)


def backup_is_due(at: datetime, names: list[str], cost: timedelta) -> bool:
    """No backup yet, or the last one is of yesterday and it is night, or the night went by without one; or it is an hour
    old, it is a working hour, and the last one cost little.
    """
    if not names:
        return True
    age = at - moment_of(names[-1])
    return _is_due(at, age, A_DAY, LATE) or (cost <= LITTLE and age > AN_HOUR and local(at).hour in OFFICE)


def drill_is_due(at: datetime, last: Drill | None) -> bool:
    """No drill yet, or the last one is of last week and it is night, or its night went by."""
    return last is None or _is_due(at, at - datetime.fromisoformat(last.at), A_WEEK, LATE_DRILL)


def _is_due(at: datetime, age: timedelta, from_: timedelta, late: timedelta) -> bool:
    return age > late or (age > from_ and local(at).hour in NIGHT)
