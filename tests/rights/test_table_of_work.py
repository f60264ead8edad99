"""The second part of the table: work, people, accounts, files, search. A file of its own, so that workers share the table."""

from tests.rights.judging import hold
from tests.rights.scene import Scene
from tests.rights.table import LEAVING, PAPERS, rows


def test_everybody_gets_what_the_table_says_of_all_else(scene: Scene) -> None:
    hold(scene, [row for row in rows() if not row.route.startswith((*PAPERS, *LEAVING))])
