"""Trợ giúp: every word and every key that a guide quotes stands on some screen, so the help cannot lie."""

import ast
import re
from functools import cache
from html import unescape

import pytest
from django.test import Client

from tests.cast import AT, Cast
from tests.house.plan import TRAM
from tram.desk.queries import own_guide
from tram.desk.rules import GUIDES

FOLDER = TRAM / "desk" / "templates" / "desk" / "guides"
KEYS_OF_LISTS = {"j", "k", "enter", "space", "esc", "ctrl+k"}
"""Keys that the script gives to every list, not to one button."""


def shown(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>|\{%.*?%\}|\{\{.*?\}\}", " ", text)).split())


@cache
def words_of_screens() -> set[str]:
    """What stands alone in an element or an attribute of a template, or in a text of the code that is no comment; the guides left out."""
    found: set[str] = set()
    for path in TRAM.rglob("*.html"):
        if FOLDER not in path.parents:
            text = re.sub(r"<kbd.*?</kbd>", "", path.read_text("utf-8"))
            pieces = re.split(r"<[^>]*>|\{%.*?%\}|\{\{.*?\}\}", text)
            quoted = re.findall(r'[\w-]+="([^"]+)"', text)
            found |= {shown(piece) for piece in [*pieces, *quoted]}
    for path in TRAM.rglob("*.py"):
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        told = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        texts = (node for node in nodes if isinstance(node, ast.Constant) and id(node) not in told)
        found |= {node.value for node in texts if isinstance(node.value, str)}
    return found


@cache
def keys_of_screens() -> set[str]:
    found = set(KEYS_OF_LISTS)
    for path in TRAM.rglob("*.html"):
        for keys in re.findall(r'data-key="([^"]+)"', path.read_text("utf-8")):
            counted = keys.replace("{{ forloop.counter }}", "1") + " " + keys.replace("{{ forloop.counter }}", "2")
            found |= set(re.sub(r"\{.*?\}", " ", counted).split())
    told = [TRAM / "tasks" / "rules" / "verbs.py", TRAM / "documents" / "sockets.py", *TRAM.glob("*/plugs.py")]
    for path in told:
        tree = ast.parse(path.read_text("utf-8"))
        found |= {
            node.value for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) == 1
        }  # fmt: skip
    return found


@pytest.mark.parametrize("guide", GUIDES)
def test_a_guide_quotes_only_what_stands_on_screens(guide: str) -> None:
    text = (FOLDER / f"{guide}.html").read_text("utf-8")
    quoted = {shown(words) for words in re.findall(r"<b>(.*?)</b>", text)}
    assert len(quoted) >= 5 and quoted - words_of_screens() == set()
    keys = {key.lower() for key in re.findall(r"<kbd>(.*?)</kbd>", text)}
    assert keys - keys_of_screens() == set()


def test_a_word_that_no_screen_knows_would_be_found() -> None:
    assert "Phù phép" not in words_of_screens() and "alt+0" not in keys_of_screens()
    assert "Vào sổ" in words_of_screens() and "f8" in keys_of_screens()


def test_everybody_finds_the_guide_of_their_role_first(cast: Cast, client: Client) -> None:
    expected = {
        "hoa": "van-thu", "lan": "chuyen-vien", "dung": "lanh-dao-don-vi", "tam": "lanh-dao-don-vi", "son": "lanh-dao",
        "binh": "xa", "quan": "quan-tri",
    }  # fmt: skip
    assert {who: own_guide(cast.actor(who), AT.date()) for who in expected} == expected
    page = cast.signed_in(client, "lan").get("/tro-giup").content.decode()
    assert "<h1>Trợ giúp: chuyên viên</h1>" in page and page.count('href="/tro-giup"') == 2, "from ? and the menu"


def test_every_guide_opens_and_no_other(cast: Cast, client: Client) -> None:
    cast.signed_in(client, "lan")
    for guide in GUIDES:
        assert client.get(f"/tro-giup/{guide}").status_code == 200
    assert client.get("/tro-giup/khong-co").status_code == 404
