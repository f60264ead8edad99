"""What the import does to an old article, one change at a time: each has its place, its reason, and can be taken back."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a stretch of an old article is, or what is done to it."""

    TITLE, PARAGRAPH, QUOTE, TABLE = "title", "paragraph", "quote", "table"
    LABEL, PUBLISHED, LEAD, REPEAT = "source_label", "published_at", "lead", "repeat"
    HEADING, PICTURE, CAPTION, CREDIT = "heading", "picture", "caption", "credit"
    BYLINE, RATING, EVENT = "byline", "rating", "event_date"
    CODING, LETTERS, LOOKALIKE, SPACE, JOINED, LINK = "coding", "letters", "lookalike", "space", "joined", "link"
    CUT = "cut"


NAMES = {
    Kind.TITLE: "tít",
    Kind.PARAGRAPH: "đoạn văn",
    Kind.QUOTE: "trích dẫn",
    Kind.TABLE: "bảng",
    Kind.LABEL: "nguồn",
    Kind.PUBLISHED: "ngày đăng",
    Kind.LEAD: "đoạn dẫn",
    Kind.REPEAT: "đoạn in lặp",
    Kind.HEADING: "đề mục",
    Kind.PICTURE: "chỗ đặt ảnh",
    Kind.CAPTION: "chú thích ảnh",
    Kind.CREDIT: "người chụp",
    Kind.BYLINE: "bút danh",
    Kind.RATING: "khung chấm điểm",
    Kind.EVENT: "ngày sự kiện",
    Kind.CODING: "bảng mã của tệp",
    Kind.LETTERS: "chữ mã cũ",
    Kind.LOOKALIKE: "chữ trông giống",
    Kind.SPACE: "dấu cách",
    Kind.JOINED: "chữ dính",
    Kind.LINK: "liên kết",
    Kind.CUT: "chỗ có lẽ bị cắt",
}

IN_TEXT = frozenset({Kind.LETTERS, Kind.LOOKALIKE, Kind.SPACE, Kind.JOINED})
"""Kinds that put other letters in the place of some; the others say what a stretch is, and touch no letter of it."""
OF_THE_FILE = frozenset({Kind.CODING, Kind.LINK, Kind.CUT})
"""Kinds that are of the file itself, which is kept: read so while it was opened, or seen in it; nothing is switched."""


@dataclass(frozen=True, slots=True)
class Change:
    """Một thay đổi: where in the opened text (`start` to `end`, and the line, from 1), what stood there, what comes of it, why.

    `made`: done unless somebody takes it back; otherwise it is only proposed, and done when somebody agrees.
    """

    kind: Kind
    start: int
    end: int
    line: int
    before: str
    after: str
    reason: str
    made: bool = True

    @property
    def key(self) -> str:
        """How it is named when somebody agrees to it: by what it is and where, which no later reading of the file renumbers."""
        return f"{self.kind}@{self.start}-{self.end}"

    def covers(self, start: int, end: int) -> bool:
        """Whether the stretch lies within this change."""
        return self.start <= start and end <= self.end


def rewritten(text: str, changes: list[Change], start: int, end: int) -> str:
    """The stretch of the text with the changes in its letters done; they neither overlap nor cross its ends."""
    parts, at = [], start
    for change in sorted(changes, key=lambda one: one.start):
        if change.kind in IN_TEXT and start <= change.start and change.end <= end:
            parts += [text[at : change.start], change.after]
            at = change.end
    return "".join([*parts, text[at:end]])
