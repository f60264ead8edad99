"""Every write is a command: it is told who and when, it happens whole, it leaves a record, its README names it."""

import ast
from pathlib import Path

import pytest

from tests.house.plan import ROOMS, TRAM

PARTS = {"audit": {"record", "together", "atomic"}, "organisation": {"take_number", "use_reserved"}}
"""Parts of commands: they work in the transaction of the command that calls them, which leaves the record."""
DERIVED = {"search", "notifications", "jobs"}
"""Rooms whose rows are made from other rooms' records; their own commands may leave none (their README says which)."""


def command_files(room: str) -> list[Path]:
    return [p for p in [TRAM / room / "commands.py", *(TRAM / room / "commands").glob("*.py")] if p.exists()]


def commands() -> list[tuple[str, Path, ast.FunctionDef]]:
    return [
        (room, path, node)
        for room in sorted(ROOMS)
        for path in command_files(room)
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and any(_name(d) == "atomic" for d in node.decorator_list)
    ]


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def called(node: ast.AST) -> set[str]:
    calls = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return {f.id if isinstance(f, ast.Name) else f.attr if isinstance(f, ast.Attribute) else "" for f in calls}


ALL = commands()


@pytest.mark.parametrize(("room", "path", "node"), ALL, ids=[f"{r}.{n.name}" for r, _, n in ALL])
def test_a_command_is_told_who_and_when(room: str, path: Path, node: ast.FunctionDef) -> None:
    assert not node.args.args, f"{room}.{node.name}: arguments are keyword-only (start with *)"
    names = [argument.arg for argument in node.args.kwonlyargs]
    assert {"actor", "at"} <= set(names), f"{room}.{node.name} must take actor and at"
    assert ast.get_docstring(node), f"{room}.{node.name} must say what it does and what it raises"


@pytest.mark.parametrize(("room", "path", "node"), ALL, ids=[f"{r}.{n.name}" for r, _, n in ALL])
def test_a_command_leaves_a_record(room: str, path: Path, node: ast.FunctionDef) -> None:
    """Directly, or through a private part of its own module."""
    if room in DERIVED:
        return
    tree = ast.parse(path.read_text())
    bodies = {n.name: called(n) for n in tree.body if isinstance(n, ast.FunctionDef)}
    reached, todo = set(), [node.name]
    while todo:
        calls = bodies.get(todo.pop(), set()) - reached
        reached |= calls
        todo += [name for name in calls if name in bodies]
    assert "record" in reached, f"{room}.{node.name} leaves no record; call record(...) as its last step"


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_the_readme_names_every_command(room: str) -> None:
    readme = (TRAM / room / "README.md").read_text()
    missing = [node.name for r, _, node in ALL if r == room and f"`{node.name}`" not in readme]
    assert not missing, f"tram/{room}/README.md does not name {missing}"


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_every_public_writer_is_a_command_or_a_named_part(room: str) -> None:
    """A public function in commands that takes an actor is atomic, or listed above as a part."""
    for path in command_files(room):
        if path.name in {"holding.py", "cards.py"}:
            continue
        for node in ast.parse(path.read_text()).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or node.decorator_list:
                continue
            takes_actor = any(argument.arg == "actor" for argument in [*node.args.args, *node.args.kwonlyargs])
            known = node.name in PARTS.get(room, set()) or ast.get_docstring(node, clean=True).startswith("Part: ")
            assert not takes_actor or known, f"{path.relative_to(TRAM)}: {node.name} writes outside @atomic"
