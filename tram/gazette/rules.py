"""Rules of documents on the portal: kinds, days on which they hold, what they say of each other, their addresses."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import yaml

from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.text import fold, folded_words, tidy

EFFECTIVE = ("resolution", "decision", "directive", "regulation", "rule")
"""Kinds that order something: unless they name another day, they hold from the day they are signed."""
LONGEST_REASON, MOST_LINKS, LONGEST_WORDS = 500, 100, 400_000
ID_NUMBER = re.compile(r"(?<!\d)0\d{11}(?!\d)")
"""Số định danh cá nhân (Luật Căn cước 26/2023/QH15 Điều 12: twelve digits, the first of a province's code is 0)."""


@cache
def legal_kinds() -> dict[str, str]:
    """Kinds of legal texts, which are not drafted here: code -> name."""
    told = yaml.safe_load((CATALOGUE / "document_kinds.yaml").read_text(encoding="utf-8"))
    return {row["code"]: row["name"] for row in told["legal"]}


@cache
def topics() -> dict[str, str]:
    """Lĩnh vực: code -> name."""
    told = yaml.safe_load((CATALOGUE / "document_topics.yaml").read_text(encoding="utf-8"))
    return {row["code"]: row["name"] for row in told}


def is_order(kind: str) -> bool:
    """Whether a kind orders something, as a decision does."""
    return kind in EFFECTIVE or kind in legal_kinds()


def slug_of(kind: str, code: str, day: date, key: int | str) -> str:
    """The address of a document: "quyet-dinh-12-qd-ubnd-2026-345"; many agencies have the same number."""
    words = [word for word in (*folded_words(kind), *folded_words(code)) if word.isascii()]
    return "-".join([*words, str(day.year), str(key)])[-160:]


def personal_numbers(text: str) -> list[str]:
    """Numbers of identity cards that stand in a text, each once: a person looks at them before everybody does."""
    return list(dict.fromkeys(ID_NUMBER.findall(text)))


def effect(since: date | None, until: date | None, today: date) -> tuple[str, bool]:
    """Whether a document holds today by its own days, in words; True where it holds or names no days."""
    if since and today < since:
        return f"Chưa có hiệu lực: hiệu lực từ ngày {since:%d/%m/%Y}.", True
    if until and today > until:
        return f"Hết hiệu lực từ sau ngày {until:%d/%m/%Y}.", False
    if since is None:
        return "", True
    return f"Hiệu lực từ ngày {since:%d/%m/%Y}{f' đến hết ngày {until:%d/%m/%Y}' if until else ''}.", True


class How(NamedTuple):
    """Quan hệ giữa hai văn bản: as the later one says it, as the earlier one's page says it; what it does to the earlier one."""

    name: str
    back: str
    ends: bool = False
    changes: bool = False


RELATIONS = {
    "replaces": How("Thay thế", "Được thay thế bằng", ends=True),
    "abolishes_part": How("Bãi bỏ một phần", "Bị bãi bỏ một phần bằng", changes=True),
    "abolishes": How("Bãi bỏ", "Bị bãi bỏ bằng", ends=True),
    "amends": How("Sửa đổi, bổ sung", "Được sửa đổi, bổ sung bằng", changes=True),
    "based_on": How("Căn cứ", "Là căn cứ của"),
    "guides": How("Hướng dẫn", "Được hướng dẫn bằng"),
}
"""In the order in which a line is tried: the longer name before the one that it begins with."""


@dataclass(frozen=True, slots=True)
class Told:
    """Văn bản được nhắc đến: one line of relations as the clerk wrote it; `slug` where it names an address of the portal."""

    how: str
    code: str = ""
    day: date | None = None
    slug: str = ""


ADDRESS = re.compile(r"(?:https?://[^/\s]+)?/cong/van-ban/([a-z0-9-]{1,160})$")
CODE = re.compile(r"\d+[\d/]*/[^\W\d_][\w/.-]*[\w]", re.UNICODE)
DAY = re.compile(r"ngày\s+(\d{1,2})(?:/|-|\s+tháng\s+)(\d{1,2})(?:/|-|\s+năm\s+)(\d{4})", re.IGNORECASE)
WRONG_LINE = (
    "Dòng “{line}” chưa đọc được. Viết như: Thay thế 12/2019/QĐ-UBND ngày 05/3/2019, hoặc dán địa chỉ văn bản trên cổng"
    " sau chữ Thay thế, Bãi bỏ, Bãi bỏ một phần, Sửa đổi, bổ sung, Căn cứ, Hướng dẫn."
)


def read_relations(text: str) -> list[Told]:
    """The lines of a field, each a relation; ValueError with a sentence for one that is none."""
    lines = [line for line in map(tidy, text.splitlines()) if line]
    if len(lines) > MOST_LINKS:
        raise ValueError(f"Nhiều nhất {MOST_LINKS} văn bản liên quan. Giữ những văn bản chính.")
    return list(dict.fromkeys(map(_read_line, lines)))


def _read_line(line: str) -> Told:
    how = next((how for how, one in RELATIONS.items() if fold(line).startswith(fold(one.name))), "")
    rest = line[len(RELATIONS[how].name) :].strip(" :") if how else ""
    if told := ADDRESS.match(rest):
        return Told(how, slug=told[1])
    code, day = CODE.search(rest), day_in(rest)
    if not how or not code or day is None:
        raise ValueError(WRONG_LINE.format(line=line[:80]))
    return Told(how, code=code[0].upper()[:45], day=day)


def day_in(text: str) -> date | None:
    """The first day that a text names in words or figures; None where there is none."""
    found = DAY.search(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def relation_line(how: str, code: str, day: date) -> str:
    """A relation as it stands in the field."""
    return f"{RELATIONS[how].name} {code} ngày {day:%d/%m/%Y}"


NAMED = {"thay thế": "replaces", "bãi bỏ": "abolishes", "sửa đổi, bổ sung": "amends", "căn cứ": "based_on"}
MENTION = re.compile(
    rf"(?P<how>{'|'.join(NAMED)})(?P<between>[^.;]{{0,160}}?)(?P<code>{CODE.pattern})[^.;]{{0,80}}?(?P<day>{DAY.pattern})",
    re.IGNORECASE,
)
HOLDS_FROM = re.compile(r"có\s+hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+kể)?\s+từ\s+(ngày\s+ký|ngày\s.{1,40})", re.IGNORECASE)


def mentions(text: str) -> list[str]:
    """Lines of relations that the words of a document propose, those that it rests on first."""
    found = {}
    for one in MENTION.finditer(" ".join(text.split())):
        how, day = NAMED[" ".join(one["how"].lower().split())], day_in(one["day"])
        part = how == "abolishes" and re.search(r"\b(điểm|khoản|điều|một phần)\b", one["between"], re.IGNORECASE)
        if day:
            found[(one["code"].upper(), day)] = relation_line(
                "abolishes_part" if part else how, one["code"].upper(), day
            )
    return list(found.values())[:20]


def holds_from(text: str, issued: date | None) -> date | None:
    """The day from which a document says that it holds; None where it says none."""
    found = HOLDS_FROM.search(" ".join(text.split()))
    if found is None:
        return None
    return issued if " ".join(found[1].lower().split()) == "ngày ký" else day_in(found[1])


STATUSES = {
    "in_force": ("con-hieu-luc", "Còn hiệu lực"),
    "partly": ("het-mot-phan", "Hết hiệu lực một phần"),
    "ended": ("het-hieu-luc", "Hết hiệu lực toàn bộ"),
    "not_yet": ("chua-co-hieu-luc", "Chưa có hiệu lực"),
}
"""Status: its word in addresses, its name."""


@dataclass(frozen=True, slots=True)
class Days:
    """Các ngày quyết định hiệu lực: its own, the first on which it holds no more, the first on which a part of it does not."""

    since: date | None
    until: date | None
    lapses: date | None
    changed: date | None

    def status(self, today: date) -> str:
        """One of `STATUSES`; "" for a document that names no days and of which nothing became."""
        if self.lapses and today >= self.lapses:
            return "ended"
        if self.since and today < self.since:
            return "not_yet"
        if self.changed and today >= self.changed:
            return "partly"
        return "in_force" if self.since else ""

    def words(self, today: date) -> str:
        """The same as a sentence."""
        status = self.status(today)
        if status == "ended" and self.lapses:
            return f"Hết hiệu lực toàn bộ từ ngày {self.lapses:%d/%m/%Y}."
        if status == "partly" and self.changed:
            return f"Hết hiệu lực một phần từ ngày {self.changed:%d/%m/%Y}; phần còn lại vẫn có hiệu lực."
        return effect(self.since, self.until, today)[0]


def days_of(
    since: date | None, until: date | None, links: Iterable[tuple[str, date]], ended_on: date | None = None
) -> Days:
    """`links`: what later documents do to it and since when; `ended_on`: when its own agency recalled or replaced it."""
    ends = [day for how, day in links if RELATIONS[how].ends]
    ends += [until + timedelta(days=1)] if until and until < date.max else []
    ends += [ended_on] if ended_on else []
    changes = [day for how, day in links if RELATIONS[how].changes]
    return Days(since, until, min(ends, default=None), min(changes, default=None))


YEARLY = re.compile(r"^\d+/\d{4}/")


def kind_of(name: str, code: str, others: Mapping[str, str]) -> str:
    """The code of a kind by its name: a number that bears its year is of a legal text; `others`: kinds that are none."""
    first, second = (legal_kinds(), others) if YEARLY.match(code) else (others, legal_kinds())
    wanted = name.casefold()
    return next((kind for kinds in (first, second) for kind, own in kinds.items() if own.casefold() == wanted), "")


def proposed(read: Mapping[str, tuple[Any, float]], text: str, others: Mapping[str, str]) -> dict[str, Any]:
    """What a machine read as the fields of the clerk's slip; `unsure`: the names of those to be looked at twice."""
    values = {name: value for name, (value, _sure) in read.items() if value}
    code = f"{values.get('number', '')}/{values.get('symbol', '')}" if values.get("symbol") else ""
    issued = _iso(str(values.get("date", "")))
    told: dict[str, Any] = {
        "kind": kind_of(values.get("kind", ""), code, others), "code": code, "issued_date": issued,
        "issuer": values.get("issuer", ""), "subject": " ".join(str(values.get("subject", "")).split()),
        "signer_position": values.get("signer_title", ""), "signer_full_name": values.get("signer_name", ""),
        "effective_on": holds_from(text, issued), "relations": "\n".join(mentions(text)),
    }  # fmt: skip
    sources = {
        "kind": "kind", "code": "symbol", "issued_date": "date", "issuer": "issuer", "subject": "subject",
        "signer_position": "signer_title", "signer_full_name": "signer_name",
    }  # fmt: skip
    unsure = [name for name, source in sources.items() if told[name] and read.get(source, (None, 0))[1] < 0.8]
    return told | {"unsure": unsure}


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


BEGINS = re.compile(
    r"(Điều|Chương|Mục|Phần|Căn cứ|Theo đề nghị|Xét|Nơi nhận|QUYẾT|NGHỊ)\b|\d{1,3}[.)]\s|[a-zđ]\)\s|[-–+•]\s"
)


def paragraphs_of(text: str) -> list[str]:
    """The lines of a printed page put together to paragraphs: one ends with a sentence, before a blank, or where another begins."""
    found: list[str] = []
    is_open = False
    for line in map(tidy, text.replace("\f", "\n\n").split("\n")):
        if not line:
            is_open = False
        elif is_open and not BEGINS.match(line):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
        is_open = bool(line) and not line.endswith((".", ";", ":", "./.")) and not line.isupper()
    return found


@dataclass(frozen=True, slots=True)
class Slip:
    """Phiếu văn bản đưa lên: what the clerk tells of a document that was not drafted here."""

    kind: str = ""
    code: str = ""
    issued_date: date | None = None
    issuer: str = ""
    subject: str = ""
    signer_position: str = ""
    signer_full_name: str = ""
    topic: str = ""
    effective_on: date | None = None
    effective_until: date | None = None
    relations: str = ""

    def missing(self) -> dict[str, str]:
        """What a document needs before it may be public: field -> sentence."""
        sentences = {
            "kind": "Chọn loại văn bản.",
            "code": "Nhập số, ký hiệu như trên văn bản, ví dụ 12/2026/QĐ-UBND.",
            "issued_date": "Nhập ngày ban hành như trên văn bản.",
            "issuer": "Nhập cơ quan ban hành.",
            "subject": "Nhập trích yếu.",
        }
        return {name: sentence for name, sentence in sentences.items() if not getattr(self, name)}
