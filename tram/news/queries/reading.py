"""Reading old articles: what would come of each file, and which sentences stand nearly alike in two of them."""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from tram.news.rules import opening
from tram.news.rules.article import Article, article_of
from tram.news.rules.changes import NAMES, OF_THE_FILE
from tram.news.rules.refusals import LARGEST_FILE, ArticleRefused
from tram.news.rules.stretches import Reading, reading_of
from tram.news.rules.twins import Twin, twins

BESIDE = (".json",)
"""Data that lie beside articles, and are none."""


@dataclass(frozen=True, slots=True)
class Read:
    """Tệp đã đọc: the reading and the article with the usual changes, or the sentence that says why there is none."""

    file: str
    reading: Reading | None = None
    article: Article | None = None
    error: str = ""
    error_id: str = ""


def read_article(data: bytes, name: str = "", *, source: str = "") -> Read:
    """Read the bytes of one file; a file that is no article is answered by its sentence, never by half an article."""
    try:
        reading = reading_of(opening.opened(data), source)
    except ArticleRefused as refusal:
        return Read(name, error=str(refusal), error_id=refusal.id)
    return Read(name, reading, article_of(reading))


def files_of(folder: Path) -> list[Path]:
    """The files of a folder and of those in it, in order; a file alone is its own list. What begins with a dot,
    JSON beside the articles, and what a link finds outside of the folder is left out."""
    if not folder.is_dir():
        return [folder]
    home = folder.resolve()
    inside = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [
        path
        for path in inside
        if path.suffix.lower() not in BESIDE
        and path.resolve().is_relative_to(home)
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]


def name_of(path: Path) -> str:
    """A name as it may be printed and kept: letters of another coding, of which names on old disks are full, as �."""
    return os.fsencode(path).decode("utf-8", "replace")


def read_files(paths: Iterable[Path], *, source: str = "") -> list[Read]:
    """Read every file; a large one is refused before it is read."""
    return [_read_file(path, source) for path in paths]


def _read_file(path: Path, source: str) -> Read:
    try:
        with path.open("rb") as stream:
            start = stream.read(4)
            if path.stat().st_size > LARGEST_FILE and not start.startswith(b"PK"):
                raise ArticleRefused("large", size=f"{round(path.stat().st_size / 1_000_000)} MB")
            stream.seek(0)
            data = stream.read()
    except OSError:
        refusal = ArticleRefused("missing")
        return Read(name_of(path), error=str(refusal), error_id=refusal.id)
    except ArticleRefused as refusal:
        return Read(name_of(path), error=str(refusal), error_id=refusal.id)
    return read_article(data, name_of(path), source=source)


def articles_as_json(found: Iterable[Read]) -> Iterator[str]:
    """One JSON object an article on one line; a file that is none gives {"file": …, "error": sentence, "error_id": …}."""
    read = list(found)
    alike = twins({one.file: one.article.plain for one in read if one.article})
    for one in read:
        yield json.dumps(_as_json(one, alike.get(one.file, [])), ensure_ascii=False)


def _as_json(one: Read, alike: list[Twin]) -> dict[str, object]:
    if one.article is None or one.reading is None:
        return {"file": one.file, "error": one.error, "error_id": one.error_id}
    article, rating = one.article, one.article.rating
    return {
        "file": one.file,
        "title": article.title,
        "source_label": article.source_label or None,
        "lead": article.lead,
        "body": article.body,
        "byline": article.byline or None,
        "captions": _captions(one.reading, article),
        "published_at": article.published_at or None,
        "event_date": article.event_date or None,
        "rating": {"count": rating.count, "total": rating.total} if rating else None,
        "changes": changes_as_json(one.reading),
        "near_duplicates": [asdict(twin) for twin in alike],
    }


def _captions(reading: Reading, article: Article) -> list[dict[str, object]]:
    """Captions of the article, and those that are only proposed."""
    sure = [{"text": block["caption"], "credit": block["credit"], "proposed": False} for block in article.captions]
    return sure + [
        {"text": change.after, "credit": "", "proposed": True}
        for change in reading.changes
        if change.kind == "caption" and not change.made
    ]


def changes_as_json(reading: Reading) -> list[dict[str, object]]:
    """Every change with its key, place (line from 1; letters from `start` to `end` of the text), reason and state."""
    return [
        {
            "key": change.key,
            "kind": str(change.kind),
            "name": NAMES[change.kind],
            "line": change.line,
            "start": change.start,
            "end": change.end,
            "before": change.before,
            "after": change.after,
            "reason": change.reason,
            "made": change.made,
            "reversible": "file" if change.kind in OF_THE_FILE else "switch",
        }
        for change in reading.changes
    ]
