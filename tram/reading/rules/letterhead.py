"""The head of a letter: national title, agency, number, place and date, found line by line."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from tram.reading.rules import dates
from tram.reading.rules.marks import MOTTO, NATION, PARTY, bare, begins_like, is_capitals, is_rule, plain, starts_with
from tram.reading.rules.page import Line
from tram.reading.rules.words import HEAD_WORDS, NOTICES, SECRECIES
from tram.vietnamese.text import fold

MOST_LINES = 45
BODY_STARTS = (
    "can cu",
    "xet de nghi",
    "xet to trinh",
    "theo de nghi",
    "dieu 1",
    "chuong i",
    "phan i",
    "phan thu nhat",
    "thuc hien",
)
NUMBERED = re.compile(r"^\s*(?:[IVX]{1,4}|\d{1,2}|[A-Da-d])\s?[.)/-]\s+\S")
FIRST_PART = re.compile(r"^\s*(?:1|I|A)\s?[.)/-]\s*[^\W\d]")
ADDRESS = re.compile(r"^\W*k[íiìỉ]nh\s*g[ửưuứởơ]i\b", re.IGNORECASE)
MATTER = re.compile(
    r"^\W{0,3}(?:V\s?[/\\]\s?[vw][.:]?|V[Vv]\s?[/:]|VWv|Vlv|V/V[.:]?|Viv|VN(?=\s+[a-zà-ỹ]))\s*[:.]?\s*(?=\S)|^\W{0,3}Về việc:?\s+"
)
SYMBOL = r"[A-ZĐÀ-Ỹ\d][\w.&]*(?:\s?[-–/]\s?[\w.&]*[^\W_][\w.&]*)*"
NUMBER = re.compile(
    r"(?P<label>\b(?:[Ss]\w|\wố)(?=\s?[:;])|\b[Ss](?:[oôơóòỏõọốồổỗộớờởỡợOÔƠÓÒỐỒỔỖỘéêế]|[06]))"
    rf"\s?[:.;,]?(?P<number>[^/:]{{0,60}}?)\s?(?P<sign>[/-])\s?(?P<symbol>{SYMBOL})"
)
UNLABELLED = re.compile(
    r"^\s*(?P<label>)(?P<number>\d{1,6}[a-z]?)\s?(?P<sign>/)\s?(?P<symbol>(?:\d{4}/)?[A-ZĐ]{2}[\w.&]*(?:[-/][\w.&]+)*)\s*$"
)
DIGITS = re.compile(r"\d{1,7}[A-Za-zĐđ]?")
BLANK = re.compile(r"[\s.…_·]*")
NUMBERLIKE = re.compile(r"^\W*S[ốôóoỐÔÓO]\W*\d|\d\s?/")
STAMP = re.compile(
    r"(?i)\b(chuyển\s*:|số đến|ngày đến|giờ đến|(?:số )?và ký hiệu|số,? ký hiệu hs|công văn đến|văn bản đến|ký bởi|người ký|"
    r"thời gian ký|ngày ký|ngày giờ ký|(?:e-?mail|điện thoại|website|địa chỉ|fax|cơ quan|đt)\s*:|được ký|lưu hồ sơ|mã hồ sơ)"
)


class Number(NamedTuple):
    """Số và ký hiệu as printed: `number` is None when its place is blank or damaged."""

    number: str | None
    symbol: str
    at: int
    damaged: bool
    raw: str


class Dated(NamedTuple):
    """Địa danh và ngày: the place as printed, the date in ISO (or None when blank)."""

    place: str
    found: dates.Found
    at: int
    raw: str


@dataclass(slots=True)
class Head:
    """What the head of a letter holds; `rest` maps each line to what is left beside the fixed phrases."""

    end: int = 0
    nation: bool = False
    number: Number | None = None
    dated: Dated | None = None
    matter: int | None = None
    address: int | None = None
    urgency: tuple[int, str] | None = None
    secrecy: tuple[int, str] | None = None
    rest: dict[int, str] = field(default_factory=dict)


def head_of(lines: list[Line]) -> Head:
    """Walk down from the top until the body begins."""
    head = Head(end=min(len(lines), 200))
    filled = 0
    for at, line in enumerate(lines[:200]):
        if not line.text.strip():
            continue
        filled += 1
        if ADDRESS.search(line.text) or begins_like(line.text, "Kính gửi:"):
            head.address = at
        if head.address is not None or filled > MOST_LINES or _begins_body(line.text, head):
            head.end = at
            break
        _take(head, at, line.text)
    return head


def _begins_body(text: str, head: Head) -> bool:
    low = plain(text)
    long = len(text.strip()) > 115 and not is_capitals(text)
    numbered = bool(FIRST_PART.match(text)) or (
        bool(NUMBERED.match(text)) and head.matter is not None and not is_capitals(text)
    )
    opens = low.startswith(BODY_STARTS) and text.strip()[0].isupper() and not is_capitals(text)
    return opens or numbered or long or low.endswith("nhu sau")


def _take(head: Head, at: int, text: str) -> None:
    """Take the fixed phrases out of one line and keep what remains."""
    rest = text
    for phrase in (NATION, MOTTO, PARTY):
        span = phrase.find(rest)
        if span:
            head.nation = head.nation or phrase is not MOTTO
            rest = rest[: span.start] + "\t" + rest[span.end :]
    rest = _take_number_and_date(head, at, rest)
    stamp = STAMP.search(rest)
    rest = rest[: stamp.start()] if stamp else rest
    low = bare(rest)
    for names, attribute in ((NOTICES, "urgency"), (SECRECIES, "secrecy")):
        word = next((name for name in names if bare(name) == low), None)
        if word and is_capitals(rest) and getattr(head, attribute) is None:
            setattr(head, attribute, (at, word))
            rest = ""
    if head.matter is None and MATTER.match(rest):
        head.matter = at
    head.rest[at] = "" if is_rule(rest) or low in ("vietnam", "den") else _trimmed(rest)


def _take_number_and_date(head: Head, at: int, rest: str) -> str:
    number = _number_in(rest) if head.number is None else None
    if number:
        head.number = _read_number(number, at)
        rest = rest[: number.start()] + "\t" + rest[number.end() :]
    found = dates.find(rest) if head.dated is None and not MATTER.match(rest) else None
    if found:
        before = rest[: found.start].rstrip(" ,.")
        place = _last_name(re.split(r"\t|\s{3,}|[|;]", before)[-1])
        if _is_date_line(place, rest[found.end :]):
            start = len(before) - len(place)
            head.dated = Dated(place.strip(" ,.-–—*_'\""), found, at, rest[start : found.end].strip())
            rest = rest[:start] + "\t" + rest[found.end :]
    return rest


def _last_name(text: str) -> str:
    """The place at the end of what stands before a date: words with a capital after an agency in capitals."""
    words = text.strip().split(" ")
    if is_capitals(text):
        return text.strip()
    first = len(words)
    while first and words[first - 1] and not (len(words[first - 1]) > 3 and words[first - 1].isupper()):
        first -= 1
    return " ".join(words[first:])


def _trimmed(rest: str) -> str:
    """Without rules and bars at the ends; a hyphen that breaks a word at the end of the line stays."""
    return re.sub(r"\s[-–—]+$", "", rest.strip(" \t|*_").lstrip(" -–—"))


def _is_date_line(place: str, after: str) -> bool:
    """A date line bears a short place with capitals before the date and nothing of a sentence after it."""
    words = place.split()
    named = all(word[0].isupper() or not word[0].isalpha() for word in words)
    weekday = fold(place).startswith(("thu ", "chu nhat"))
    symbol = bool(re.search(r"[A-ZĐ]-[A-ZĐ]|\d", place))
    runs_on = bool(re.match(r"\s*[,;]?\s*[a-zà-ỹđ]{2}", after)) or len(after.strip(" .,;*_|")) > 12
    return len(words) <= 6 and named and not (weekday or symbol or runs_on)


def _number_in(text: str) -> re.Match[str] | None:
    match = NUMBER.search(text) or UNLABELLED.match(text)
    if not match or MATTER.match(text):
        return None
    before, label = text[: match.start()], match["label"]
    if label and label[0].islower() and before.strip(" \t|*-"):
        return None
    if before.strip() and not (is_capitals(before) or starts_with(before, HEAD_WORDS) or len(before.strip()) <= 3):
        return None
    printed = match["number"].strip()
    loose = match["sign"] == "-" and not DIGITS.fullmatch(printed) and not BLANK.fullmatch(printed)
    return None if loose or not re.search(r"[^\W\d_]", match["symbol"]) else match


def _read_number(match: re.Match[str], at: int) -> Number:
    printed = match["number"].strip(" .…_:;,·\t")
    number = printed if DIGITS.fullmatch(printed) else None
    damaged = number is None and not BLANK.fullmatch(printed)
    symbol = re.sub(r"\s*([-–/])\s*", lambda sign: sign[1].replace("–", "-"), match["symbol"]).strip(" .-–/")
    return Number(number, symbol, at, damaged, match[0].strip())


def agency_lines(head: Head) -> list[tuple[int, str]]:
    """The lines that may name the agency: what stands above the number (or the title) beside the fixed phrases.

    None when nothing shows that this is a letter at all.
    """
    if not (head.nation or head.number or head.matter is not None or head.address is not None):
        return []
    stop = min(
        [at for at in (head.number.at if head.number else None, head.matter, head.address) if at is not None],
        default=head.end,
    )
    found = []
    for at, rest in head.rest.items():
        text = re.split(r"\t|\||\s{4,}", rest.strip())[0]
        stamp = STAMP.search(text)
        text = (text[: stamp.start()] if stamp else text).strip(" *.,:;_-–—\"'")
        if (
            at > stop
            or len(bare(text)) < 2
            or NUMBERLIKE.search(text)
            or (head.matter is not None and at == head.matter)
        ):
            continue
        if (
            is_capitals(text)
            or starts_with(text, HEAD_WORDS)
            or fold(text).startswith(("tinh ", "huyen ", "thanh pho ", "va "))
        ):
            found.append((at, text))
    return found
