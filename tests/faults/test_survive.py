"""An office under faults, at a size for every submission; the full runs are in docs/howto/faults.md."""

from collections.abc import Iterator

import pytest

from tests.faults.checker import invariants
from tests.faults.letters import letters
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
    figures = crash(times=1, seed=1, stage=stage, points=POINTS)
    holds(figures)
    assert figures["hits"] == dict.fromkeys(POINTS, 1)


def test_a_letter_cut_while_it_is_signed_sealed_sent_or_received_is_there_wholly_or_not_at_all(stage: Stage) -> None:
    figures = letters(times=1, seed=1, stage=stage, points=1)
    assert not figures["wrong"], figures
    assert figures["strikes"] + figures["missed"] >= 6, figures


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE outgoing_outgoing SET state = 'numbered' WHERE NOT is_on_paper", "a letter signed or sealed without"),
        ("UPDATE identity_proof SET spent_at = NULL", "signatures that are not as many"),
        ("UPDATE identity_proof SET purpose = 'x'", "a proof spent on nothing"),
        ("UPDATE outgoing_outgoing SET paper_id = NULL", "a letter whose page is not what was signed last"),
        ("UPDATE files_file SET blob_id = (SELECT min(sha256) FROM files_blob)", "an act that does not name the bytes"),
        ("UPDATE outgoing_outgoing SET issued_date = issued_date - 1", "a number or day that is not the one given"),
        ("DELETE FROM outgoing_report WHERE code = '03'", "a sender who was told less"),
    ],
)
def test_the_checker_sees_what_is_half_done_about_a_signed_letter(stage: Stage, change: str, sentence: str) -> None:
    """After the letter of the test above: each break, made by hand and taken back, is found by its own sentence."""
    with stage.house.connect() as line, line.transaction(force_rollback=True):
        line.execute(change.encode())
        assert any(said.startswith(sentence) for said in invariants(line))


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
