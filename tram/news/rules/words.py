"""What is mended in the letters of an old article, and what is only pointed out for a person to decide."""

import re
from collections.abc import Iterator

from tram.news.rules.capitals import CAPITAL, SMALL
from tram.news.rules.changes import Change, Kind
from tram.vietnamese.repair import repair
from tram.vietnamese.syllables import is_syllable
from tram.vietnamese.text import unjoin

ODD_SPACE = re.compile(r"[\u00a0\u2000-\u200b\u202f\u2060\u3000\ufeff]+")
WORD = re.compile(r"[^\W\d_]+")
CAPITAL_INSIDE = re.compile(rf"(?<=[{SMALL}])(?=[{CAPITAL}])")
MEASURED = re.compile(r"(?<![\w.,])(\d+)([^\W\d_]{2,})(?!\w)")
HIDDEN = "\u200b\u2060\ufeff"
EDGES = re.compile(r"^[ \t\u00a0]+|(?<![ \t\u00a0])[ \t\u00a0]+$", re.M)


def mended(text: str) -> list[Change]:
    """Every change in the letters of a text, in order, none over another: proven ones made, doubtful ones proposed."""
    done = repair(text)
    found = [_change(text, Kind.LETTERS, one.start, one.end, one.after, one.reason) for one in done.changes]
    doubtful = (
        _change(text, Kind.LETTERS, one.start, one.end, one.after, one.reason, made=False) for one in done.proposals
    )
    for more in (_lookalikes(text), doubtful, _spaces(text), _joined(text)):
        taken = sorted((one.start, one.end) for one in found)
        found += _clear_of(taken, more)
    return sorted(found, key=lambda one: one.start)


def _clear_of(taken: list[tuple[int, int]], changes: Iterator[Change]) -> Iterator[Change]:
    """Those that touch no stretch of the first list; both are in order."""
    at = 0
    for one in changes:
        while at < len(taken) and taken[at][1] <= one.start:
            at += 1
        if at == len(taken) or one.end <= taken[at][0]:
            yield one


def _lookalikes(text: str) -> Iterator[Change]:
    for found in WORD.finditer(text):
        after = found[0].replace("Ð", "Đ").replace("ð", "đ")
        if after != found[0] and is_syllable(after):
            reason = "Chữ Ð (U+00D0) của Iceland trông như Đ; tìm “Đ” thì không ra. Đổi thành Đ."
            yield _change(text, Kind.LOOKALIKE, found.start(), found.end(), after, reason)


def _spaces(text: str) -> Iterator[Change]:
    edge, hard = "Dấu cách thừa ở đầu hoặc cuối dòng.", "Dấu cách cứng hoặc ẩn: tìm và so không khớp."
    edges = [_change(text, Kind.SPACE, one.start(), one.end(), "", edge) for one in EDGES.finditer(text)]
    inner = (
        _change(text, Kind.SPACE, one.start(), one.end(), "" if not one[0].strip(HIDDEN) else " ", hard)
        for one in ODD_SPACE.finditer(text)
    )
    yield from sorted([*edges, *_clear_of([(one.start, one.end) for one in edges], inner)], key=lambda one: one.start)


def _joined(text: str) -> Iterator[Change]:
    found = [(one.start(), one.end(), apart(one[0])) for one in WORD.finditer(text)]
    found += [
        (one.start(), one.end(), f"{one[1]} {one[2]}")
        for one in MEASURED.finditer(text)
        if not one[2].isascii() and is_syllable(one[2])
    ]
    for start, end, after in sorted(found):
        if after != text[start:end]:
            reason = f"“{text[start:end]}” có lẽ mất dấu cách; cần người xem xác nhận."
            yield _change(text, Kind.JOINED, start, end, after, reason, made=False)


def apart(word: str) -> str:
    """hiệuquả → hiệu quả, trưởngTrần → trưởng Trần; names like MobiFone and words that are whole stay."""
    if word.isascii() or is_syllable(word):
        return word
    parts = CAPITAL_INSIDE.split(word)
    if len(parts) == 1:
        parts = unjoin(word)
    return " ".join(parts) if len(parts) > 1 and all(is_syllable(part) for part in parts) else word


def _change(text: str, kind: Kind, start: int, end: int, after: str, reason: str, *, made: bool = True) -> Change:
    return Change(kind, start, end, text.count("\n", 0, start) + 1, text[start:end], after, reason, made)
