"""The kind of a letter and its subject (trích yếu), from the title, the V/v line or a title that holds everything."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from tram.reading.rules import dates
from tram.reading.rules.letterhead import ADDRESS, BODY_STARTS, MATTER, NUMBERED, SYMBOL, Head
from tram.reading.rules.marks import MOTTO, NATION, bare, is_capitals, is_rule, plain, starts_with
from tram.reading.rules.page import Line
from tram.reading.rules.words import HEAD_WORDS, KIND_WORDS, KINDS, POST_WORDS
from tram.vietnamese.text import tidy

LONGEST_SUBJECT = 9
AUTHORITIES = (
    "thu tuong",
    "chinh phu",
    "bo truong",
    "chu tich",
    "uy ban",
    "giam doc",
    "quoc hoi",
    "hoi dong",
    "tong cuc truong",
    "cuc truong",
    "tong giam doc",
    "chanh an",
    "vien truong",
    "thong doc",
    "tong thanh tra",
    "lien bo",
    "tong kiem toan",
    "hieu truong",
    "chi cuc truong",
    "chu tich nuoc",
    "ban thuong vu",
    "ban chap hanh",
    "thuong truc",
    "truong ban",
)
BODY_WORDS = (
    *BODY_STARTS,
    "kinh gui",
    "kinh thua",
    "thi hanh",
    "hom nay",
    "ngay",
    "thoi gian",
    "dia diem",
    "tiep theo",
    "de",
    "trong",
    "sau khi",
    "tren co so",
    "nham",
    "qua",
    "dieu",
    "phan",
    "chuong",
    "i",
    "1",
    "a",
    "vao hoi",
    "tinh hinh chung",
)
PART = re.compile(
    rf"\s*(?:,|[(])?\s*(?:của\s+(?P<issuer>.+?)(?=\s+(?:[Vv]/v|[Ss]ố\s*:?\s*\d|[Nn]gày\s|về\s|Về\s|hướng dẫn|quy định|ban hành|sửa đổi)|\s*$)"
    rf"|[Ss]ố\s*:?\s*(?P<number>\d+[a-zA-Z]?)\s?(?P<sign>[-/])\s?(?P<symbol>{SYMBOL})"
    r"|(?P<date>[Nn]gày\s+\S+\s+tháng\s+\S+\s+năm\s+\d{4}|[Nn]gày\s+\d{1,2}[/.-]\d{1,2}[/.-]\d{4}))\s*[)]?"
)


MADE_BY = re.compile(r"\s+của\s+(?P<issuer>Quốc hội|[UỦ][ỷy] ban [Tt]hường vụ Quốc hội)(?:\s+nước .*|\s+số .*)?$")


class Title(NamedTuple):
    """Kind and subject, with the number, date and issuer when the title itself names them."""

    kind: str
    kind_at: int
    sure: float
    subject: str | None
    subject_at: int
    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    issuer: str | None = None
    end: int = 0


def title_of(lines: list[Line], head: Head) -> Title | None:
    """The title of the letter, or None when it bears neither a kind nor a V/v line."""
    hinted = kind_of_symbol(head.number.symbol) if head.number else ""
    for at in range(head.end):
        rest = head.rest.get(at, "")
        if not rest or at == head.matter:
            continue
        kind, tail, sure = _kind_in(rest, loose=_may_be_mixed(lines, head, at), hinted=hinted)
        if kind and (at != (head.number.at if head.number else -1) or tail):
            return _whole(lines, head, at, kind, tail, sure)
    if head.matter is not None:
        start = MATTER.sub(_matter_word, head.rest.get(head.matter) or lines[head.matter].text, count=1)
        subject, end = _subject(lines, head, head.matter, start)
        addressed = head.address is not None
        kind = kind_of_symbol(head.number.symbol) if head.number and not addressed else ""
        return Title(kind or "công văn", head.matter, 0.9 if head.number else 0.75, subject, head.matter, end=end)
    return None


def _may_be_mixed(lines: list[Line], head: Head, at: int) -> bool:
    """A title in small letters is believed at the top, or right under the letterhead."""
    above = [index for index in range(at) if lines[index].text.strip()]
    fixed = max((one.at for one in (head.number, head.dated) if one), default=-1)
    return len(above) < 6 or (above[-1] if above else -1) == fixed or not lines[at - 1].text.strip()


def _kind_in(text: str, *, loose: bool, hinted: str) -> tuple[str, str, float]:
    """(kind, the rest of the line, confidence); the kind is empty when the line is no title."""
    letters = bare(text)
    for words, kind in KIND_WORDS.items():
        if letters == bare(words):
            return (
                (kind, "", 0.98)
                if is_capitals(text) or (loose and text[:1].isupper()) or text.islower()
                else ("", "", 0)
            )
    capitals = is_capitals(text)
    for words, kind in KIND_WORDS.items():
        if plain(text).startswith(words + " "):
            tail = text.split(maxsplit=len(words.split()))[-1].strip(" :-–")
            told = plain(tail).startswith(("cua ", "so ", "ve ", "lien tich ", "vv ", "v v "))
            if kind == "công văn":
                return "", "", 0
            if (capitals and not _is_agency_tail(tail)) or (loose and told and text[:1].isupper()):
                return kind, tail, 0.93 if capitals else 0.85
            return "", "", 0
    if hinted and SequenceMatcher(None, letters, bare(hinted), autojunk=False).ratio() >= 0.78:
        return hinted, "", 0.8
    if capitals and 7 <= len(letters) <= 16:
        alike = max((SequenceMatcher(None, letters, bare(words)).ratio(), kind) for words, kind in KIND_WORDS.items())
        if alike[0] >= 0.86:
            return alike[1], "", round(alike[0] * 0.85, 2)
    return "", "", 0


def _is_agency_tail(tail: str) -> bool:
    return False if not tail else plain(tail).startswith(("uy ban nhan dan",)) and len(tail.split()) < 4


def _whole(lines: list[Line], head: Head, at: int, kind: str, tail: str, sure: float) -> Title:
    joined, end = _subject(lines, head, at, tail)
    named: dict[str, str] = {}
    position = 0
    while match := PART.match(joined, position):
        fresh = {name: value for name, value in match.groupdict().items() if value and name not in named}
        if not fresh or match.end() == position or not _may_follow(fresh, named, match, joined):
            break
        named |= fresh
        position = match.end()
    if "issuer" not in named and (made := MADE_BY.search(joined)):
        named["issuer"] = made["issuer"]
        joined = joined[: made.start()]
    subject = joined[position:].strip(" ,.:;-–" if position else " :")
    dated = dates.find(named["date"]) if "date" in named else None
    return Title(
        kind,
        at,
        sure,
        subject or None,
        at if tail else min(at + 1, len(lines) - 1),
        named.get("number"),
        named.get("symbol"),
        dated.iso if dated else None,
        named.get("issuer"),
        end,
    )


def _may_follow(fresh: dict[str, str], named: dict[str, str], match: re.Match[str], joined: str) -> bool:
    """'của …' is the issuer of the letter itself; after the subject has begun it would be somebody else's."""
    if "issuer" in fresh:
        return len(fresh["issuer"].split()) <= 14 and bool(starts_with(fresh["issuer"], HEAD_WORDS + AUTHORITIES))
    return bool(named) or match.start() == 0 or joined[: match.start()].strip() == ""


def _matter_word(found: re.Match[str]) -> str:
    return "Về việc " if "iệc" in found[0] else "V/v "


def _subject(lines: list[Line], head: Head, at: int, start: str) -> tuple[str, int]:
    """The first words and the lines that carry them on; the index of the line after the last one."""
    matter = head.matter == at
    parts = [start] if start.strip() else []
    address = 0 if matter else _address(lines, at)
    index = at + 1
    while index < len(lines) and len(parts) < LONGEST_SUBJECT:
        original = lines[index].text.strip()
        text = head.rest.get(index, "").strip() or ("" if matter else original)
        if is_rule(original) or (not original and not parts):
            index += 1
            continue
        goes_on = _goes_on(text, original, parts, matter, is_body=index >= address)
        if not original or not goes_on or _is_authority(lines, index, parts):
            break
        parts.append(text)
        index += 1
    return _joined(parts), index


def _address(lines: list[Line], at: int) -> int:
    """Where 'Kính gửi' stands below a title: what lies between is the subject, with whatever word it begins. 0 for none."""
    below = range(at + 1, min(at + 1 + LONGEST_SUBJECT, len(lines)))
    return next((index for index in below if ADDRESS.search(lines[index].text)), 0)


def _goes_on(text: str, original: str, parts: list[str], matter: bool, *, is_body: bool) -> bool:
    """Whether a line belongs to the subject; `is_body`: the body of the letter may have begun."""
    if (
        not text
        or ADDRESS.search(original)
        or (NATION.find(original) and not original.startswith("của "))
        or MOTTO.find(original)
        or is_rule(text)
    ):
        return False
    if parts and (NUMBERED.match(text) or parts[-1].rstrip().endswith((".", "./."))):
        return False
    if parts and text.startswith("(") and plain(text).startswith(("ban hanh kem", "kem theo")):
        return False
    if not parts and MATTER.match(text):
        return True
    if len(text) > 160 and parts:
        return False
    if is_capitals(text) and parts and not all(is_capitals(part) for part in parts):
        return len(text.split()) == 1 and len(text) <= 6
    opens = is_body and text[:1].isupper() and not is_capitals(text) and bool(starts_with(text, BODY_WORDS))
    return not (opens and (parts or len(text) > 60 or starts_with(text, BODY_STARTS))) and not (
        matter and is_capitals(text) and len(text) > 12
    )


def _is_authority(lines: list[Line], index: int, parts: list[str]) -> bool:
    """'ỦY BAN NHÂN DÂN TỈNH' or 'Thủ tướng Chính phủ' over the legal grounds is who decides, no part of the subject."""
    text = lines[index].text.strip()
    if not starts_with(text, AUTHORITIES + POST_WORDS):
        return False
    below = next((line.text for line in lines[index + 1 : index + 4] if line.text.strip()), "")
    grounds = plain(below).lstrip("- ").startswith(("can cu", "xet", "theo", "de ", "chieu", "nham", "thuc hien"))
    return (grounds and below.strip(" -*")[:1].isupper()) or (
        bool(parts) and is_capitals(text) and not is_capitals(parts[-1])
    )


def _joined(parts: list[str]) -> str:
    text = ""
    for part in parts:
        close = text.endswith(("-", "/")) and not text.endswith((" -", " /")) and part[:1].isalnum()
        text = text + part if close else f"{text} {part}"
    return tidy(text).strip('*_ "“”')


def kind_of_symbol(symbol: str) -> str:
    """The kind that the abbreviation in a symbol names: 'QĐ-UBND' is a decision; empty when there is none."""
    groups = re.split(r"[-/]", symbol)
    named = {short: kind for kind, short in KINDS.items() if short}
    return next((named[group] for group in groups[:3] if group in named), "")
