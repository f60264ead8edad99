"""The promise of the throttle as arithmetic: ten guesses an hour, nobody waits above 15 minutes."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tram.identity.rules import HOUR, LONGEST_WAIT, address_wait, lane_wait, wait_words
from tram.kernel.clock import LOCAL

START = datetime(2026, 11, 16, 8, 0, tzinfo=LOCAL)
GAPS = st.lists(st.tuples(st.integers(0, 1200), st.booleans()), min_size=1, max_size=300)


@given(GAPS)
def test_ten_guesses_an_hour_are_evaluated_whatever_the_attacker_does(gaps: list[tuple[int, bool]]) -> None:
    lanes: dict[bool, list[datetime]] = {True: [], False: []}
    at = START
    for gap, lane in gaps:
        at += timedelta(seconds=gap)
        recent = [moment for moment in lanes[lane] if moment > at - HOUR]
        wait = lane_wait(recent, at)
        assert wait <= LONGEST_WAIT
        if not wait:
            lanes[lane].append(at)
    guesses = sorted(lanes[True] + lanes[False])
    for first in guesses:
        assert sum(first <= moment < first + HOUR for moment in guesses) <= 10


@given(st.integers(0, 10_000), st.booleans(), st.integers(0, 3600))
def test_an_address_never_waits_above_fifteen_minutes(failures: int, is_house: bool, ago: int) -> None:
    wait = address_wait(failures, START - timedelta(seconds=ago), is_house, START)
    assert timedelta(0) <= wait <= LONGEST_WAIT


def test_the_delay_of_an_address_grows() -> None:
    waits = [address_wait(failures, START, False, START) for failures in range(9, 15)]
    assert waits == [timedelta(minutes=minutes) for minutes in (0, 1, 2, 4, 8, 15)]


def test_the_sentence_rounds_up() -> None:
    assert wait_words(timedelta(seconds=61)).startswith("Đợi 2 phút rồi thử lại")
