"""What a guide tells a newcomer to write stands on what is there."""

import re
from importlib import import_module
from pathlib import Path

import pytest

GUIDES = sorted((Path(__file__).parents[2] / "docs" / "howto").glob("*.md"))
IMPORT = re.compile(r"^from ((?:tram|tests)\.\S+) import (.+)$", re.MULTILINE)


def imports(guide: Path) -> list[tuple[str, str]]:
    """Each name of ours that the guide's code takes from a module."""
    return [(module, name) for module, names in IMPORT.findall(guide.read_text("utf-8")) for name in names.split(", ")]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_what_a_guide_imports_is_there(guide: Path) -> None:
    gone = [f"{module}.{name}" for module, name in imports(guide) if not hasattr(import_module(module), name)]
    assert not gone, f"{guide.name} names what has moved: {gone}"


def test_the_first_change_is_held_against_the_house() -> None:
    assert any(imports(guide) for guide in GUIDES if guide.stem == "first-change")
