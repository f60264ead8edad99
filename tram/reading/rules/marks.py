"""Finding the fixed phrases of a letter in text that a machine may have read badly."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from tram.vietnamese.text import fold

TOKEN = re.compile(r"\S+")
NOT_A_LETTER = re.compile(r"[^a-z0-9]+")


class Span(NamedTuple):
    """Where a phrase stands in a line, and how alike it is to the right one, 0..1."""

    start: int
    end: int
    alike: float


def bare(text: str) -> str:
    """Letters and digits alone, without marks: 'QUYẾT  ĐỊNH:' gives 'quyetdinh'."""
    return NOT_A_LETTER.sub("", fold(text))


class Phrase:
    """A fixed phrase, such as the national title, that is found although letters or marks are damaged."""

    def __init__(self, text: str, least: float = 0.74) -> None:
        words = fold(text).split()
        self._words = frozenset(word for word in words if word.isalpha())
        self._sought = bare(text)
        self._sizes = range(max(2, len(words) - 3), len(words) + 3)
        self._least = least

    def find(self, line: str) -> Span | None:
        """The best place of the phrase in the line, or None."""
        tokens = [(found.start(), found.end(), bare(found[0])) for found in TOKEN.finditer(line)]
        if not self._likely([token for _, _, token in tokens]):
            return None
        best: Span | None = None
        for size in self._sizes:
            for at in range(max(1, len(tokens) - size + 1)):
                window = tokens[at : at + size]
                joined = "".join(token for _, _, token in window)
                alike = SequenceMatcher(None, joined, self._sought, autojunk=False).ratio()
                if window[0][2] and window[-1][2] and alike >= self._least and (best is None or alike > best.alike):
                    best = Span(window[0][0], window[-1][1], alike)
        return best

    def _likely(self, tokens: list[str]) -> bool:
        """A cheap first look: at least two of the words are there whole, or the letters are much the same."""
        if len(self._words.intersection(tokens)) >= 2:
            return True
        joined = "".join(tokens)
        return SequenceMatcher(None, joined, self._sought, autojunk=False).quick_ratio() >= self._least


NATION = Phrase("Cộng hòa xã hội chủ nghĩa Việt Nam")
MOTTO = Phrase("Độc lập - Tự do - Hạnh phúc")
PARTY = Phrase("Đảng Cộng sản Việt Nam", 0.85)


def plain(text: str) -> str:
    """Unmarked words with single spaces: 'V/v  Báo cáo' gives 'v v bao cao'."""
    return NOT_A_LETTER.sub(" ", fold(text)).strip()


def begins_like(text: str, label: str, least: float = 0.8) -> bool:
    """Whether a line begins with a label such as 'Nơi nhận', one letter of it read badly at most."""
    words = text.split()
    first = bare(" ".join(words[: len(label.split())]))
    sought = bare(label)
    return first[:1] == sought[:1] and SequenceMatcher(None, first, sought, autojunk=False).ratio() >= least


def like_one_of(text: str, words: Iterable[str], least: float = 0.84) -> bool:
    """Whether the whole text is nearly one of the unmarked words."""
    letters = bare(text)
    return any(SequenceMatcher(None, letters, bare(word), autojunk=False).ratio() >= least for word in words)


def is_capitals(text: str) -> bool:
    """Whether nearly all letters are capitals, as in titles and letterheads."""
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 2 and sum(char.isupper() for char in letters) >= 0.8 * len(letters)


def is_rule(text: str) -> bool:
    """Whether the line is only a drawn rule, dots or stars."""
    return bool(text.strip()) and not any(char.isalnum() for char in text)


def starts_with(text: str, words: tuple[str, ...]) -> str:
    """The first of the unmarked words with which the text begins as whole words; empty when with none."""
    line = plain(text) + " "
    return next((word for word in words if line.startswith(word + " ")), "")
