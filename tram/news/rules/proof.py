"""What of a text is perhaps miswritten: pointed out for whoever writes, changed by nobody but them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from tram.news.rules.content import Content
from tram.news.rules.words import WORD, apart
from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.syllables import is_syllable
from tram.vietnamese.text import nfc

MOST, AROUND = 30, 28
SIGNS = (
    (re.compile(r"([,;:!?&])[ \t]*\1"), "Dấu gõ hai lần."),
    (re.compile(r"[^\s.…] +[,;:!?](?!\w)"), "Thừa dấu cách trước dấu câu."),
    (re.compile(r"[^\W\d_][,;][^\W\d_]"), "Thiếu dấu cách sau dấu câu."),
)
"""What is wrong whatever the words are."""
PAIRS = (("(", ")"), ("“", "”"))
LISTED = re.compile(r"(?<!\S)\w{1,2}\)")
"""A point of a list, as "a)" and "12)": its sign closes nothing."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Chỗ nên xem lại: where, the words with what stands around them, what they perhaps should be, why."""

    place: str
    before: str
    text: str
    behind: str
    better: str
    reason: str


def doubts(content: Content) -> list[Doubt]:
    """What a proof-reader would look at again, in the order of the page; the first few."""
    found: list[Doubt] = []
    for place, text in _texts(content):
        at = 0
        for start, end, better, reason in sorted(_in(text)):
            if start >= at:
                found.append(_doubt(place, text, start, end, better, reason))
                at = end
        for opens, closes in PAIRS:
            spare = len(LISTED.findall(text)) if closes == ")" else 0
            if not 0 <= text.count(closes) - text.count(opens) <= spare:
                found.append(
                    Doubt(place, "", opens, "", "", f"Có chỗ mở {opens} mà không đóng {closes}, hoặc ngược lại.")
                )
        if len(found) >= MOST:
            break
    return found[:MOST]


def _texts(content: Content) -> Iterator[tuple[str, str]]:
    yield from (("Tít bài", content.title), ("Đoạn dẫn", content.lead))
    for number, block in enumerate(content.body, start=1):
        if block.kind != "recording":
            yield f"Khối {number}", block.words


def _in(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, what it should perhaps be, why."""
    known = _known()
    for found in known["pattern"].finditer(text):
        better = known["pairs"].get(found[0].lower(), "")
        if found[0][1:] != better[1:]:
            yield *found.span(), better, "Hay viết sai."
    for found in known["doubled"].finditer(text):
        yield *found.span(), found[1], "Từ gõ hai lần."
    for found in WORD.finditer(text):
        better = apart(found[0])
        if better != found[0]:
            yield *found.span(), better, "Có lẽ mất dấu cách."
        elif _is_odd(found[0]):
            yield *found.span(), "", "Không phải một tiếng viết đúng chính tả."
    for pattern, reason in SIGNS:
        for found in pattern.finditer(text):
            yield *found.span(), "", reason


def _is_odd(word: str) -> bool:
    """A word with Vietnamese marks, in small letters, that no spelling rule allows: names and foreign words are left alone."""
    return not word.isascii() and word[1:].islower() and word[0].islower() and not is_syllable(word)


def _doubt(place: str, text: str, start: int, end: int, better: str, reason: str) -> Doubt:
    return Doubt(place, text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND], better, reason)


@cache
def _known() -> dict[str, Any]:
    with (CATALOGUE / "proofreading.yaml").open(encoding="utf-8") as stream:
        told = yaml.safe_load(stream)
    pairs = {nfc(row["wrong"]).lower(): nfc(row["right"]) for row in told["pairs"]}
    return {
        "pairs": pairs,
        "pattern": re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, pairs))})(?!\w)", re.I),
        "doubled": re.compile(rf"(?<!\w)({'|'.join(map(re.escape, told['doubled']))}) \1(?!\w)", re.I),
    }
