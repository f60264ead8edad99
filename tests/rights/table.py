"""The authorisation table: its rows, and the routes of the installation that it must cover."""

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

FOLDER = Path(__file__).parent
ALL = os.environ.get("TRAM_CELLS") == "all"
"""Ask everything (docs/howto/rights.md); else every third one of those who may, nobody, and every sixteenth of those who may not."""
EVERY = 1 if ALL else 60
"""Each person of people.csv is asked every sixtieth line; all of them with TRAM_CELLS=all."""
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
OUTCOMES = {"yes", "no", "hide", "in", "off", ""}
PAPERS = ("van-ban-den", "so", "api/", "to-chuc")
"""How the routes of the first part of the table begin."""
LEAVING = (
    "van-ban-di",
    "xac-minh-chu-ky",
    "chung-thu-so",
    "api/outgoing",
    "ho-so",
    "tin-bai",
    "cong-khai",
    "danh-ba-cong",
    "lich-tuan",
    "cau-hoi",
    "du-thao",
    "chi-tieu",
    "dien-mao",
    "nhan-tin",
    "xem-thu",
)
"""How the routes of the third part begin: letters that leave, files, and articles."""
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
    "lich-han/<str:secret>.ics": "opened by its secret, which its owner ends",
    "xac-minh": "outsiders prove a letter that has left; throttled, keeps nothing (docs/decisions/0018-proofs.md)",
    "xac-minh/<str:code>": "the same, where the square code on the paper leads",
    "danh-gia": "anybody rates a public page; guarded, keeps nothing of a person (docs/decisions/0026-visits-and-ratings.md)",
    "van-ban-den/ban-van-thu/ngay": "reads a typed day back; knows nothing else",
    "cong": "the portal: of articles, only what a second person let out (docs/decisions/0025-public-pages.md)",
    "cong/": "the portal: leads to its front page",
    "cong/en": "the portal: what is public in English",
    "cong/tieng/<str:code>": "the portal: what is public in one other language",
    "cong/muc/<slug:category>": "the portal: what is public in one category",
    "cong/co-quan": "the portal: agencies of which something is public",
    "cong/co-quan/<str:slug>": "the portal: what is public of one agency",
    "cong/co-quan/<str:slug>/muc/<slug:category>": "the portal: the same in one category",
    "cong/muc/<slug:category>/moi/<str:form>": "the portal: the same for programs",
    "cong/co-quan/<str:slug>/muc/<slug:category>/moi/<str:form>": "the portal: the same for programs",
    "cong/tin/<slug:slug>": "the portal: one public article",
    "cong/tin/<slug:slug>/y-kien": "anybody says something of a public article: guarded, throttled, and shown to nobody outside before an editor's act",
    "cong/tin/<slug:slug>/anh/<uuid:key>-<int:width>": "the portal: a picture that a public article shows, drawn anew",
    "cong/tin/<slug:slug>/tep/<uuid:key>/<str:name>": "the portal: a file that a public article offers",
    "cong/van-ban": "the portal: letters that a clerk made public (docs/decisions/0027-official-documents.md)",
    "cong/van-ban/loc/<str:kind>/<str:year>": "the portal: those of a kind, of a year",
    "cong/van-ban/loc/<str:kind>/<str:year>/<str:topic>/<str:status>": "the portal: those of a topic, that hold or do not",
    "cong/van-ban/moi/<str:form>": "the portal: the newest of them for feed readers",
    "cong/van-ban/<str:address>": "the portal: one letter that is public",
    "cong/van-ban/<str:address>/tep/<uuid:key>/<str:name>": "the portal: a file of a letter that is public",
    "cong/van-ban/<str:address>/trang/<uuid:key>-<int:number>": "the portal: one of its first pages, drawn",
    "cong/co-quan/<str:slug>/van-ban": "the portal: public letters of one agency",
    "cong/co-quan/<str:slug>/van-ban/loc/<str:kind>/<str:year>": "the portal: those of a kind, of a year",
    "cong/co-quan/<str:slug>/van-ban/loc/<str:kind>/<str:year>/<str:topic>/<str:status>": "the portal: the same of one agency",
    "cong/co-quan/<str:slug>/van-ban/moi/<str:form>": "the portal: the newest of them for feed readers",
    "cong/hoi-dap": "the portal: questions that a second person let out with their answers (docs/decisions/0028-voices.md)",
    "cong/hoi-dap/hoi": "anybody asks an agency: guarded, throttled, and shown to nobody outside before a second person's act",
    "cong/hoi-dap/ma": "leads to the page of a code that was typed; throttled, writes nothing",
    "cong/hoi-dap/ma/<str:code>": "the portal: opened by its code; what became of a question, not a word of it",
    "cong/hoi-dap/moi/<str:form>": "the portal: the newest answers for feed readers",
    "cong/hoi-dap/<str:address>": "the portal: one question that is public",
    "cong/co-quan/<str:slug>/hoi-dap": "the portal: public questions of one agency",
    "cong/co-quan/<str:slug>/hoi-dap/moi/<str:form>": "the portal: the newest of them for feed readers",
    "cong/du-thao": "the portal: drafts that a second person let out for opinions (docs/decisions/0028-voices.md)",
    "cong/du-thao/<str:address>": "the portal: one draft that is public, with the opinions that were let out",
    "cong/du-thao/<str:address>/gop-y": "anybody says something of a public draft: guarded, throttled, and shown to nobody outside before an act of the desk",
    "cong/du-thao/<str:address>/tep/<uuid:key>/<str:name>": "the portal: the file of a draft that is public",
    "cong/co-quan/<str:slug>/du-thao": "the portal: public drafts of one agency",
    "cong/du-thao/moi/<str:form>": "the portal: the newest drafts for feed readers",
    "cong/du-thao/han-gop-y.ics": "the portal: their last days for calendars",
    "cong/co-quan/<str:slug>/du-thao/moi/<str:form>": "the portal: the newest drafts of one agency for feed readers",
    "cong/co-quan/<str:slug>/du-thao/han-gop-y.ics": "the portal: their last days for calendars",
    "cong/tim": "the portal: words in public articles and letters; throttled",
    "cong/tin-moi/<str:form>": "the portal: the newest for feed readers",
    "cong/co-quan/<str:slug>/tin-moi/<str:form>": "the portal: the newest of one agency for feed readers",
    "cong/so-do/<str:part>.xml": "the portal: addresses of what is public",
    "cong/so-lieu": "the portal: figures that a second person approved (docs/decisions/0036-figures.md), which rankings were published",
    "cong/so-lieu/danh-muc.<str:form>": "the portal: what open data there is, for programs",
    "cong/so-lieu/moi/<str:form>": "the portal: the newest figures for feed readers",
    "cong/co-quan/<str:slug>/so-lieu/moi/<str:form>": "the portal: the newest figures of one agency for feed readers",
    "cong/so-lieu/<str:slug>": "the portal: an indicator by periods",
    "cong/so-lieu/<str:slug>/<str:form>": "the portal: the same for programs",
    "cong/so-lieu/luot-truy-cap/<str:month>": "the portal: a ranking as it was published",
    "cong/so-lieu/luot-truy-cap/<str:month>/<str:form>": "the portal: the same for programs",
    "cong/to-chuc": "the portal: agencies that said how they are reached (docs/decisions/0029-people-and-procedures.md)",
    "cong/tim/to-chuc": "the portal: words in what is public of agencies and people; throttled",
    "cong/co-quan/<str:slug>/to-chuc": "the portal: one agency, and who of it was made public",
    "cong/lich-tuan": "the portal: the week of leaders that was let out (docs/decisions/0029-people-and-procedures.md)",
    "cong/lich-tuan.ics": "the portal: the same for calendars",
    "cong/lich-tuan/<str:monday>": "the portal: another week",
    "cong/co-quan/<str:slug>/lich-tuan": "the portal: the week of an agency",
    "cong/co-quan/<str:slug>/lich-tuan.ics": "the portal: the same for calendars",
    "cong/co-quan/<str:slug>/lich-tuan/<str:monday>": "the portal: another week of it",
    "cong/bao-chi": "the portal: who speaks to the press, what it was told",
    "cong/co-quan/<str:slug>/bao-chi": "the portal: the same of one agency",
    "cong/nhan-tin": "anybody asks for mail: guarded, throttled; one mail with a link goes to the address, the same for every address (docs/decisions/0042-mail-to-readers.md)",
    "cong/nhan-tin/xac-nhan/<str:secret>": "opened by its secret, which lay in one's own mailbox; to open it does nothing",
    "cong/nhan-tin/cua-toi/<str:secret>": "opened by its secret; topics, never an address",
    "cong/nhan-tin/thoi/<str:secret>": "opened by its secret; POST erases its owner",
    "cong/thu-tuc": "the portal: procedures of the catalogue",
    "cong/tim/thu-tuc": "the portal: those of them with some words",
    "cong/thu-tuc/<slug:slug>": "the portal: one of them",
    "cong/mau/<str:name>.css": "the portal: a colour as a style sheet, of its address alone (docs/decisions/0035-skins.md)",
    "cong/bieu-trung/<uuid:key>-<int:width>": "the portal: a picture that a site wears, drawn anew",
    "cong/<path:rest>": "the portal: says that nothing stands there",
    "sitemap.xml": "the portal: where its maps stand",
    "robots.txt": "the portal: which addresses robots may visit",
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
        found = [_row(number, dict(cells)) for number, cells in enumerate(csv.DictReader(file), start=2)]
    for number, row in enumerate(found):
        if not row.path.startswith("/api/"):
            asked = list(crowd().items())[number % EVERY :: EVERY]
            row.expected.update({person: _likewise(found, row, told) for person, told in asked})
    for number, row in enumerate(() if ALL else found):
        _thin(number, row)
    return tuple(found)


def _thin(number: int, row: Row) -> None:
    """Leave the first of the cast who may, so that the body of the row is seen to be right, and some of all others."""
    first = next((person for person, told in row.expected.items() if told == "yes"), "")
    for place, (person, told) in enumerate(row.expected.items()):
        if person not in ("anonymous", first, *crowd()) and (number + place) % (3 if told == "yes" else 16):
            row.expected[person] = ""


@cache
def crowd() -> dict[str, dict[str, str]]:
    """The people of people.csv: each stands where the law puts somebody of the table, one for every relation."""
    with (FOLDER / "people.csv").open(newline="", encoding="utf-8") as file:
        return {cells.pop("person"): cells for cells in csv.DictReader(file)}


def _likewise(table: list["Row"], row: "Row", told: dict[str, str]) -> str:
    """What people.csv makes of one line; "" where it says nothing of such a thing."""
    path = row.path.replace("{ours.", "{")
    if row.about in ("ours", "self", "mixed") and any("{" + thing + "}" in path for thing in told["things"].split()):
        return row.expected[told["like"]]
    relation = {"secret": "ours", "named": "ours", "self": "otherwise", "none": "otherwise", "all": "otherwise"}
    like = told.get(relation.get(row.about, row.about))
    if like == "":
        return ""
    if like is None:
        alike = {told[name] for name in ("ours", "theirs", "otherwise")}
        return row.expected[alike.pop()] if len(alike) == 1 else ""
    person, _, about = like.partition("@")
    if about not in ("", row.about):
        same = (row.method, row.path, row.body, about)
        row = next((one for one in table if (one.method, one.path, one.body, one.about) == same), row)
        return row.expected[person] if row.about == about else ""
    return row.expected[person]


def _row(line: int, cells: dict[str, str]) -> Row:
    method, route, about, path, body = (cells.pop(name) for name in ("method", "route", "about", "path", "body"))
    unknown = set(cells.values()) - OUTCOMES
    assert not unknown, f"table.csv:{line} knows no outcome {unknown}"
    return Row(line, method, route, about, path, json.loads(body or "{}"), cells)


@cache
def readers() -> dict[str, set[str]]:
    """Who may read something that bears each canary (readers.csv): canary -> people."""
    with (FOLDER / "readers.csv").open(newline="", encoding="utf-8") as file:
        return {cells["about"]: set(cells["readers"].split()) for cells in csv.DictReader(file)}


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
