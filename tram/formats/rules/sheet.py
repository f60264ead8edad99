"""What stands on an official page, and what is found wrong with it: plain words and days, before anybody draws them.

Sources: NĐ 30/2020/NĐ-CP, Điều 7 to 9, Phụ lục I (cells 1 to 14) and Phụ lục III (kinds, samples).
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from tram.vietnamese.text import nfc

PARAGRAPH, BULLET, CENTRED, TABLE = "paragraph", "bullet", "centred", "table"
PART, CHAPTER, SECTION, SUBSECTION = "part", "chapter", "section", "subsection"
ARTICLE, HEADING, CLAUSE, POINT = "article", "heading", "clause", "point"
BLOCKS = (
    PARAGRAPH, BULLET, CENTRED, TABLE, PART, CHAPTER, SECTION, SUBSECTION, ARTICLE, HEADING, CLAUSE, POINT
)  # fmt: skip
COPIES = ("true_copy", "forwarded_copy", "extract_copy")
STAMPS = ("KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")
FIELDS = {
    "nation": "Quốc hiệu",
    "motto": "Tiêu ngữ",
    "organ": "Tên cơ quan ban hành",
    "superior": "Tên cơ quan chủ quản",
    "number": "Số",
    "notation": "Ký hiệu",
    "place": "Địa danh",
    "day": "Ngày, tháng, năm",
    "kind": "Tên loại",
    "subject": "Trích yếu",
    "urgency": "Mức độ khẩn",
    "addressees": "Kính gửi",
    "authority": "Thẩm quyền ban hành",
    "grounds": "Căn cứ",
    "body": "Nội dung",
    "titles": "Quyền hạn, chức vụ của người ký",
    "name": "Họ và tên người ký",
    "recipients": "Nơi nhận",
    "drafter": "Ký hiệu người soạn thảo",
    "appendices": "Phụ lục",
    "page": "Trang giấy",
}
STEPS = {"body": "đoạn", "grounds": "căn cứ", "appendices": "phụ lục"}


@dataclass(frozen=True, slots=True)
class Block:
    """Khối nội dung: one of BLOCKS.

    `number`: "I", "1", "a" of whatever is numbered; `title`: heading words, drawn bold; `text`: running words, one
    paragraph. `rows`: cells of a table, the first row is its head when `has_head`.
    A `heading` is "I. KẾT QUẢ" of a report (mục), a `section` is "Mục 1" under a chapter.
    """

    kind: str = PARAGRAPH
    text: str = ""
    number: str = ""
    title: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    has_head: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    """Khối ký, cell 7: `titles` line by line as they stand ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"); `post`: another post (7b)."""

    titles: tuple[str, ...] = ()
    name: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Appendix:
    """Phụ lục kèm theo: numbered by its order (I, II …) when there are several; pages of its own."""

    title: str = ""
    body: tuple[Block, ...] = ()
    is_landscape: bool = False


@dataclass(frozen=True, slots=True)
class Proof:
    """Dòng xác minh: what leads an outsider to the proof of the paper; drawn in the margin under page one, in no cell.

    `address`: in the square code; `site`: where to type the code by hand; `code`: as read from paper.
    """

    address: str
    site: str
    code: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Trang văn bản: all that stands on it, each thing as the reader will see it, without labels and list marks.

    `kind`: code of catalogue/document_kinds.yaml. `superior`, `organ`: in any case (capitals are drawn).
    `number` "" and `day` None leave a place to be filled later; `year` is then printed if it is known.
    `notation`: "QĐ-UBND". `subject`: without "V/v". `urgency`: "" or one of STAMPS. `circulation`: "LƯU HÀNH NỘI BỘ".
    `addressees`: Kính gửi. `authority`: who decides, above the grounds. `grounds`: each with its own full words, no ";".
    `recipients`: Nơi nhận without dashes and ends, the last "Lưu: VT, QLVT". `drafter`: cell 12, "PL.(300)".
    `contact`: cell 13. `secretary`: the other signature of minutes.
    For a copy: what its own block bears; `organ` is the copying agency.
    """

    kind: str
    organ: str = ""
    superior: str = ""
    number: str = ""
    notation: str = ""
    place: str = ""
    day: date | None = None
    year: int = 0
    subject: str = ""
    urgency: str = ""
    circulation: str = ""
    addressees: tuple[str, ...] = ()
    authority: str = ""
    grounds: tuple[str, ...] = ()
    body: tuple[Block, ...] = ()
    signature: Signature = Signature()
    secretary: Signature | None = None
    recipients: tuple[str, ...] = ()
    drafter: str = ""
    contact: str = ""
    appendices: tuple[Appendix, ...] = ()
    proof: Proof | None = None

    def as_json(self) -> dict[str, Any]:
        """The sheet as JSON values; `sheet_from` makes it again."""
        return asdict(self) | {"day": self.day.isoformat() if self.day else None}


def sheet_from(values: dict[str, Any]) -> Sheet:
    """The sheet that `as_json` wrote down, in NFC; names that it does not know are left out."""
    values = _composed(values)
    known = {name: values[name] for name in Sheet.__slots__ if name in values}
    for name in ("addressees", "grounds", "recipients"):
        known[name] = tuple(known.get(name) or ())
    known["day"] = date.fromisoformat(known["day"]) if known.get("day") else None
    known["body"] = _blocks(known.get("body"))
    known["signature"] = _signature(known.get("signature") or {})
    known["secretary"] = _signature(known["secretary"]) if known.get("secretary") else None
    known["proof"] = Proof(**known["proof"]) if known.get("proof") else None
    known["appendices"] = tuple(
        Appendix(one.get("title", ""), _blocks(one.get("body")), bool(one.get("is_landscape")))
        for one in known.get("appendices") or ()
    )
    return Sheet(**known)


def _composed(told: Any) -> Any:
    if isinstance(told, str):
        return nfc(told)
    if isinstance(told, dict):
        return {name: _composed(value) for name, value in told.items()}
    return [_composed(value) for value in told] if isinstance(told, list | tuple) else told


def _blocks(told: Any) -> tuple[Block, ...]:
    return tuple(Block(**one | {"rows": tuple(tuple(row) for row in one.get("rows") or ())}) for one in told or ())


def _signature(told: dict[str, Any]) -> Signature:
    return Signature(tuple(told.get("titles") or ()), told.get("name", ""), told.get("post", ""))


@dataclass(frozen=True, slots=True)
class Finding:
    """Lỗi thể thức: what breaks the rule, where, and what to put instead.

    `rule`: id in catalogue/format_rules.yaml. `cell`: "4", "9b" of Phụ lục I (II for capitals inside the text).
    `field`, `at`: field of the Sheet and place in it (grounds 2, body 5); `at` is None for a single value.
    `said`: the words that break it; `message`: a whole Vietnamese sentence; `fix`: what the words should be, "" where
    only a person can say; `article`: where the law says so. `is_wrong`: breaks the decree; else it deserves a look.
    """

    rule: str
    cell: str
    field: str
    message: str
    article: str
    said: str = ""
    fix: str = ""
    at: int | None = None
    is_wrong: bool = True

    @property
    def where(self) -> str:
        """The place in words: "Ô số 9b, Nơi nhận, dòng 3"."""
        cell = f"Ô số {self.cell}, " if self.cell[0].isdigit() else ""
        step = f", {STEPS.get(self.field, 'dòng')} {self.at + 1}" if self.at is not None else ""
        return f"{cell}{FIELDS[self.field]}{step}"
