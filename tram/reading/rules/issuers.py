"""Who issues a letter and under whom, put together from the lines of the letterhead."""

import re

from tram.reading.rules.fields import NOTHING, Words, read_from
from tram.reading.rules.letterhead import Head, agency_lines
from tram.reading.rules.marks import bare, is_capitals, like_one_of, starts_with
from tram.reading.rules.names import Name, Writing, agency, is_sound
from tram.reading.rules.page import Line
from tram.reading.rules.title import AUTHORITIES, Title
from tram.reading.rules.words import DIVISIONS, HEAD_WORDS, KIND_WORDS, WRITTEN
from tram.vietnamese.text import fold

NEEDS_OWNER = (
    "van phong",
    "thanh tra",
    "thuong truc",
    "ban thuong vu",
    "ban chap hanh",
    "doan thanh nien",
    "cong doan",
)
OPEN_ENDS = (
    "va",
    "cac",
    "cua",
    "thuoc",
    "ban",
    "trung tam",
    "uy ban",
    "hoi dong",
    "tong cong ty",
    "cong ty",
    "lien hiep cac",
)
DIVISION_WORDS = tuple(fold(name) for name in DIVISIONS)


def issuers_of(lines: list[Line], head: Head, title: Title | None, writing: Writing) -> tuple[Words, Words]:
    """(issuer, parent) of the letter; the last agency of the letterhead issues, the one above it is its parent."""
    groups = _groups([(at, text) for at, text in agency_lines(head) if not title or at < title.kind_at])
    if not groups:
        return _from_title(lines, title, writing), NOTHING
    names = [(at, agency(text, writing), text) for at, text in groups]
    sure = 0.95 if head.nation and head.number else 0.85 if head.nation or head.number else 0.7
    at, name, raw = names[-1]
    issuer = read_from(lines, at, _with_owner(names), _sureness(sure, name), raw)
    if len(names) == 1:
        return issuer, NOTHING
    above_at, above, above_raw = names[-2]
    return issuer, read_from(lines, above_at, above.text, _sureness(sure, above), above_raw)


def _sureness(sure: float, name: Name) -> float:
    return sure * (0.8 if name.restored else 1) * (1 if is_sound(name.text) else 0.6)


def _with_owner(names: list[tuple[int, Name, str]]) -> str:
    """A bare 'Văn phòng' is named with the body that it serves."""
    name = names[-1][1].text
    if len(names) > 1 and fold(name) in NEEDS_OWNER:
        return f"{name} {names[-2][1].text}"
    return name


def _groups(found: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Put lines together that carry one name on; a line that begins with an agency word begins a new name."""
    groups: list[tuple[int, str]] = []
    for at, text in found:
        if groups and _carries_on(groups[-1][1], text):
            groups[-1] = (groups[-1][0], f"{groups[-1][1]} {text}")
        else:
            groups.append((at, text))
    named = [(at, text) for at, text in groups if _names_agency(text)]
    return named or [(at, text) for at, text in groups if is_capitals(text) and len(bare(text)) > 5]


def _carries_on(before: str, text: str) -> bool:
    low = fold(before).rstrip(" ,-–—")
    if re.search(r"[,\-–—]$", before.strip()) or low.endswith(tuple(f" {word}" for word in OPEN_ENDS)):
        return True
    if " " not in text.strip() or (low.split()[-1], fold(text).split()[0]) in WRITTEN:
        return True
    if low in OPEN_ENDS or (low in NEEDS_OWNER and not starts_with(text, DIVISION_WORDS)):
        return True
    return not _names_agency(text)


def _names_agency(text: str) -> bool:
    if starts_with(text, HEAD_WORDS):
        return True
    two = " ".join(text.split()[:2])
    return is_capitals(text) and like_one_of(
        two, (word for word in HEAD_WORDS if len(word) > 6 and word.count(" ") == 1)
    )


def _from_title(lines: list[Line], title: Title | None, writing: Writing) -> Words:
    """Without a letterhead: the body that the title names, or that decides, written over the legal grounds."""
    if title is None:
        return NOTHING
    if title.issuer:
        return read_from(lines, title.kind_at, _trimmed(title.issuer, writing), 0.85, title.issuer)
    for at in range(title.end, min(title.end + 4, len(lines))):
        text = lines[at].text.strip(" *:")
        if text and starts_with(text, AUTHORITIES) and len(text) < 90:
            name = agency(text, writing)
            return read_from(lines, at, name.text, _sureness(0.6, name), text)
        if text and not starts_with(text, tuple(KIND_WORDS)):
            break
    return NOTHING


def _trimmed(text: str, writing: Writing) -> str:
    name = agency(text, writing).text
    return name.rstrip(" ,.;")
