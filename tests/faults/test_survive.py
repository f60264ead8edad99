"""An office under faults, at a size for every submission; the full runs are in docs/howto/faults.md."""

from collections.abc import Iterator

import pytest

from tests.faults.points import POINTS
from tests.faults.runs import Figures, Stage, crash, founded, kill, proxy
from tests.faults.runs_of_ground import CANNOT_MOUNT, clock, disk

CREW = ("hoa", "hoa", "son", "dung", "lan", "tuan")


def holds(figures: Figures) -> None:
    assert not figures["wrong"], figures
    assert figures["ok"] >= 10, figures


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """One house for all of them: it must stand each fault with what the one before left."""
    with founded() as stage:
        yield stage


def test_parts_killed_at_random_lose_nothing_and_double_nothing(stage: Stage) -> None:
    figures = kill(seconds=12, seed=1, crew=CREW, stage=stage)
    holds(figures)
    assert figures["kills"] >= 3


def test_a_death_at_every_named_point_leaves_nothing_half_done(stage: Stage) -> None:
    figures = crash(times=1, seed=1, stage=stage)
    holds(figures)
    assert figures["hits"] == dict.fromkeys(POINTS, 1)


def test_a_bad_line_loses_nothing_and_doubles_nothing(stage: Stage) -> None:
    figures = proxy(seconds=8, seed=1, stage=stage)
    holds(figures)
    assert len(figures["faults"]) >= 4


def test_steps_of_the_clock_turn_no_order_and_give_no_number_of_another_year(stage: Stage) -> None:
    holds(clock(seconds=7, seed=1, stage=stage))


def test_a_full_disk_is_read_only_in_words_and_writes_again_when_there_is_room() -> None:
    try:
        figures = disk(seconds=8, seed=1)
    except PermissionError:
        pytest.skip(CANNOT_MOUNT)
    holds(figures)
    assert figures["writes_back_s"] <= 60
