"""The walls that the contracts of .importlinter cannot say."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.plan import ROOMS, TRAM, modules, room_of

FACE = {"commands", "queries", "events", "sockets", "models"}
MAY_SEE_FOREIGN_TABLES = {"models", "queries", "policy", "forms", "commands", "plugs", "sockets"}
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "save", "delete", "update", "bulk_update"}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=str)
def test_a_room_is_entered_only_through_its_face(path: Path) -> None:
    """Other rooms import a room's commands, queries, events, sockets and models; nothing else of it."""
    here = room_of(path)
    for line, name in imports(TRAM / path):
        parts = name.split(".")
        if parts[0] != "tram" or len(parts) < 3 or parts[1] == here or parts[1] not in ROOMS:
            continue
        assert parts[2] in FACE, (
            f"{path}:{line} takes {name}; use {parts[1]}'s commands, queries, events, sockets or models"
        )


@pytest.mark.parametrize("path", modules(), ids=str)
def test_a_table_is_written_by_its_own_room(path: Path) -> None:
    """A foreign table is referred to and read, and written by its own room's commands alone."""
    here = room_of(path)
    tree = ast.parse((TRAM / path).read_text())
    foreign = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").startswith("tram.")
        and node.module.endswith(".models")
        and node.module.split(".")[1] != here
        for alias in node.names
    }
    if not foreign:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            owner = node.func.value
            while isinstance(owner, ast.Attribute | ast.Call):
                owner = owner.value if isinstance(owner, ast.Attribute) else owner.func
            name = owner.id if isinstance(owner, ast.Name) else ""
            assert name not in foreign, (
                f"{path}:{node.lineno} writes {name}, a table of another room; call that room's command"
            )


@pytest.mark.parametrize("path", modules(), ids=str)
def test_imports_stand_at_the_top(path: Path) -> None:
    """An import inside a function hides a circle. Only apps.py, in ready(), may plug things in so."""
    if path.name == "apps.py":
        return
    for node in ast.walk(ast.parse((TRAM / path).read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inner, (
                f"{path}:{inner[0].lineno} imports inside {node.name}(); move it to the top or use a socket"
            )


def test_package_faces_are_empty() -> None:
    """Insiders import modules; a face that re-exports makes circles."""
    full = [path for path in TRAM.rglob("__init__.py") if path.read_text().strip()]
    assert not full, f"these __init__.py must be empty: {full}"


def test_migrations_import_no_code_of_the_house() -> None:
    """A migration must mean the same for ever; it copies what it needs."""
    for path in TRAM.rglob("migrations/*.py"):
        own = [name for _, name in imports(path) if name.startswith("tram")]
        assert not own, f"{path}: {own}; write plain values in models (State.X.value)"
