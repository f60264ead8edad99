"""The table against the house: every route is in it, and what it says of papers and their books holds."""

from tests.rights.judging import hold
from tests.rights.scene import Scene
from tests.rights.table import LEAVING, PAPERS, PUBLIC, routes, rows


def test_every_route_is_in_the_table_or_named_public() -> None:
    listed = {(row.method, row.route) for row in rows()}
    real = {(method, route) for route, methods in routes().items() for method in methods if route not in PUBLIC}
    assert real - listed == set(), "write these rows from the rules: who may, who may not, who must not know"
    assert listed - real == set(), "these rows are about routes that are gone"
    assert set(PUBLIC) - set(routes()) == set(), "these public routes are gone"


TAKING = {
    "cong/hoi-dap/hoi", "cong/hoi-dap/ma", "cong/tin/<slug:slug>/y-kien", "cong/du-thao/<str:address>/gop-y", "cong/nhan-tin",
    *(f"cong/nhan-tin/{step}/<str:secret>" for step in ("xac-nhan", "cua-toi", "thoi")),
}  # fmt: skip
"""Where strangers send something to the portal."""


def test_public_pages_only_read() -> None:
    """Whatever is to be sent to the portal from outside gets a line of its own in PUBLIC, with what guards it."""
    reading = {route: methods for route, methods in routes().items() if PUBLIC.get(route, "").startswith("the portal")}
    assert reading and {route for route, methods in reading.items() if methods != {"GET"}} == set()
    outside = {route for route in routes() if route.split("/")[0] in ("cong", "sitemap.xml", "robots.txt")}
    assert outside - set(reading) == TAKING


HALF_MADE = "toi/ung-dung-ma/xac-nhan"
"""Confirms a code app that was asked for before: where none was, there is no such thing."""


def test_a_page_that_names_no_thing_says_why_not() -> None:
    """404 is for things that one must not know of; a place of the house answers 403, with the reason and whom to ask."""
    places = [row for row in rows() if "<" not in row.route and row.about == "self" and row.route != HALF_MADE]
    assert not [row.name for row in places if "hide" in row.expected.values()]


def test_everybody_gets_what_the_table_says_of_papers(scene: Scene) -> None:
    hold(scene, [row for row in rows() if row.route.startswith(PAPERS) and not row.route.startswith(LEAVING)])
