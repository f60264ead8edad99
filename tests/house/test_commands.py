"""Every write is a command: it is told who and when, it happens whole, it leaves a record, its README names it."""

import ast
from pathlib import Path

import pytest

from tests.house.plan import ROOMS, TRAM

PARTS = {"audit": {"record", "together", "atomic", "seal_all"}, "organisation": {"take_number", "use_reserved"}}
"""Parts of commands: they work in the transaction of the command that calls them, which leaves the record."""
UNRECORDED = "UNRECORDED"
"""In a module of commands: those that leave no record, each with the reason why it need not."""


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


def unrecorded(path: Path) -> dict[str, str]:
    """What a module says of its commands that leave no record: command -> reason."""
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Assign) and [_name(target) for target in node.targets] == [UNRECORDED]:
            found = ast.literal_eval(node.value)
            assert isinstance(found, dict), f"{path.relative_to(TRAM)}: {UNRECORDED} maps each command to its reason"
            return found
    return {}


def recorded(path: Path, name: str) -> bool:
    """Whether the command reaches record(), directly or through a private part of its own module."""
    tree = ast.parse(path.read_text())
    bodies = {n.name: called(n) for n in tree.body if isinstance(n, ast.FunctionDef)}
    reached, todo = set[str](), [name]
    while todo:
        calls = bodies.get(todo.pop(), set()) - reached
        reached |= calls
        todo += [one for one in calls if one in bodies]
    return "record" in reached


ALL = commands()
MODULES = sorted({path for _, path, _ in ALL})


@pytest.mark.parametrize(("room", "path", "node"), ALL, ids=[f"{r}.{n.name}" for r, _, n in ALL])
def test_a_command_is_told_who_and_when(room: str, path: Path, node: ast.FunctionDef) -> None:
    assert not node.args.args, f"{room}.{node.name}: arguments are keyword-only (start with *)"
    names = [argument.arg for argument in node.args.kwonlyargs]
    assert {"actor", "at"} <= set(names), f"{room}.{node.name} must take actor and at"
    assert ast.get_docstring(node), f"{room}.{node.name} must say what it does and what it raises"


@pytest.mark.parametrize(("room", "path", "node"), ALL, ids=[f"{r}.{n.name}" for r, _, n in ALL])
def test_a_command_leaves_a_record(room: str, path: Path, node: ast.FunctionDef) -> None:
    """Unless its module names it, with the reason, among those that leave none."""
    assert node.name in unrecorded(path) or recorded(path, node.name), (
        f"{room}.{node.name} leaves no record; call record(...) as its last step"
    )


@pytest.mark.parametrize("path", MODULES, ids=[str(path.relative_to(TRAM)) for path in MODULES])
def test_what_leaves_no_record_is_a_command_with_a_reason(path: Path) -> None:
    """The list is no place to hide in: it names commands of its module that truly leave none, and says why."""
    own = {node.name for _, place, node in ALL if place == path}
    for name, reason in unrecorded(path).items():
        assert name in own, f"{path.relative_to(TRAM)}: {UNRECORDED} names {name}, which is no command here"
        assert not recorded(path, name), f"{path.relative_to(TRAM)}: {name} leaves a record; take it off {UNRECORDED}"
        assert len(reason.split()) >= 4, f"{path.relative_to(TRAM)}: say why {name} needs no record"


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
