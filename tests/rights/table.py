"""The authorisation table: its rows, and the routes of the installation that it must cover."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

FOLDER = Path(__file__).parent
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
OUTCOMES = {"yes", "no", "hide", "in", "off", ""}
PAPERS = ("van-ban-den", "so", "api/", "to-chuc")
"""How the routes of the first half of the table begin."""
PUBLIC = {
    "suc-khoe/song": "the supervisor asks whether the web process lives",
    "suc-khoe/san-sang": "the supervisor asks whether the database answers",
    "tho-nen.js": "a script, the same for everybody",
    "mat-mang": "what is shown without a line, the same for everybody",
    "giao-dien": "components with made-up words, for those who build screens",
    "dang-nhap": "the door itself; guesses are throttled",
    "dang-nhap/buoc-hai": "the door itself",
    "dang-nhap/them-buoc-hai": "the door itself",
    "dang-nhap/khoa": "the door itself",
    "dang-nhap/khoa/thu-thach": "a random challenge",
    "dang-xuat": "ends one's own session, if any",
    "moi/<str:secret>": "opened by its secret, once",
    "van-ban-den/ban-van-thu/ngay": "reads a typed day back; knows nothing else",
    "api/": "leads to nothing",
    "api/openapi.json": "the description of the API, for programs and who writes them",
}
"""Routes that ask for no right, each with its reason."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of table.csv: a request about one relation, and what each of the cast must get."""

    line: int
    method: str
    route: str
    about: str
    path: str
    body: dict[str, Any]
    expected: dict[str, str]

    @property
    def name(self) -> str:
        """How a difference is told."""
        return f"table.csv:{self.line} {self.method} {self.path} ({self.about})"


@cache
def rows() -> tuple[Row, ...]:
    """Every line of the table; a cell left empty is not asked."""
    with (FOLDER / "table.csv").open(newline="", encoding="utf-8") as file:
        table = csv.DictReader(file)
        return tuple(_row(number, dict(cells)) for number, cells in enumerate(table, start=2))


def _row(line: int, cells: dict[str, str]) -> Row:
    method, route, about, path, body = (cells.pop(name) for name in ("method", "route", "about", "path", "body"))
    unknown = set(cells.values()) - OUTCOMES
    assert not unknown, f"table.csv:{line} knows no outcome {unknown}"
    return Row(line, method, route, about, path, json.loads(body or "{}"), cells)


@cache
def readers() -> dict[str, set[str]]:
    """Who may read something of each relation (readers.csv): relation -> people."""
    with (FOLDER / "readers.csv").open(newline="", encoding="utf-8") as file:
        found: dict[str, set[str]] = {}
        for cells in csv.DictReader(file):
            found[cells.pop("about")] = {person for person, word in cells.items() if word == "yes"}
        return found


def routes() -> dict[str, set[str]]:
    """Every route with the methods that its view takes (HEAD and OPTIONS left out)."""
    return {route: methods_of(view) for route, view in _walk(get_resolver().url_patterns, "")}


def _walk(patterns: list[Any], before: str) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern), pattern.callback


def methods_of(view: Any) -> set[str]:
    """The methods a view lets through; a view that names none must be tried with GET and POST."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            held = cell.cell_contents
            if hasattr(held, "operations"):
                return {method for operation in held.operations for method in operation.methods}
            if isinstance(held, list | tuple) and held and set(held) <= METHODS | {"HEAD", "OPTIONS"}:
                return set(held) & METHODS
        view = getattr(view, "__wrapped__", None)
    return {"GET", "POST"}
