"""The plan of the house as the tests know it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRAM = ROOT / "tram"
GROUND = {"kernel", "vietnamese", "web", "site", "demo"}
ROOMS = {path.parent.name for path in TRAM.glob("*/apps.py")} - GROUND


def modules() -> list[Path]:
    """Every module of the product, migrations left out, as paths below tram/."""
    found = (path.relative_to(TRAM) for path in TRAM.rglob("*.py") if "migrations" not in path.parts)
    return sorted(found)


def room_of(path: Path) -> str:
    """The room a module stands in."""
    return path.parts[0]
