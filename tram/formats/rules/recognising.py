"""A foreign paper as a Sheet: what the reading room found in it, and its own words around that."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from tram.formats.rules.blocks import from_lines, unwrapped
from tram.formats.rules.drawing import bare, kinds
from tram.formats.rules.said import Said
from tram.formats.rules.said_checks import MOTTO, NATION
from tram.formats.rules.sheet import Block, Sheet, Signature
from tram.formats.rules.word_reading import body_of_items
from tram.vietnamese.text import fold, nfc, tidy, tone_normal

GROUND = re.compile(r"^\s*(?:căn cứ|xét|theo đề nghị|theo|chiếu)\s", re.IGNORECASE)
RESOLVES = ("quyet dinh", "quyet nghi")
NEW_TITLE = re.compile(r"(?<!\.)(?<!PHÓ)\s+(?=(?:PHÓ|KT\.|THỨ TRƯỞNG|CHÁNH|TRƯỞNG (?:PHÒNG|BAN))(?:\b|\s))")
PARTY = "dang cong san viet nam"
ATTACHED = re.compile(r"^\W*(?:ban hành )?kèm theo\b", re.IGNORECASE)
FIXED = ("Nơi nhận", "Kính gửi", "Lưu")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
LETTERHEAD = 15


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: lines of the paper; field -> value, the line it stands in, and its words there.

    `items`: of a Word file, its lines with their numbers, and its tables.
    """

    lines: tuple[str, ...]
    values: dict[str, str]
    lists: dict[str, tuple[str, ...]]
    at: dict[str, int]
    raw: dict[str, str]
    items: tuple[str | Block, ...] = ()


def recognised(read: Read) -> tuple[Sheet, Said, date | None]:
    """The sheet, the paper's own words, and a day by which its law is chosen (None when no year is known)."""
    values = read.values
    kind = next(
        (code for code, row in kinds().items() if row["name"].lower() == values.get("kind")), values.get("kind", "")
    )
    day, year = _dated(values.get("date", ""))
    parts = _parts(read, kind)
    titles = _titles(read)
    said = _said(read, kind, parts)
    recipients = tuple(bare(line) for line in read.lists.get("recipients", ()))
    if said.is_machine_read:
        recipients = tuple(_with_marks(line) for line in recipients)
    sheet = Sheet(
        kind=kind or "official_letter", organ=_organ(values), superior=values.get("parent", ""),
        number=values.get("number", ""), notation=values.get("symbol", ""), place=values.get("place", ""),
        day=day, year=year, subject=re.sub(r"^V/v\s+", "", values.get("subject", "")) if kind == "official_letter" else values.get("subject", ""),
        urgency=values.get("urgency", "").upper(), addressees=read.lists.get("addressed_to", ()),
        authority=parts.authority, grounds=tuple(bare(line) for line in parts.grounds), body=_body(read, parts.body),
        signature=Signature(titles, _name(read)), recipients=recipients,
    )  # fmt: skip
    return sheet, said, _law_day(read, day)


def _body(read: Read, lines: list[str]) -> tuple[Block, ...]:
    whole = body_of_items(list(read.items), tidy(lines[0]), tidy(lines[-1])) if read.items and lines else ()
    return whole or from_lines(lines)


def _organ(values: dict[str, str]) -> str:
    """The agency without its superior, whom the reading room puts behind a short name ("Văn phòng")."""
    organ, parent = values.get("issuer", ""), values.get("parent", "")
    return tidy(organ.replace(parent, "")) if parent and organ != parent else organ


def _with_marks(line: str) -> str:
    """A line of Nơi nhận with its fixed words whole, where a machine reader lost their marks."""
    letters = fold(line).replace(" ", "")
    if letters.startswith("luu"):
        return f"Lưu{line[3:]}"
    return "Như trên" if letters.startswith("nhutren") else line


def _dated(iso: str) -> tuple[date | None, int]:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", iso):
        day = date.fromisoformat(iso)
        return day, day.year
    return None, int(iso[:4]) if iso[:4].isdigit() else 0


def _law_day(read: Read, day: date | None) -> date | None:
    """The day; else the end of its month or year; else the end of the latest year that the paper names."""
    iso = read.values.get("date", "")
    if day or re.match(r"\d{4}-\d\d", iso):
        return day or date(int(iso[:4]), int(iso[5:7]), 28)
    years = [int(found) for line in read.lines for found in YEAR.findall(line)]
    return date(max(years), 12, 31) if years else None


@dataclass(frozen=True, slots=True)
class _Parts:
    authority: str
    grounds: list[str]
    body: list[str]
    addresses: list[str]


def _parts(read: Read, kind: str) -> _Parts:
    heads = [read.at[name] for name in ("symbol", "date", "kind", "addressed_to") if name in read.at]
    if read.at.get("subject", LETTERHEAD) <= max(heads, default=0) + 3:
        heads.append(read.at["subject"])
    start = max(heads, default=-1) + 1
    ends = [read.at[name] for name in ("recipients", "signer_title", "signer_name") if read.at.get(name, -1) >= start]
    lines = list(read.lines[start : min(ends, default=len(read.lines))])
    lines = _without(lines, read.values.get("subject", ""))
    addresses = _called(lines) if kind == "telegram" else []
    if read.lists.get("addressed_to"):
        wanted = [fold(bare(one)) for one in read.lists["addressed_to"]]
        while lines and (
            not lines[0].strip()
            or fold(bare(lines[0])) in wanted
            or fold(bare(lines[0]))
            and any(fold(bare(lines[0])) in one for one in wanted)
        ):
            addresses += [lines[0]] if lines[0].strip() else []
            lines.pop(0)
    lines = [line for line in lines if not re.fullmatch(r"\s*(?:\d{1,3}|-+ ?PAGE BREAK ?-+)\s*", line)]
    paragraphs = _paragraphs(read, lines)
    authority, grounds = "", []
    if (
        kind in ("decision", "resolution")
        and (first := next((at for at, line in enumerate(lines) if GROUND.match(line)), -1)) >= 0
    ):
        authority = next((tidy(line) for line in reversed(lines[:first]) if line.strip()), "")
        paragraphs = _paragraphs(read, lines[first:])
        while paragraphs and GROUND.match(paragraphs[0]):
            grounds.append(paragraphs.pop(0))
    body = [line for line in paragraphs if fold(line).strip(" :.") not in RESOLVES]
    return _Parts(authority, grounds, body, addresses)


def _called(lines: list[str]) -> list[str]:
    """Of a telegram: whom "… điện:" calls, each a line; they and the line are taken off the lines."""
    at = next((at for at, line in enumerate(lines[:6]) if fold(tidy(line)).rstrip(" :").endswith("dien")), -1)
    if at < 0:
        return []
    end = at + 1
    while end < len(lines) and (not lines[end].strip() or lines[end].lstrip().startswith("-")):
        end += 1
    called = [line for line in lines[at + 1 : end] if line.strip()]
    del lines[:end]
    return called


def _paragraphs(read: Read, lines: list[str]) -> list[str]:
    """A Word file has whole paragraphs; lines of a page are put together."""
    return [line for line in lines if line.strip()] if read.items else unwrapped(lines)


def _without(lines: list[str], words: str) -> list[str]:
    """The lines after those that only carry on the words."""
    whole = fold(words)
    while lines and (not lines[0].strip() or fold(tidy(lines[0])).strip(" .") in whole):
        lines.pop(0)
    return lines


def _name(read: Read) -> str:
    """The name with the words before it ("ThS."), which the reading room leaves out."""
    name, line = read.values.get("signer_name", ""), tidy(read.raw.get("signer_name", ""))
    return line if name and line.endswith(name) and len(line) < len(name) + 16 else name


def _titles(read: Read) -> tuple[str, ...]:
    title = read.values.get("signer_title", "")
    start, end = read.at.get("signer_title"), read.at.get("signer_name")
    if start is not None:
        stop = end if end is not None and end > start else start + 3
        told = tuple(tidy(line) for line in read.lines[start:stop] if line.strip())
        if tidy(" ".join(told)) == title:
            return told
    return tuple(part for part in NEW_TITLE.split(title) if part)


def _said(read: Read, kind: str, parts: _Parts) -> Said:
    nation, motto = _phrase(read.lines, NATION), _phrase(read.lines, MOTTO)
    matter = read.lines[read.at["subject"]] if kind == "official_letter" and "subject" in read.at else ""
    address = read.lines[read.at["addressed_to"]] if "addressed_to" in read.at else ""
    copies = _copies(read)
    top = read.lines[:LETTERHEAD]
    attached = "symbol" not in read.values and any(ATTACHED.match(line) for line in top)
    has_foot = bool(copies or "recipients" in read.at or "signer_title" in read.at)
    return Said(
        nation=nation, motto=motto, number=read.raw.get("symbol", ""), dated=read.raw.get("date", read.raw.get("place", "")),
        matter=matter if re.match(r"\W*V", matter) else "", address=address.strip(), addresses=tuple(parts.addresses),
        grounds=tuple(parts.grounds), articles=tuple(line for line in parts.body if re.match(r"điều \d", line, re.IGNORECASE)),
        copies=copies, last=parts.body[-1] if parts.body else "",
        is_machine_read=_is_machine_read(read.lines, nation, motto),
        is_whole=not attached and bool(nation or motto or "symbol" in read.values or "place" in read.values),
        has_foot=has_foot, is_of_the_party=any(fold(line).strip().endswith(PARTY) for line in top),
    )  # fmt: skip


def _copies(read: Read) -> tuple[str, ...]:
    """The heading and as many lines as there are recipients; none where they share lines with the signature."""
    start, count = read.at.get("recipients"), len(read.lists.get("recipients", ()))
    if start is None:
        return ()
    told = [line.strip() for line in read.lines[start + 1 :] if line.strip()][:count]
    wanted = [fold(one) for one in read.lists["recipients"]]
    whole = len(told) == count and all(
        fold(bare(line)) == fold(bare(one)) for line, one in zip(told, wanted, strict=True)
    )
    heading = read.lines[start].strip()
    return (heading, *told) if whole and len(heading) < 12 else ()


def _phrase(lines: Sequence[str], right: str) -> str:
    """The words of the letterhead that are most like the phrase; "" when none are."""
    sought, size = fold(right), len(right.split())
    best, words = 0.75, ""
    for line in lines[:LETTERHEAD]:
        tokens = nfc(line).split()
        for long in range(max(2, size - 2), size + 2):
            for at in range(max(1, len(tokens) - long + 1)):
                window = " ".join(tokens[at : at + long])
                alike = SequenceMatcher(None, fold(window), sought, autojunk=False).ratio()
                if alike > best:
                    best, words = alike, window
    return words


def _is_machine_read(lines: Sequence[str], nation: str, motto: str) -> bool:
    """Fixed words that have their letters and lack their marks were read by a machine, not typed so."""
    pairs = [(nation, NATION), (motto, MOTTO)]
    pairs += [
        (line.strip(" -.:")[: len(label)], label)
        for line in lines
        for label in FIXED
        if fold(line.strip(" -.:")).startswith(fold(label))
    ]
    for words, right in pairs:
        known = {tone_normal(word).lower() for word in right.split()}
        plain = {fold(word) for word in known}
        for word in words.split():
            if word.isalpha() and fold(word) in plain and tone_normal(word).lower() not in known:
                return True
    return False
