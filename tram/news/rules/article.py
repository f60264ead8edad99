"""One old article: what its stretches are, and the article that comes of the changes that were agreed to."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from tram.news.rules import captions, furniture
from tram.news.rules.changes import IN_TEXT, OF_THE_FILE, Change, Kind, rewritten
from tram.news.rules.stretches import Reading

Block = dict[str, object]
"""One block of a body: "kind" and what belongs to it; see `BLOCKS`."""


@dataclass(slots=True)
class Article:
    """Bài báo đọc được từ một tệp cũ, với những thay đổi đã nhận."""

    title: str = ""
    source_label: str = ""
    lead: str = ""
    body: list[Block] = field(default_factory=list)
    byline: str = ""
    published_at: str = ""
    """ISO, Vietnamese time; "" where the file prints none."""
    event_date: str = ""
    """ISO; "----09-24" where the year is not told."""
    rating: furniture.Rating | None = None

    @property
    def captions(self) -> list[Block]:
        """The pictures of the body."""
        return [block for block in self.body if block["kind"] == Kind.PICTURE]

    @property
    def plain(self) -> str:
        """All words of lead and body, a block a line."""
        return "\n".join(word for word in (self.lead, *(_words(block) for block in self.body)) if word)


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    kind: Kind
    by: Change | None


def usual(changes: Collection[Change]) -> set[str]:
    """The keys of the changes that are made unless somebody says otherwise."""
    return {change.key for change in changes if change.made}


def article_of(reading: Reading, taken: Collection[str] | None = None) -> Article:
    """The article with the changes of these keys (`usual` when None). With none of them it says what the file says."""
    keys = usual(reading.changes) if taken is None else set(taken)
    agreed = [change for change in reading.changes if change.key in keys]
    letters = [change for change in agreed if change.kind in IN_TEXT]
    article = Article()
    for piece in _pieces(reading, agreed):
        text = rewritten(reading.text, letters, piece.start, piece.end).strip()
        _put(article, piece, text)
    article.event_date = next((change.after for change in agreed if change.kind == Kind.EVENT), "")
    return article


def _pieces(reading: Reading, agreed: list[Change]) -> list[_Piece]:
    """The lines, cut where an agreed change begins or ends; the narrowest change says what a piece is."""
    saying = [one for one in agreed if one.kind not in IN_TEXT | OF_THE_FILE | {Kind.EVENT}]
    by_line: dict[int, list[Change]] = {}
    for change in saying:
        by_line.setdefault(change.line, []).append(change)
    pieces = []
    for line in reading.lines:
        here = by_line.get(line.number, [])
        cuts = sorted({line.start, line.end, *(one.start for one in here), *(one.end for one in here)})
        for start, end in zip(cuts, cuts[1:], strict=False):
            over = [one for one in here if one.covers(start, end)]
            by = min(over, key=lambda one: one.end - one.start) if over else None
            pieces.append(_Piece(start, end, by.kind if by else line.kind, by))
    return pieces


def _put(article: Article, piece: _Piece, text: str) -> None:
    said = piece.by.after if piece.by else ""
    match piece.kind:
        case Kind.TITLE:
            article.title = article.title or text
        case Kind.LABEL:
            article.source_label = said
        case Kind.PUBLISHED:
            article.published_at = said
        case Kind.LEAD:
            article.lead = text
        case Kind.BYLINE:
            article.byline = text
        case Kind.RATING:
            article.rating = furniture.rating(text) or article.rating
        case Kind.REPEAT:
            pass
        case Kind.PICTURE | Kind.CAPTION | Kind.CREDIT:
            _picture(article, piece.kind, text)
        case Kind.TABLE:
            _row(article, [cell.strip() for cell in text.split("\t")])
        case _:
            if text:
                article.body.append({"kind": str(piece.kind), "text": text})


def _picture(article: Article, kind: Kind, text: str) -> None:
    """A mark, a caption and a credit that follow one another are of one picture."""
    last = article.body[-1] if article.body and article.body[-1]["kind"] == Kind.PICTURE else None
    if kind == Kind.PICTURE:
        alt = captions.MARK.sub("", text, count=1)
        article.body.append({"kind": "picture", "caption": "", "credit": "", "alt": alt})
        return
    if last is None or last["caption"] and kind == Kind.CAPTION or last["credit"]:
        last = {"kind": "picture", "caption": "", "credit": "", "alt": ""}
        article.body.append(last)
    caption, who = captions.credit(text) or (text, "")
    last["caption"], last["credit"] = caption or last["caption"], who or last["credit"]


def _row(article: Article, cells: list[str]) -> None:
    last = article.body[-1] if article.body and article.body[-1]["kind"] == Kind.TABLE else None
    if last is None:
        last = {"kind": "table", "rows": []}
        article.body.append(last)
    rows = last["rows"]
    assert isinstance(rows, list)
    rows.append(cells)


def _words(block: Block) -> str:
    if block["kind"] == Kind.TABLE:
        rows = block["rows"]
        assert isinstance(rows, list)
        return " ".join(cell for row in rows for cell in row)
    return str(block["caption"] if block["kind"] == Kind.PICTURE else block["text"])


def day_of(iso: str) -> date | None:
    """A whole ISO day; None for one without a year, and for none."""
    return date.fromisoformat(iso) if len(iso) == 10 and iso[0].isdigit() else None
