"""Why a hit is a hit: the words that were asked for, shown in its lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from tram.search.rules.asked import Query
from tram.vietnamese.text import WORD, fold, search_words


@dataclass(frozen=True, slots=True)
class Piece:
    """Đoạn chữ: a part of a line, and whether it is one of the words that were asked for."""

    text: str
    is_hit: bool


def wanted(query: Query) -> frozenset[str]:
    """The words to show: those with marks as they are, those without under "~"."""
    words = [*query.words, *query.repaired, *(word for phrase in query.phrases for word in phrase)]
    words += [word for sender in query.senders for word in search_words(sender)]
    return frozenset(f"~{word}" if fold(word) == word else word for word in words)


def forgiving(words: frozenset[str]) -> frozenset[str]:
    """The same words with their marks forgiven."""
    return frozenset("~" + fold(word.removeprefix("~")) for word in words)


def pieces(line: str, words: frozenset[str]) -> list[Piece]:
    """The line in parts; joined together they are the line again."""
    parts: list[Piece] = []
    end = 0
    for found in WORD.finditer(line):
        if any(word in words or f"~{fold(word)}" in words for word in search_words(found[0])):
            if found.start() > end:
                parts.append(Piece(line[end : found.start()], False))
            parts.append(Piece(found[0], True))
            end = found.end()
    return [*parts, Piece(line[end:], False)] if end < len(line) else parts


def seen(lines: Sequence[str], words: frozenset[str]) -> bool:
    """Whether every word that was asked for stands in what is shown."""
    shown = {word for line in lines for word in search_words(line)}
    return words <= shown | {f"~{fold(word)}" for word in shown}
