"""What an article says, as it is kept, checked and compared: a few fields and a body of blocks. Plain text, no markup at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from tram.kernel.verdicts import Invalid
from tram.news.rules.article import Article, day_of
from tram.vietnamese.text import nfc

LONGEST_TITLE, LONGEST_LEAD, LONGEST_NAME, LONGEST_TEXT, MOST_BLOCKS = 300, 2000, 120, 20_000, 400
MOST_ROWS, MOST_CELLS = 200, 20
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "paragraph": ("Đoạn văn", ("text",)),
    "heading": ("Đề mục", ("text", "level")),
    "quote": ("Trích dẫn", ("text", "who")),
    "picture": ("Ảnh", ("file", "caption", "credit", "consent", "alt", "focus")),
    "table": ("Bảng", ("caption", "rows")),
    "recording": ("Bản ghi âm", ("file", "caption", "spoken", "who", "consent", "text", "written")),
    "file": ("Tệp đính kèm", ("file", "text")),
    "document": ("Thẻ văn bản", ("ref", "text")),
}
"""Kinds of blocks: the name on screens, the fields that each has."""
CONSENTS = {
    "": "chưa rõ",
    "given": "người trong ảnh đã đồng ý",
    "public": "hoạt động công cộng",
    "none_seen": "không thấy rõ mặt ai",
}
"""Why a picture of people may be shown (Bộ luật Dân sự 2015 Điều 32; NĐ 13/2023/NĐ-CP Điều 11)."""
SILENT = "none_heard"
VOICES = {
    "": "chưa rõ",
    "given": "người nói đã đồng ý",
    "office": "cán bộ đọc theo việc được giao",
    SILENT: "không có tiếng người",
}
"""Why a voice may be heard."""
REASONS = {"picture": CONSENTS, "recording": VOICES}


@dataclass(frozen=True, slots=True)
class Block:
    """Khối nội dung: one of `KINDS`; `focus` is the point of a picture that must stay in sight, from its upper left corner (0..1)."""

    kind: str
    text: str = ""
    level: int = 2
    who: str = ""
    file: str = ""
    caption: str = ""
    credit: str = ""
    consent: str = ""
    alt: str = ""
    focus: tuple[float, float] = (0.5, 0.5)
    rows: tuple[tuple[str, ...], ...] = ()
    ref: str = ""
    spoken: str = ""
    """The language of a recording; `written` is that of its words, `text`; "" where it is the same."""
    written: str = ""

    def plain(self) -> dict[str, Any]:
        """As it is kept: the fields of its kind alone."""
        kept: dict[str, Any] = {"kind": self.kind}
        for name in KINDS[self.kind][1]:
            value = getattr(self, name)
            kept[name] = [list(row) for row in value] if name == "rows" else list(value) if name == "focus" else value
        return kept

    @property
    def words(self) -> str:
        """Everything that it says, on one line."""
        cells = [cell for row in self.rows for cell in row]
        return " ".join(part for part in (self.text, self.caption, self.alt, *cells, self.who, self.credit) if part)


@dataclass(frozen=True, slots=True)
class Content:
    """Nội dung bài: what one revision says."""

    title: str = ""
    source_label: str = ""
    lead: str = ""
    body: tuple[Block, ...] = ()
    byline: str = ""
    event_on: date | None = None
    procedure: str = ""
    """Of what it is the guide: a procedure of the catalogue by its address."""

    def plain(self) -> dict[str, Any]:
        """As it is kept in the database."""
        named = {name: getattr(self, name) for name in ("title", "source_label", "lead", "byline")}
        day = self.event_on.isoformat() if self.event_on else None
        guides = {"procedure": self.procedure} if self.procedure else {}
        return {**named, **guides, "event_on": day, "body": [block.plain() for block in self.body]}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Content":
        """Out of the database."""
        day = kept["event_on"]
        return cls(
            **{name: kept[name] for name in ("title", "source_label", "lead", "byline")},
            event_on=date.fromisoformat(day) if day else None,
            procedure=kept.get("procedure", ""),
            body=tuple(block_of(block) for block in kept["body"]),
        )

    @property
    def digest(self) -> str:
        """SHA-256 of what is kept: what was agreed to is what is shown."""
        return digest_of(self.plain())

    @property
    def files(self) -> list[UUID]:
        """The files that its blocks show, each once."""
        return list(dict.fromkeys(UUID(block.file) for block in self.body if block.file))

    def tidy(self) -> "Content":
        """The same in NFC without blanks at the ends; blocks that say nothing are left out, but for the place of a picture."""
        names = ("title", "source_label", "lead", "byline")
        named: dict[str, Any] = {name: _tidy(getattr(self, name)) for name in names}
        body = tuple(_tidy_block(block) for block in self.body)
        return replace(
            self, **named, body=tuple(one for one in body if one.words or one.file or one.ref or one.kind == "picture")
        )


def digest_of(kept: Mapping[str, Any]) -> str:
    """The same of what the database holds."""
    said = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(said.encode()).hexdigest()


def block_of(kept: Mapping[str, Any]) -> Block:
    """A block from its plain form; raises Invalid for a kind or a field that there is not."""
    kind = str(kept.get("kind", ""))
    if kind not in KINDS or set(kept) - {"kind", *KINDS[kind][1]}:
        raise Invalid({"body": "Khối nội dung này không có trong danh mục. Xóa khối rồi thêm lại."})
    told: dict[str, Any] = {name: value for name, value in kept.items() if name in KINDS[kind][1]}
    try:
        if "rows" in told:
            told["rows"] = tuple(tuple(str(cell) for cell in row) for row in told["rows"])
        if "focus" in told:
            across, down = told["focus"]
            told["focus"] = (min(1.0, max(0.0, float(across))), min(1.0, max(0.0, float(down))))
        if told.get("file"):
            told["file"] = str(UUID(str(told["file"])))
    except (TypeError, ValueError) as error:
        raise Invalid({"body": f"Khối “{KINDS[kind][0]}” có dữ liệu sai. Xóa khối rồi thêm lại."}) from error
    told["level"] = 3 if told.get("level") == 3 else 2
    plain: dict[str, Any] = {name: value if name in TYPED else str(value) for name, value in told.items()}
    return Block(kind, **plain)


PLACES = (
    "trên, bên trái", "trên, giữa", "trên, bên phải", "giữa, bên trái", "chính giữa", "giữa, bên phải", "dưới, bên trái", "dưới, giữa",
    "dưới, bên phải",
)  # fmt: skip
"""The nine parts of a picture, row by row, from 1: which of them stays in sight where it is cut."""


FOCUS = "giu-{number}"
"""How what is chosen of them is named, by the picture's number in the article."""


def place_of(picture: Block) -> int:
    """The part of a picture that stays in sight."""
    across, down = (min(2, int(part * 3)) for part in picture.focus)
    return down * 3 + across + 1


def at_place(picture: Block, place: int) -> Block:
    """The picture with another part in sight; the same for its own part and for one that there is not."""
    if place == place_of(picture) or not 1 <= place <= len(PLACES):
        return picture
    down, across = divmod(place - 1, 3)
    return replace(picture, focus=(across / 2, down / 2))


TYPED = {"rows", "focus", "level"}


def checked(content: Content) -> Content:
    """The content as it can be kept, tidied; raises Invalid with a sentence for each field that is too long, or for no title."""
    content = content.tidy()
    wrong = {}
    if not content.title or len(content.title) > LONGEST_TITLE:
        wrong["title"] = f"Nhập tít bài, không quá {LONGEST_TITLE} chữ."
    if len(content.lead) > LONGEST_LEAD:
        wrong["lead"] = f"Đoạn dẫn dài quá {LONGEST_LEAD} chữ. Chuyển bớt xuống thân bài."
    for name, label in (("byline", "Bút danh"), ("source_label", "Nhãn nguồn")):
        if len(getattr(content, name)) > LONGEST_NAME:
            wrong[name] = f"{label} dài quá {LONGEST_NAME} chữ."
    if len(content.body) > MOST_BLOCKS:
        wrong["body"] = f"Bài có quá {MOST_BLOCKS} khối. Chia thành nhiều bài."
    for number, block in enumerate(content.body, start=1):
        if (
            len(block.words) > LONGEST_TEXT
            or len(block.rows) > MOST_ROWS
            or any(len(row) > MOST_CELLS for row in block.rows)
        ):
            wrong["body"] = f"Khối thứ {number} ({KINDS[block.kind][0]}) quá dài. Chia nhỏ khối này."
    if wrong:
        raise Invalid(wrong)
    return content


def obstacles(content: Content) -> list[str]:
    """What stands in the way of showing it to the public, a sentence each; an empty list when nothing does."""
    found = []
    if not content.lead:
        found.append("Bài chưa có đoạn dẫn.")
    if not any(block.kind in ("paragraph", "quote", "table") for block in content.body):
        found.append("Thân bài chưa có đoạn văn nào.")
    for number, block in enumerate(content.body, start=1):
        where = f"Khối {number}"
        if block.kind == "picture":
            found += [f"{where}: {lack}" for lack in _lacks(block)]
        elif block.kind == "recording":
            found += [f"{where}: {lack}" for lack in _unheard(block)]
        elif block.kind == "file" and not (block.file and block.text):
            found.append(f"{where}: tệp đính kèm cần cả tệp và tên gọi.")
        elif block.kind == "document" and not block.ref:
            found.append(f"{where}: thẻ văn bản chưa chỉ vào văn bản nào.")
    if any(block.kind == "paragraph" and block.text == content.lead for block in content.body):
        found.append("Đoạn dẫn in lại trong thân bài. Xóa một chỗ.")
    return found


def untranslated(content: Content, original: Content) -> list[str]:
    """Where a translation still says what the original says, a sentence each; names and figures alone may be the same."""
    same = "còn nguyên chữ của bài tiếng Việt. Dịch chỗ ấy, hoặc xóa."
    found = [f"{where} {same}" for where, one, other in (
        ("Tít bài", content.title, original.title), ("Đoạn dẫn", content.lead, original.lead),
    ) if _says(one) and one == other]  # fmt: skip
    said = {text for block in original.body for text in _read(block) if _says(text)}
    return found + [
        f"Khối {number} {same}" for number, block in enumerate(content.body, start=1) if said & set(_read(block))
    ]


def _read(block: Block) -> tuple[str, ...]:
    """What of a block is in the language of its article: the words of a recording are in their own."""
    return (block.caption,) if block.kind == "recording" else (block.text, block.caption, block.alt)


def _says(text: str) -> bool:
    """Whether a text is a sentence rather than a name or a figure."""
    return len(text.split()) > 4


def _lacks(picture: Block) -> list[str]:
    lacks = []
    if not picture.file:
        lacks.append("chưa có ảnh. Tải ảnh lên hoặc xóa khối.")
    if not picture.alt:
        lacks.append("ảnh chưa có lời mô tả cho người không nhìn thấy.")
    if not picture.consent:
        lacks.append("chưa ghi vì sao được đăng hình người trong ảnh.")
    return lacks


def _unheard(recording: Block) -> list[str]:
    lacks = []
    if not recording.file:
        lacks.append("chưa có bản ghi âm. Đưa tệp vào hoặc xóa khối.")
    if not recording.caption:
        lacks.append("bản ghi âm chưa có tên.")
    if not recording.consent:
        lacks.append("chưa ghi vì sao được đăng giọng của người nói.")
    if recording.consent != SILENT and not (recording.spoken and recording.who):
        lacks.append("chưa ghi bản ghi nói tiếng gì, ai nói.")
    if not recording.text:
        lacks.append("bản ghi âm chưa có lời chép cho người không nghe được.")
    return lacks


def content_of(article: Article) -> Content:
    """An old article, read and agreed to, as the first revision of a draft."""
    names = {field.name for field in fields(Block)}
    body = [block_of({key: value for key, value in block.items() if key in names}) for block in article.body]
    return Content(
        title=article.title, source_label=article.source_label, lead=article.lead, body=tuple(body),
        byline=article.byline, event_on=day_of(article.event_date),
    )  # fmt: skip


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in nfc(text).strip().splitlines())


def _tidy_block(block: Block) -> Block:
    named: dict[str, Any] = {
        name: _tidy(getattr(block, name))
        for name in ("text", "who", "caption", "credit", "alt", "ref", "consent", "spoken", "written")
    }
    rows: Sequence[Sequence[str]] = [[_tidy(cell) for cell in row] for row in block.rows]
    if named["consent"] not in REASONS.get(block.kind, {}):
        named["consent"] = ""
    return replace(block, **named, rows=tuple(tuple(row) for row in rows if any(row)))
