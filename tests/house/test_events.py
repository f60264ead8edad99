"""Every record has its Vietnamese sentence."""

import ast

import pytest
from django.apps import apps

from tests.house.plan import ROOMS, TRAM, modules
from tram.audit.sockets import phrases


def recorded() -> set[tuple[str, str]]:
    found = set()
    for path in modules():
        for node in ast.walk(ast.parse((TRAM / path).read_text())):
            if isinstance(node, ast.keyword) and node.arg == "what":
                for value in ast.walk(node.value):
                    if isinstance(value, ast.Constant) and isinstance(value.value, str) and "." in value.value:
                        found.add((str(path), value.value))
    return found


@pytest.mark.parametrize(("path", "what"), sorted(recorded()))
def test_an_event_has_its_sentence(path: str, what: str) -> None:
    assert apps.ready
    assert what in phrases, f"{path} records {what!r}, which no events.py says in Vietnamese"


def test_a_sentence_belongs_to_its_room() -> None:
    strays = [what for what, _ in phrases.items() if what.split(".")[0] not in ROOMS]
    assert not strays, f"no room of that name: {strays}"
