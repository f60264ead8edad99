"""XML parts of a package, read in one bounded pass: no DOCTYPE, no strange encodings, no towers of elements."""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from xml.parsers import expat

from tram.files.rules.blanks import without_blanks
from tram.files.rules.refusals import refusal
from tram.files.rules.zips import pieces

DEEPEST = 256
DECLARED = re.compile(r"""^\s*<\?xml[^>]*encoding\s*=\s*["']([\w.-]+)""", re.I)
See = Callable[[str, dict[str, str]], None]
Hear = Callable[[str], None]
ENCODINGS = {"utf-8", "utf8", "us-ascii", "ascii", "utf-16"}
SHEETS = "xl/worksheets/"


class Tally:
    """How many elements a whole package may have: each costs a microsecond or two."""

    def __init__(self, most: int) -> None:
        self.most, self._seen = most, 0

    def count(self, content: Iterable[bytes]) -> Iterator[bytes]:
        """Pass the content of a part on; raises FileRefused at the piece that is too much."""
        for piece in content:
            self._seen += piece.count(b"<") - piece.count(b"</")
            if self._seen > self.most:
                raise refusal("office_many", limit=self.most)
            yield piece


class Reader:
    """One pass over one part: tells `see` the attributes of elements, `hear` the text of elements in `speak`."""

    def __init__(self, entry: str, see: See, hear: Hear, speak: set[str]) -> None:
        self.entry, self.see, self.hear, self.speak = entry, see, hear, speak
        self._depth = 0
        self._open = 0
        self._said: list[str] = []
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.CharacterDataHandler = self._words if speak else None

    def read(self, content: Iterable[bytes], tally: Tally | None = None) -> None:
        """Read the part; raises FileRefused."""
        content = self._decent(content)
        if self.entry.startswith(SHEETS):
            content = without_blanks(content)
        try:
            for piece in tally.count(content) if tally else content:
                self._parser.Parse(piece, False)
            self._parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise refusal("office_xml", entry=self.entry) from error

    def _decent(self, content: Iterable[bytes]) -> Iterator[bytes]:
        """Look at the first piece for its encoding before the parser believes it."""
        first = True
        for piece in content:
            if first:
                self._check_encoding(piece[:400])
                first = False
            yield piece
        if first:
            raise refusal("office_xml", entry=self.entry)

    def _check_encoding(self, head: bytes) -> None:
        wide = head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in head[:4]
        declared = DECLARED.match(head.decode("utf-16" if wide else "latin-1", "replace").lstrip("\ufeffï»¿"))
        if declared and declared[1].lower() not in ENCODINGS:
            raise refusal("office_encoding", entry=self.entry)

    def _doctype(self, *declaration: object) -> None:
        raise refusal("office_doctype", entry=self.entry)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise refusal("office_deep", entry=self.entry)
        local = name.rpartition(":")[2]
        self.see(local, attributes)
        if local in self.speak:
            self._open, self._said = self._depth, []

    def _end(self, name: str) -> None:
        if self._open == self._depth:
            self.hear("".join(self._said))
            self._open = 0
        self._depth -= 1

    def _words(self, words: str) -> None:
        if self._open:
            self._said.append(words)


def _nothing(*heard: object) -> None:
    """What a listener without ears does."""


def read_part(
    package: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    see: See = _nothing,
    hear: Hear = _nothing,
    speak: Iterable[str] = (),
    tally: Tally | None = None,
) -> None:
    """Read an XML part whole: `see(element, attributes)` for each element, `hear(text)` for those in `speak`; of a sheet without
    the empty cells and rows that follow upon empty ones.

    Raises FileRefused when the part is damaged, too deep, oddly encoded, or brings a DOCTYPE, or more elements than `tally` allows.
    """
    Reader(entry.filename, see, hear, set(speak)).read(pieces(package, entry), tally)
