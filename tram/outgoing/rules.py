"""Rules of a draft: what it holds, what is missing, what changed; its notation and book; who may sign which kinds."""

import difflib
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any

import yaml

from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.text import folded_words, nfc

LONGEST_SUBJECT, LONGEST_BODY, MOST_PLACES = 500, 200_000, 300
URGENCIES = range(4)
PLACE_TO_FILL = re.compile(r"\[[^\]\n]+\]")
"""What a template leaves to be filled."""
LABELS = {
    "kind": "loại văn bản",
    "field": "lĩnh vực",
    "subject": "trích yếu",
    "bases": "căn cứ",
    "body": "nội dung",
    "places": "nơi nhận",
    "urgency": "độ khẩn",
    "due_date": "hạn trả lời",
    "kept_copies": "số bản lưu",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Nơi nhận: a place the letter goes to; `unit` when it is one of this installation, else it goes by post or hand.

    `group`: code of a group (catalogue/addressees.yaml): one line of the page, each agency of it gets the letter.
    `is_addressed`: it stands under "Kính gửi" too. `work`: "handle" or "inform", what is asked of units of one's own
    agency.
    """

    name: str
    unit: int | None = None
    is_addressed: bool = False
    work: str = "inform"
    way: str = "post"
    address: str = ""
    copies: int = 1
    group: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Nhóm nơi nhận: as it is written, how else, and the kinds of agencies that it holds."""

    code: str
    name: str
    also: tuple[str, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Nội dung dự thảo: all that the official page is made from; one line of `body` is one paragraph."""

    kind: str
    subject: str = ""
    body: str = ""
    bases: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    urgency: int = 0
    field: str = ""
    due_date: date | None = None
    kept_copies: int = 1

    def plain(self) -> dict[str, Any]:
        """As it is kept in the database."""
        return {**asdict(self), "due_date": self.due_date.isoformat() if self.due_date else None}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Content":
        """Out of the database."""
        day = kept["due_date"]
        return cls(
            **{name: kept[name] for name in ("kind", "subject", "body", "urgency", "field", "kept_copies")},
            bases=tuple(kept["bases"]), places=tuple(Place(**place) for place in kept["places"]),
            due_date=date.fromisoformat(day) if day else None,
        )  # fmt: skip

    def tidy(self) -> "Content":
        """The same in NFC, without blanks at the ends of lines nor empty bases."""
        return replace(
            self, subject=_tidy(" ".join(self.subject.split())), body=_tidy(self.body),
            bases=tuple(base for base in map(_tidy, self.bases) if base),
            places=tuple(replace(place, name=_tidy(place.name), address=_tidy(place.address)) for place in self.places),
        )  # fmt: skip

    @property
    def addressed(self) -> str:
        """Kính gửi, as one line."""
        return "; ".join(place.name for place in self.places if place.is_addressed)

    @property
    def words(self) -> str:
        """Every word of it, for the gate of state secrets and for the index."""
        places = [place.name for place in self.places]
        return "\n".join([self.subject, *self.bases, self.body, *places])


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in nfc(text).strip().splitlines())


HEAD_ENDS = re.compile(r"^(kính gửi\b|.{0,60}\bngày\s.{0,12}\btháng\s.{0,12}\bnăm\b.{0,10}$)", re.IGNORECASE)
FOOT_BEGINS = re.compile(r"^(nơi nhận\s*:|(TM|KT|TL|TUQ|Q)\.\s)", re.IGNORECASE)


def body_of(text: str) -> str:
    """What stands between the head of a letter (up to "Kính gửi" or the line of its day) and "Nơi nhận".

    A text without a head, as most drafts are, is all body.
    """
    lines = [line.strip() for line in text.replace("\f", "\n").splitlines()]
    foot = next((place for place, line in enumerate(lines) if FOOT_BEGINS.match(line)), len(lines))
    heads = [place for place, line in enumerate(lines[: min(foot, 25)]) if HEAD_ENDS.match(line)]
    return "\n".join(line for line in lines[heads[-1] + 1 if heads else 0 : foot] if line)


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """Tên loại văn bản, with its abbreviation; `group` is "administrative" or "copies"."""

    code: str
    name: str
    abbreviation: str
    group: str
    form: str


@cache
def kinds() -> dict[str, DocumentKind]:
    """The kinds that an agency drafts: the 29 of Điều 7 and the copies; legal texts follow their own law."""
    with (CATALOGUE / "document_kinds.yaml").open(encoding="utf-8") as stream:
        told = yaml.safe_load(stream)
    return {
        row["code"]: DocumentKind(row["code"], row["name"], row["abbreviation"], group, row["form"])
        for group in ("administrative", "copies")
        for row in told[group]
    }


def is_copy(kind: str) -> bool:
    """Whether it is a copy of another paper (sao y, trích sao, sao lục), by its code."""
    return kind in kinds() and kinds()[kind].group == "copies"


PAGES = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")


def pages_named(text: str) -> list[int]:
    """Pages that an extract takes, as they were typed: "Trang 1, 3-5" is 1, 3, 4, 5."""
    spans = [(int(first), int(last or first)) for first, last in PAGES.findall(text)]
    return sorted({page for first, last in spans for page in range(first, last + 1)})


def bears_signature(pdf: bytes) -> bool:
    """Whether a PDF is signed electronically: the bytes that a signature covers are named in the open."""
    return b"/ByteRange" in pdf


@cache
def templates() -> dict[str, dict[str, Any]]:
    """Beginnings of drafts: kind -> subject, bases and body with places to fill."""
    with (CATALOGUE / "templates.yaml").open(encoding="utf-8") as stream:
        return {row["kind"]: row for row in yaml.safe_load(stream)["templates"]}


@cache
def groups() -> dict[str, Group]:
    """Groups of addressees, as catalogue/addressees.yaml has them."""
    with (CATALOGUE / "addressees.yaml").open(encoding="utf-8") as stream:
        rows = yaml.safe_load(stream)["groups"]
    return {row["code"]: Group(row["code"], row["name"], tuple(row["also"]), tuple(row["kinds"])) for row in rows}


SHORT_WORDS = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan"}


def spelt_out(name: str) -> str:
    """A name in the form in which two that mean the same place are equal: no marks, no capitals, UBND and HĐND whole."""
    return " ".join(SHORT_WORDS.get(word, word) for word in folded_words(name))


@cache
def law_of_signers() -> dict[str, Any]:
    """The rules of who signs what: fields and rules, as catalogue/signers.yaml has them."""
    with (CATALOGUE / "signers.yaml").open(encoding="utf-8") as stream:
        told: dict[str, Any] = yaml.safe_load(stream)
    return told


def is_restricted(field: str) -> bool:
    """Whether letters of a field tell outsiders nothing of what they are about, as the catalogue says."""
    return any(row["code"] == field and row.get("restricted", False) for row in law_of_signers()["fields"])


def fields_of_work() -> dict[str, str]:
    """Lĩnh vực by which the right signer is found: code -> name."""
    return {row["code"]: row["name"] for row in law_of_signers()["fields"]}


def rule_for(kind: str, field: str, unit: str) -> dict[str, Any]:
    """The first rule that fits kind, field and the drafting unit's abbreviation; the last one fits everything."""
    asked = {"kinds": kind, "fields": field, "units": unit}
    for rule in law_of_signers()["rules"]:
        if all(value in rule[name] for name, value in asked.items() if name in rule):
            return dict(rule)
    raise LookupError("catalogue/signers.yaml: the last rule must fit everything")


def mistakes(content: Content, today: date) -> dict[str, str]:
    """What is wrong with a draft whatever its state, by field, and how to mend it."""
    wrong = {}
    if content.kind not in kinds():
        wrong["kind"] = "Chọn loại văn bản trong danh sách, ví dụ “Công văn”."
    if content.field and content.field not in fields_of_work():
        wrong["field"] = "Chọn lĩnh vực trong danh sách, hoặc để trống."
    if len(content.subject) > LONGEST_SUBJECT:
        wrong["subject"] = f"Trích yếu dài {len(content.subject)} chữ cái. Rút còn {LONGEST_SUBJECT} trở xuống."
    if len(content.body) > LONGEST_BODY:
        wrong["body"] = f"Nội dung dài quá {LONGEST_BODY:,} chữ cái. Chuyển phần dài thành tệp kèm.".replace(",", ".")
    if content.urgency not in URGENCIES:
        wrong["urgency"] = "Chọn độ khẩn: thường, khẩn, thượng khẩn hoặc hỏa tốc."
    if content.due_date and content.due_date < today:
        wrong["due_date"] = f"Hạn trả lời phải từ hôm nay ({today:%d/%m/%Y}) trở đi."
    if not 1 <= content.kept_copies <= 99:
        wrong["kept_copies"] = "Số bản lưu là số từ 1 đến 99."
    places = _wrong_places(content.places)
    return wrong | ({"places": places} if places else {})


def _wrong_places(places: Sequence[Place]) -> str:
    if len(places) > MOST_PLACES:
        return f"Một văn bản gửi được đến {MOST_PLACES} nơi. Gửi tiếp bằng văn bản khác."
    for place in places:
        if not place.name.strip() or len(place.name) > 200:
            return "Mỗi nơi nhận ghi một tên, ví dụ “Sở Tài chính”, dài đến 200 chữ cái."
        if place.work not in ("handle", "inform") or place.way not in ("post", "hand"):
            return f"Chọn cách gửi cho {place.name}: bưu chính hoặc chuyển tay; để thực hiện hoặc để biết."
        if place.group and (place.unit or place.group not in groups()):
            return f"Chọn {place.name} trong danh bạ: một cơ quan, hoặc một nhóm cơ quan."
        if not 1 <= place.copies <= 999 or len(place.address) > 300:
            return f"Ghi số bản gửi {place.name} từ 1 đến 999, địa chỉ đến 300 chữ cái."
    units = [place.unit for place in places if place.unit]
    twice = next((place.name for place in places if place.unit and units.count(place.unit) > 1), "")
    named = [place.group for place in places if place.group]
    twice = twice or next((place.name for place in places if place.group and named.count(place.group) > 1), "")
    return f"{twice} có hai lần trong nơi nhận. Bỏ một dòng." if twice else ""


def missing(content: Content) -> dict[str, str]:
    """What a draft still needs before anybody checks it."""
    wrong = {}
    if not content.subject.strip():
        wrong["subject"] = "Nhập trích yếu, ví dụ câu sau chữ V/v trên văn bản."
    if content.kind == "extract_copy" and not pages_named(content.body):
        wrong["body"] = "Ghi các trang cần trích, ví dụ “Trang 1, 3-5”."
    if not is_copy(content.kind) and not content.body.strip():
        wrong["body"] = "Nhập nội dung văn bản, hoặc tải tệp Word đã soạn lên."
    left = PLACE_TO_FILL.search(f"{content.subject}\n{content.body}\n" + "\n".join(content.bases))
    if left:
        wrong["subject" if left.group() in content.subject else "body"] = f"Còn chỗ chưa điền: {left.group()[:60]}."
    if not content.places:
        wrong["places"] = "Chọn ít nhất một nơi nhận; bản lưu ở văn thư tự có."
    return wrong


def changes(before: Content | None, after: Content) -> str:
    """What a new version changed, in a few words."""
    if before is None:
        return "bản đầu"
    told = [LABELS[one.name] for one in fields(Content) if getattr(before, one.name) != getattr(after, one.name)]
    if before.body != after.body:
        lines = list(difflib.ndiff(before.body.splitlines(), after.body.splitlines()))
        more, less = (sum(1 for line in lines if line.startswith(sign)) for sign in ("+ ", "- "))
        told[told.index(LABELS["body"])] = f"nội dung (thêm {more} dòng, bớt {less} dòng)"
    return ", ".join(told)[:300]


def compared(before: str, after: str) -> list[tuple[str, str]]:
    """Two bodies line by line: ("=", line), ("-", what went), ("+", what came)."""
    signs = {"  ": "=", "- ": "-", "+ ": "+"}
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [(signs[line[:2]], line[2:]) for line in lines if line[:2] in signs]


def notation(kind: DocumentKind, agency: str, unit: str) -> str:
    """Ký hiệu (Phụ lục I, phần II, mục 3): "QĐ-SKHCN"; without a name of kind "SKHCN-BCVT"; no unit: "SKHCN"."""
    if kind.abbreviation:
        return f"{kind.abbreviation}-{agency}"
    return f"{agency}-{unit}" if unit else agency


def number_text(number: int) -> str:
    """Numbers below ten bear a nought: 7 is "07" (Phụ lục I, phần II, mục 3)."""
    return f"{number:02d}"


def book_for(kind: DocumentKind, open_books: Collection[str]) -> str:
    """The book in which the kind gets its number, by the scheme that the agency chose: that of the books it opened.

    The common book's code where neither is open, so that the refusal names it.
    """
    if kind.group == "copies":
        return "outgoing-copies"
    if "outgoing" in open_books:
        return "outgoing"
    own = {"decision": "outgoing-decisions", "official_letter": "outgoing-letters"}.get(kind.code, "outgoing-others")
    return own if own in open_books else "outgoing"


BOOK_NAMES = {
    "outgoing": "Sổ đăng ký văn bản đi",
    "outgoing-decisions": "Sổ đăng ký quyết định",
    "outgoing-letters": "Sổ đăng ký công văn",
    "outgoing-others": "Sổ đăng ký văn bản có tên loại khác",
    "outgoing-copies": "Sổ đăng ký bản sao",
}


def signature_lines(mark: str, position: str, head: str, collective: str) -> tuple[str, ...]:
    """What stands over a signature (Phụ lục I, phần II, mục 7), in capitals, one line each.

    `head`: title of the agency's head; `collective`: the committee in whose name they sign, or "".
    """
    title = position.upper()
    whole = (f"TM. {collective.upper()}",) if collective else ()
    if mark in ("", "TM."):
        return (*whole, title)
    if mark == "KT.":
        return (*whole, f"KT. {head.upper()}", title)
    return (f"{mark} {head.upper()}", title)


CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Of a verification code: none that is taken for another when read from paper (no 0, 1, I, O)."""
CODE_LENGTH = 12
"""Sixty bits."""


def new_proof_code() -> str:
    """A code by which outsiders find one letter, not to be guessed."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def spoken_code(code: str) -> str:
    """The code in groups of four, as it stands on paper: "7K3P-9QXM-2RTV"."""
    return "-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def typed_code(text: str) -> str:
    """A code as somebody typed it, without blanks and strokes; "" for what can be none."""
    code = "".join(letter for letter in text.upper() if letter not in " -–.·")
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS) else ""


def day_words(day: date) -> tuple[str, str, str]:
    """Day, month and year as the decree writes them: days below ten and months one and two bear a nought."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}", month, str(day.year)
