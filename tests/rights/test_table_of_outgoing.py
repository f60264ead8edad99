"""The third part of the table: letters that leave, and the files in which letters lie."""

from tests.rights.judging import hold
from tests.rights.scene import Scene
from tests.rights.table import LEAVING, rows


def test_everybody_gets_what_the_table_says_of_letters_that_leave(scene: Scene) -> None:
    hold(scene, [row for row in rows() if row.route.startswith(LEAVING)])
