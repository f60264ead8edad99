"""When the clock backs up and drills, and which backups are let go."""

from datetime import datetime, timedelta

import pytest

from tram.keeping.rules.places import Drill, let_go, moment_of, name_of
from tram.keeping.rules.schedule import backup_is_due, drill_is_due
from tram.kernel.clock import LOCAL

NIGHT = datetime(2026, 11, 20, 2, 5, tzinfo=LOCAL)
NOON = datetime(2026, 11, 20, 12, 5, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("now", "hours", "due"),
    [(NIGHT, 24, True), (NIGHT, 19, False), (NOON, 10, False), (NOON, 25, False), (NOON, 27, True), (NIGHT, 1, False)],
)
def test_a_backup_is_made_at_night_or_when_its_night_went_by(now: datetime, hours: int, due: bool) -> None:
    assert backup_is_due(now, [name_of(now - timedelta(hours=hours))], timedelta(minutes=5)) is due


@pytest.mark.parametrize(
    ("now", "minutes", "seconds", "due"),
    [(NOON, 60, 5, True), (NOON, 30, 5, False), (NOON, 60, 25, False), (NIGHT, 60, 5, False)],
)
def test_a_house_that_costs_little_is_backed_up_every_working_hour(
    now: datetime, minutes: int, seconds: int, due: bool
) -> None:
    assert backup_is_due(now, [name_of(now - timedelta(minutes=minutes))], timedelta(seconds=seconds)) is due


def test_a_house_without_a_backup_does_not_wait_for_the_night() -> None:
    assert backup_is_due(NOON, [], timedelta())


@pytest.mark.parametrize(
    ("now", "days", "due"), [(NIGHT, 7, True), (NIGHT, 6, False), (NOON, 7, False), (NOON, 9, True)]
)
def test_a_drill_is_made_once_a_week(now: datetime, days: int, due: bool) -> None:
    assert drill_is_due(now, Drill((now - timedelta(days=days)).isoformat(), "", True, 1, "")) is due
    assert drill_is_due(now, None)


def test_every_backup_of_the_newest_day_stays_and_the_last_one_of_each_day_before() -> None:
    names = [name_of(NIGHT + timedelta(days=day, hours=hour)) for day in range(4) for hour in (0, 3)]
    gone = let_go(names, keep=3)
    assert gone == [names[0], names[1], names[2], names[4]]
    assert let_go(names[-2:], keep=1) == []


def test_a_name_tells_its_moment() -> None:
    assert moment_of(name_of(NOON)) == NOON.replace(second=0)
