"""Books: tables of many rows on paper, with cover and closing lines (NĐ 30/2020/NĐ-CP, Phụ lục IV), printed part by part.

A part is printed and forgotten before the next one begins, in a program of its own, so that twenty thousand rows never
lie in the web worker. A book of one part is tagged PDF/A-2a as typst makes it; bound from several it is a plain PDF, for
no library that we have joins tags.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, TypeVar

import pypdfium2

from tram.web.paper import Undrawable, pdf

R = TypeVar("R")
STEP = 100
PART = 500
"""Rows of a part: 130 MB of memory and a second of processor time."""
AHEAD = 2
"""Parts that the program has taken and not printed yet, when it takes one more."""
BOOK = Path(__file__).parent / "templates" / "web" / "book.typ"
WORDS = [sys.executable, "-I", "-m", "tram.web.binding"]
ENDED = "chương trình in sổ dừng giữa chừng"


@dataclass(frozen=True, slots=True)
class Column:
    """Cột của sổ: `width` as typst has it ("21mm", "1fr"); `align`: left or center."""

    name: str
    width: str
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Cover:
    """Bìa, trang đầu và dòng kết thúc. `first`, `last`: numbers, 0 for a book that counts none.

    `since`, `until`: days as words. `aside`: numbers without a paper, each explained. `marks`: (of what, mark of the
    audit), so that paper proves the record.
    """

    title: str
    agency: str
    parent: str
    year: int
    first: int
    last: int
    since: str
    until: str
    count: int
    aside: tuple[str, ...]
    marks: tuple[tuple[str, str], ...]
    clerk: str
    printed_at: str
    volume: str = "01"


Row = list[dict[str, Any]]
"""Cells: {"now": words, "old": [struck through]}."""


def cells(values: Iterable[object], struck: Iterable[list[str]] = ()) -> Row:
    """A row of plain values, days as they are written; `struck`: for each cell what stood there before."""
    old = iter(struck)
    return [{"now": written(value), "old": next(old, [])} for value in values]


def written(value: object) -> str:
    """A value as it stands in a cell."""
    return value.strftime("%d/%m/%Y") if hasattr(value, "strftime") else str(value or "")


Tell = Callable[[int], None]
"""Told how many rows are done; what it raises ends the work."""


def silent(_done: int) -> None:
    """For who waits for the whole."""


def counted(rows: Iterable[R], tell: Tell) -> Iterator[R]:
    """The rows, and now and then how many of them their taker has done with."""
    for done, row in enumerate(rows):
        if done and done % STEP == 0:
            tell(done)
        yield row


def bind(out: IO[bytes], cover: Cover, columns: Iterable[Column], rows: Iterable[Row], tell: Tell = silent) -> None:
    """Write the book into a file of the disk. `rows` are taken a part at a time. Raises RuntimeError, or what `tell` raises."""
    told = {**asdict(cover), "columns": [asdict(column) for column in columns]}
    bind_list(out, BOOK, told, rows, tell)


def bind_list(out: IO[bytes], template: Path, told: dict[str, Any], rows: Iterable[Any], tell: Tell = silent) -> None:
    """The same with a template of one's own, which gets `told` with each part of the rows, `is_first`, `is_last`, and in
    `page` how many pages stand before it.
    """
    with subprocess.Popen([*WORDS, str(template)], stdin=subprocess.PIPE, stdout=out) as program:
        assert program.stdin is not None
        try:
            for place, line in enumerate(chain([told], parts(rows))):
                program.stdin.write(json.dumps(line).encode() + b"\n")
                tell(max(0, place - AHEAD) * PART)
            program.stdin.close()
        except BrokenPipeError as broken:
            raise RuntimeError(ENDED) from broken
        except BaseException:
            program.kill()
            raise
        if program.wait() != 0:
            raise RuntimeError(ENDED)


def parts(rows: Iterable[R]) -> Iterator[list[R]]:
    """The rows in parts; one empty part where there are none."""
    stream = iter(rows)
    part = list(islice(stream, PART))
    yield part
    while part := list(islice(stream, PART)):
        yield part


def main() -> None:
    """Print each part as its line comes in; bind them when the last one is there."""
    template, told = Path(sys.argv[1]), json.loads(sys.stdin.readline())
    book, held = None, sys.stdin.readline()
    while held:
        following = sys.stdin.readline()
        shape = {"is_first": book is None, "is_last": not following, "page": len(book) if book else 0}
        part = _in_a_child(template, {**told, **shape, "rows": json.loads(held)})
        if book is None and not following:
            sys.stdout.buffer.write(part)
            return
        book = book or pypdfium2.PdfDocument.new()
        printed = pypdfium2.PdfDocument(part)
        book.import_pages(printed)
        printed.close()
        held = following
    if book is not None:
        book.save(sys.stdout.buffer)


def _legible(template: Path, data: dict[str, Any]) -> bytes:
    """A letter that no font has stands as "?": one word in twenty thousand rows must not keep a book from being printed."""
    while True:
        try:
            return pdf(template, data)
        except Undrawable as error:
            text = json.dumps(data, ensure_ascii=False)
            strange = {letter for letter in error.args[0] if letter in text and not letter.isascii()}
            if not strange:
                raise
            data = json.loads(text.translate({ord(letter): "?" for letter in strange}))


def _in_a_child(template: Path, data: dict[str, Any]) -> bytes:
    """typst remembers all that it ever drew; a child takes that along when it ends.

    What it printed comes through a file without a name, of which nothing stays whoever is killed.
    """
    with tempfile.TemporaryFile(prefix="tram-so-") as place:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                place.write(_legible(template, data))
                place.flush()
                code = 0
            finally:
                os._exit(code)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0:
            raise SystemExit(1)
        place.seek(0)
        return place.read()


if __name__ == "__main__":
    main()
