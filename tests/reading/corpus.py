"""Letters in our own words with the fields that a careful reader finds: `letters/*.txt`, one block a letter."""

from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "letters"
LISTS = ("recipients", "addressed_to")
KEYS = (
    "number",
    "symbol",
    "kind",
    "issuer",
    "parent",
    "place",
    "date",
    "subject",
    "signer_name",
    "signer_title",
    *LISTS,
)
BESIDE = ("urgency", "secrecy", "due_on")


class Sample(NamedTuple):
    """A letter and what must be read out of it; a key that is not named is null."""

    name: str
    text: str
    right: dict[str, str | list[str] | None]


def samples() -> list[Sample]:
    """All letters of the folder."""
    blocks = [block for file in sorted(FOLDER.glob("*.txt")) for block in file.read_text("utf-8").split("#### ")[1:]]
    return [_sample(block) for block in blocks]


def _sample(block: str) -> Sample:
    name, _, rest = block.partition("\n")
    text, _, answers = rest.partition("\n====\n")
    right: dict[str, str | list[str] | None] = {key: [] if key in LISTS else None for key in (*KEYS, *BESIDE)}
    for line in answers.strip().splitlines():
        key, _, value = line.partition(": ")
        right[key] = value.split(" | ") if key in LISTS else value
    return Sample(name, text, right)
