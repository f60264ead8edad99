"""Where an article stands: its category, and its address made from its title."""

from functools import cache

import yaml

from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.text import folded_words

LONGEST_STEM = 120


@cache
def categories() -> dict[str, str]:
    """Every category of the catalogue: code -> name, in its order."""
    with (CATALOGUE / "news_categories.yaml").open(encoding="utf-8") as stream:
        return {row["code"]: row["name"] for row in yaml.safe_load(stream)["categories"]}


def slug_of(title: str, number: int) -> str:
    """The address of an article: the words of its title without marks, and its number, which no other one has."""
    stem = ""
    for word in folded_words(title):
        if not word.isascii() or len(stem) + len(word) >= LONGEST_STEM:
            continue
        stem = f"{stem}-{word}" if stem else word
    return f"{stem}-{number}" if stem else f"bai-{number}"
