"""Requests with swapped ids: work, people, accounts, files. A file of its own, so that two workers share them."""

from tests.rights import mutants
from tests.rights.mutants import MUTANTS, REPLAYS
from tests.rights.scene import Scene
from tests.rights.table import PAPERS, rows

LINES = [row for row in rows() if not row.route.startswith(PAPERS)]


def test_swapped_ids_of_all_else_give_nothing_away(scene: Scene) -> None:
    told = mutants.hold(scene, LINES, count=MUTANTS // 2, seed=2026)
    print(f"\n{sum(told.values())} mutants: {dict(told)}")  # noqa: T201
    assert told["hide"] and told["yes"], "the swaps are neither all refused nor all let through"


def test_a_kept_answer_of_all_else_is_for_its_owner(scene: Scene) -> None:
    mutants.replays(scene, LINES, count=REPLAYS // 2, seed=2026)
