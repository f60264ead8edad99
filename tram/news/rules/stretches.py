"""What each line of an old article is: title, label, day, lead, its second printing, pictures, name, rating."""

from dataclasses import dataclass
from datetime import datetime

from tram.news.rules import captions, dates, furniture, words
from tram.news.rules.changes import Change, Kind
from tram.news.rules.opening import Opened
from tram.news.rules.refusals import ArticleRefused
from tram.vietnamese.text import tidy

MOST_HEADER_LINES = 3
LONGEST_HEADING, FEWEST_HEADING_WORDS = 90, 3
SHORTEST_REPEAT = 30
ENDS = tuple(".,;:!?…”\"')")
SHORTEST_CUT, LONGEST_TAIL = 60, 30
CUT_OFF = (
    "Tệp dừng giữa câu: đoạn cuối không có dấu kết câu. Có lẽ tệp bị cắt cụt; đối chiếu với bản gốc trước khi xác nhận."
)


@dataclass(frozen=True, slots=True)
class Line:
    """Dòng có chữ: its number (from 1), its place in the text without the line end, what it is as it stands."""

    number: int
    start: int
    end: int
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Reading:
    """Bài cũ đã đọc: the text of the file, its lines, every change made or proposed in order of place."""

    text: str
    lines: tuple[Line, ...]
    changes: tuple[Change, ...]


class _Finder:
    """Goes over the lines once for each thing that it knows; what was told of a line is not told again."""

    def __init__(self, lines: list[Line], source: str) -> None:
        self.lines = lines
        self.source = source
        self.label = ""
        self.changes: list[Change] = []
        self.told: dict[int, Kind] = {}
        self.published: datetime | None = None
        self.lead: Line | None = None
        self.lead_start = 0

    def say(
        self, line: Line, kind: Kind, after: str, reason: str, *, span: tuple[int, int] | None = None, made: bool = True
    ) -> None:
        """Note that a line, or a part of it, is a thing of this kind."""
        start, end = span or (line.start, line.end)
        before = line.text[start - line.start : end - line.start]
        self.changes.append(Change(kind, start, end, line.number, before, after, reason, made))
        if made and not span:
            self.told[line.number] = kind

    def left(self) -> list[Line]:
        """Lines of which nothing was told yet, and that are plain paragraphs."""
        return [line for line in self.lines if line.kind == Kind.PARAGRAPH and line.number not in self.told]

    def header(self) -> None:
        """Below the title: the label of the source, the moment of publication."""
        for line in self.lines[1 : 1 + MOST_HEADER_LINES]:
            plain = tidy(line.text)
            if not self.label and (label := furniture.label_of_line(plain)):
                self.label = label
                self.say(line, Kind.LABEL, label, "Nhãn nguồn của trang cũ, không phải chữ của bài.")
            elif found := dates.published(plain, self.source or self.label):
                self.published, form = found
                reason = f"Lúc đăng, in theo kiểu {form.name}; kiểu này là của nguồn, không đoán theo từng ngày."
                self.say(line, Kind.PUBLISHED, self.published.isoformat(), reason)
            else:
                break

    def footer(self) -> None:
        """At the end: the frame of a rating, above it the writer's name."""
        rest = self.lines[1:]
        while rest and (found := furniture.rating(tidy(rest[-1].text))):
            counted = f"{found.count} lượt" if found.count else "chưa ai chấm"
            self.say(rest.pop(), Kind.RATING, "", f"Khung chấm điểm của trang cũ ({counted}), không phải chữ của bài.")
        if len(rest) > 2 and rest[-1].kind == Kind.PARAGRAPH and furniture.is_byline(tidy(rest[-1].text)):
            line = rest[-1]
            self.say(line, Kind.BYLINE, tidy(line.text), "Tên hoặc chữ viết tắt của người viết, đứng riêng ở cuối bài.")

    def repeats(self) -> None:
        """The same words printed again."""
        seen = {tidy(self.lines[0].text): self.lines[0]}
        for line in self.left():
            words_of = tidy(line.text)
            first = seen.setdefault(words_of, line)
            if first is not line and len(words_of) >= SHORTEST_REPEAT:
                self.say(
                    line, Kind.REPEAT, "", f"Đoạn này đã in ở dòng {first.number}, giống từng chữ; chỉ giữ một lần."
                )

    def pictures(self) -> None:
        """Marks of pictures, captions that name who took them, a caption under its mark."""
        before: Line | None = None
        for line in self.lines[1:]:
            if line.number in self.told:
                continue
            if line.kind == Kind.PARAGRAPH and captions.MARK.fullmatch(line.text.strip() + " "):
                self.say(line, Kind.PICTURE, "", "Chỗ của một tấm ảnh trong trang cũ; ảnh không có trong tệp.")
            elif line.kind == Kind.PARAGRAPH and (found := captions.credit(tidy(line.text))):
                self._captioned(line, found, before)
            elif (
                before and before.number + 2 >= line.number and self._is_picture(before) and self._may_be_caption(line)
            ):
                self.say(line, Kind.CAPTION, tidy(line.text), "Dòng ngắn ngay dưới ảnh có lẽ là chú thích.", made=False)
            before = line

    def _captioned(self, line: Line, found: tuple[str, str], before: Line | None) -> None:
        caption, who = found
        if caption:
            self.say(line, Kind.CAPTION, caption, f"Chú thích ảnh, người chụp ghi là {who}.")
            return
        self.say(line, Kind.CREDIT, who, "Dòng ghi người chụp ảnh.")
        if before and before.number not in self.told and before.kind == Kind.PARAGRAPH and self._may_be_caption(before):
            reason = f"Dòng ngay trên “{tidy(line.text)}” có lẽ là chú thích của ảnh ấy."
            self.say(before, Kind.CAPTION, tidy(before.text), reason, made=False)

    def _is_picture(self, line: Line) -> bool:
        return Kind.PICTURE in (line.kind, self.told.get(line.number))

    @staticmethod
    def _may_be_caption(line: Line) -> bool:
        return line.kind == Kind.PARAGRAPH and len(line.text.split()) <= captions.MOST_WORDS

    def leads(self) -> None:
        """The first paragraph; what is glued to its front is a label or, perhaps, a caption."""
        left = self.left()
        if len(left) < 2:
            return
        line = left[0]
        self.lead, self.lead_start = line, line.start
        doubled = any(one.kind == Kind.REPEAT and tidy(one.before) == tidy(line.text) for one in self.changes)
        reason = "Đoạn đầu, in hai lần trong trang cũ: đó là đoạn dẫn." if doubled else "Đoạn đầu của bài là đoạn dẫn."
        self.say(line, Kind.LEAD, tidy(line.text), reason)
        label, length = furniture.label_at_start(line.text)
        if label and not self.label:
            self.label, self.lead_start = label, line.start + length
            self.say(line, Kind.LABEL, label, "Nhãn nguồn đứng đầu đoạn dẫn.", span=(line.start, self.lead_start))
        if cut := captions.glued_at(line.text):
            caption = tidy(line.text[:cut])
            reason = f"Chú thích ảnh dính liền đoạn dẫn: “{caption}”. Tách ra khi đúng là chú thích."
            self.say(line, Kind.CAPTION, caption, reason, span=(line.start, line.start + cut), made=False)

    def headings(self) -> None:
        """Short lines without a full stop between paragraphs."""
        left = self.left()
        for line, following in zip(left, left[1:], strict=False):
            plain = tidy(line.text)
            fits = len(plain) <= LONGEST_HEADING and len(plain.split()) >= FEWEST_HEADING_WORDS
            if fits and plain[0].isupper() and not plain.endswith(ENDS) and len(following.text) > 2 * len(plain):
                self.say(line, Kind.HEADING, plain, "Dòng ngắn không có dấu chấm, đứng trước một đoạn: đề mục.")

    def cut(self, text: str) -> None:
        """A last paragraph that stops in the middle of a sentence, with no line end after it: the file may be cut off."""
        last = self.lines[-1]
        is_open = last.kind == Kind.PARAGRAPH and self.told.get(last.number) in (None, Kind.LEAD, Kind.REPEAT)
        if is_open and last.end == len(text) and len(last.text) >= SHORTEST_CUT and not last.text.endswith(ENDS):
            start = last.end - LONGEST_TAIL
            self.say(last, Kind.CUT, last.text[-LONGEST_TAIL:], CUT_OFF, span=(max(start, last.start), last.end))

    def event(self, text: str) -> None:
        """The day of what is told: from the lead, else from the front of the first paragraph."""
        on = self.published.date() if self.published else None
        places = [(self.lead_start, self.lead.end, False)] if self.lead else []
        places += [(line.start, line.end, True) for line in self.left()[:1]]
        for start, end, at_start in places:
            if told := dates.event(text, start, end, at_start=at_start, published_on=on):
                line = next(one for one in self.lines if one.start <= told.start < one.end)
                reason = f"Ngày của việc được kể ({told.ground}); khác với ngày đăng."
                self.say(line, Kind.EVENT, told.iso, reason, span=(told.start, told.end))
                return


def reading_of(opened: Opened, source: str = "") -> Reading:
    """Read an article. `source`: the label of the site it comes from, when it is known; it decides the format of dates.

    Raises ArticleRefused when there is no title with a paragraph below it.
    """
    lines = _lines(opened)
    finder = _Finder(lines, source)
    finder.header()
    finder.footer()
    finder.repeats()
    finder.pictures()
    finder.leads()
    finder.headings()
    finder.event(opened.text)
    if not opened.kinds:  # a page that ends as it should is whole, whatever its last words
        finder.cut(opened.text)
    if not any(line.number not in finder.told or finder.told[line.number] == Kind.LEAD for line in lines[1:]):
        raise ArticleRefused("no_article")
    replaced = {number for number, kind in finder.told.items() if kind in (Kind.LABEL, Kind.PUBLISHED, Kind.RATING)}
    glued = {one.end for one in finder.changes if one.kind == Kind.CAPTION and not one.made}
    letters = [
        one for one in words.mended(opened.text)
        if one.line not in replaced and (one.made or finder.told.get(one.line) != Kind.REPEAT) and not any(one.start < cut < one.end for cut in glued)
    ]  # fmt: skip
    changes = sorted([*opened.changes, *finder.changes, *letters], key=lambda one: (one.start, -one.end))
    return Reading(opened.text, tuple(lines), tuple(changes))


def _lines(opened: Opened) -> list[Line]:
    lines, at = [], 0
    for index, text in enumerate(opened.text.split("\n")):
        if text.strip():
            lines.append(Line(index + 1, at, at + len(text), text, opened.kinds.get(index, Kind.PARAGRAPH)))
        at += len(text) + 1
    return _titled(lines)


def _titled(lines: list[Line]) -> list[Line]:
    """The title: the first <h1>, and what stands above it is no article; in plain text the first line."""
    if not lines:
        raise ArticleRefused("no_article")
    first = next((at for at, line in enumerate(lines) if line.kind == Kind.TITLE), 0)
    kept = [lines[first], *lines[:first], *lines[first + 1 :]]
    kinds = [Kind.TITLE, *(Kind.HEADING if line.kind == Kind.TITLE else line.kind for line in kept[1:])]
    return [Line(line.number, line.start, line.end, line.text, kind) for line, kind in zip(kept, kinds, strict=True)]
