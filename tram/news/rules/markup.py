"""The text of an old HTML page: blocks as lines, nothing that runs, nothing fetched."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tram.news.rules.changes import Change, Kind
from tram.news.rules.refusals import ArticleRefused

ACTIVE = {"script", "iframe", "frame", "object", "embed", "applet", "form", "base", "svg", "math"}
SKIPPED = {"style", "title", "template", "noscript", "nav"}
BLOCKS = {
    "h1": Kind.TITLE, "h2": Kind.HEADING, "h3": Kind.HEADING, "h4": Kind.HEADING, "blockquote": Kind.QUOTE, "tr": Kind.TABLE,
    "figcaption": Kind.CAPTION, "figure": None, "p": None, "div": None, "li": None, "section": None, "article": None, "table": None,
    "ul": None, "ol": None, "header": None, "footer": None, "main": None, "body": None, "html": None, "h5": Kind.HEADING,
    "h6": Kind.HEADING, "dt": None, "dd": None, "dl": None, "pre": None, "hr": None, "br": None, "center": None, "tbody": None,
}  # fmt: skip
SPACES = re.compile(r"[ \t\n\r\f]+")
UNSAFE = re.compile(r"^\s*(javascript|vbscript|data)\s*:", re.I)
CUT_TAG = re.compile(r"<[a-zA-Z!/][^<>]*\Z")


@dataclass(slots=True)
class Page:
    """Trang HTML đã đọc: lines of text, what the tags say of some of them (line from 0), links that were let go."""

    text: str = ""
    kinds: dict[int, Kind] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)


def read(html: str) -> Page:
    """The text of a page. Raises ArticleRefused for one that is cut off or that runs code."""
    if CUT_TAG.search(html[-2000:]):
        raise ArticleRefused("cut_page", what="hết tệp ở giữa một thẻ")
    if html.count("<!--") > html.count("-->"):
        raise ArticleRefused("cut_page", what="hết tệp ở giữa một lời ghi chú")
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    for tag in ("html", "body", "table"):
        if tag in reader.opened and tag not in reader.ended:
            raise ArticleRefused("cut_page", what=f"thiếu </{tag}>")
    return reader.page()


class _Reader(HTMLParser):
    """Collects blocks. One block is one line, so that a place in the text is a place in a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[tuple[str, Kind | None]] = []
        self.links: list[tuple[int, str]] = []
        self.words: list[str] = []
        self.kind: Kind | None = None
        self.skipping = 0
        self.opened: set[str] = set()
        self.ended: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._refuse_active(tag, attrs)
        self.opened.add(tag)
        told = dict(attrs)
        if tag in SKIPPED:
            self.skipping += 1
        elif tag == "img":
            self.end_block()
            self.lines.append((SPACES.sub(" ", f"[img] {told.get('alt') or ''}").strip(), Kind.PICTURE))
        elif tag in ("td", "th"):
            self.words.append("\t" if any(word.strip() for word in self.words) else "")
        elif tag in BLOCKS:
            self.end_block()
            self.kind = BLOCKS[tag]
        elif tag == "a" and told.get("href"):
            self.links.append((len(self.lines), told["href"] or ""))

    def handle_endtag(self, tag: str) -> None:
        self.ended.add(tag)
        if tag in SKIPPED:
            self.skipping = max(0, self.skipping - 1)
        elif tag in BLOCKS:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.words.append(SPACES.sub(" ", data))

    def _refuse_active(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        if tag in ACTIVE:
            raise ArticleRefused("active", what=f"thẻ <{tag}>", line=line)
        for name, value in attrs:
            if (
                name.startswith("on")
                or UNSAFE.match(value or "")
                and not (value or "").lower().startswith("data:image/")
            ):
                raise ArticleRefused("active", what=f"thuộc tính {name}", line=line)
        if tag == "meta" and any(name == "http-equiv" and (value or "").lower() == "refresh" for name, value in attrs):
            raise ArticleRefused("active", what="lệnh tự chuyển trang", line=line)

    def end_block(self) -> None:
        """What was gathered is a line of its own, where it says anything."""
        line = "".join(self.words).strip(" ")
        if line.strip():
            self.lines.append((line, self.kind))
        self.words, self.kind = [], None

    def page(self) -> Page:
        """All lines, with a blank one between them."""
        page = Page("\n\n".join(line for line, _ in self.lines))
        at: list[tuple[int, int]] = []
        page.kinds = {2 * number: kind for number, (_, kind) in enumerate(self.lines) if kind}
        for line, _ in self.lines:
            at.append((at[-1][1] + 2 if at else 0, (at[-1][1] + 2 if at else 0) + len(line)))
        for number, address in self.links:
            if number < len(at):
                start, end = at[number]
                reason = "Liên kết của trang cũ không được đưa vào; chữ của nó còn nguyên."
                page.changes.append(Change(Kind.LINK, start, end, 2 * number + 1, address, "", reason))
        return page
