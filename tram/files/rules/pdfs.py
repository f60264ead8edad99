"""PDF: what its objects may not hold, found by reading the objects themselves, wherever they are packed.

The file is read once. Outside its streams the names of objects are looked for at the speed of a regular expression;
only when a forbidden name turns up is the object read word by word, to tell a name from a word inside a text.
Sources: ISO 32000-2, 7.2-7.5 (syntax), 12.6 (actions), 12.5 (annotations).
"""

import re
import zlib
from bisect import bisect
from collections.abc import Callable, Iterable
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from pathlib import Path

from tram.files.rules.refusals import Limits, refusal

SPACE = b"\0\t\n\f\r "
STREAM = re.compile(rb"\bstream(?=\r?\n|\r)")
OBJECT = re.compile(rb"(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+obj\b")
OBJECT_ENDS = re.compile(rb"(end|\d[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+)obj$")
REFERENCE = re.compile(rb"(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+R\b")
NAME_END = rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|$)"
ESCAPED = re.compile(rb"/[^\0\t\n\f\r ()<>\[\]{}/%]*#[0-9A-Fa-f]{2}[^\0\t\n\f\r ()<>\[\]{}/%]*")
ACTION = re.compile(rb"/S[\0\t\n\f\r ]*/(JavaScript|Launch)" + NAME_END)
TO_ADDRESS = re.compile(rb"/S[\0\t\n\f\r ]*/URI" + NAME_END)
ENCRYPT = re.compile(rb"/Encrypt" + NAME_END)
SIDE = re.compile(rb"/(Width|Height)[\0\t\n\f\r ]+(\d{1,9})")
FILTER = re.compile(rb"/(FlateDecode|Fl|LZWDecode|LZW|RunLengthDecode|ASCII85Decode|ASCIIHexDecode)" + NAME_END)
IN_OPEN = re.compile(rb"%[^\r\n]*|\(")
IN_TEXT = re.compile(rb"\\.|[()]", re.S)
MARKUP = re.compile(rb"(?i)<script[\s>]|<\?php|<html[\s>]|<svg[\s>]|<!doctype|<iframe[\s>]|<body[\s>]")
STREAM_LIMIT = 64 * 1024 * 1024
TOTAL_LIMIT = 512 * 1024 * 1024
JUDGED_LIMIT = 2000
OBJECT_REACH = 64 * 1024
STEP = 1024 * 1024
FORGET_STEP = 16 * 1024 * 1024

FORBIDDEN = {
    b"JavaScript": "pdf_javascript",
    b"JS": "pdf_javascript",
    b"Rendition": "pdf_multimedia",
    b"Launch": "pdf_launch",
    b"SubmitForm": "pdf_submit",
    b"ImportData": "pdf_submit",
    b"GoToR": "pdf_remote",
    b"GoToE": "pdf_remote",
    b"FileAttachment": "pdf_attachment_note",
    b"Collection": "pdf_portfolio",
    b"EmbeddedFile": "pdf_embedded",
    b"EmbeddedFiles": "pdf_embedded",
    b"XFA": "pdf_xfa",
    b"RichMedia": "pdf_rich_media",
    b"RichMediaContent": "pdf_rich_media",
    b"Movie": "pdf_multimedia",
    b"Sound": "pdf_multimedia",
    b"3D": "pdf_multimedia",
    b"FFilter": "pdf_outside_stream",
}
OPENING = (b"OpenAction", b"AA")
WATCHED = (*FORBIDDEN, *OPENING)
CANDIDATE = re.compile(rb"/(" + b"|".join(re.escape(name) for name in WATCHED) + rb")" + NAME_END)
TWO_MEANINGS = {b"Sound", b"Movie", b"3D", b"Collection"}


def check_pdf(path: Path, limits: Limits) -> bool:
    """Read a PDF's objects; raises FileRefused with the first thing found. True when the file is encrypted.

    Pages are counted elsewhere, by the program that also draws them.
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as text:
        _check_ends(text)
        objects = Objects(text, limits)
        objects.check()
        return objects.encrypted


def _check_ends(text: mmap) -> None:
    """The head is first, the end is last, and no zip is hung on behind."""
    end = text.rfind(b"%%EOF")
    if end < 0 or text.rfind(b"startxref") < 0:
        raise refusal("pdf_cut")
    tail = text[end + 5 : end + 5 + STEP]
    if text.rfind(b"PK\x05\x06", max(0, len(text) - 65557)) >= 0 and b"PK\x01\x02" in text[-STEP:]:
        raise refusal("pdf_zip")
    if MARKUP.search(tail):
        raise refusal("pdf_markup")
    if tail.strip(SPACE):
        raise refusal("pdf_cut" if OBJECT.search(tail) else "pdf_tail")


class Objects:
    """The objects of one PDF: what lies between its streams, and what is packed in object streams.

    Readers disagree on broken syntax, so wherever two readings are possible both are judged.
    """

    def __init__(self, text: mmap, limits: Limits) -> None:
        self.text, self.limits = text, limits
        self.encrypted = False
        self._unpacked = self._judged = 0
        self._opened: set[int] = set()
        self._addresses: set[int] = set()

    def check(self) -> None:
        """Raises FileRefused."""
        at = forgotten = 0
        while found := STREAM.search(self.text, at):
            if at - forgotten > FORGET_STEP:
                self.text.madvise(MADV_DONTNEED)
                forgotten = at
            region = self.text[at : found.start()]
            self._check_region(region)
            self._check_stream(_last_dictionary(region), found.end())
            at = self._stream_end(found.end()) if _is_bare(region, len(region), all) else found.end()
        self._check_region(self.text[at:])
        if self._opened & self._addresses:
            raise refusal("pdf_open_link")

    def _stream_end(self, start: int) -> int:
        """Where reading resumes after a stream: at its end word, or at an object that begins inside it."""
        end = self.text.find(b"endstream", start)
        end = end if end >= 0 else len(self.text)
        at = self.text.find(b"obj", start, end)
        while at >= 0 and not OBJECT_ENDS.search(self.text[max(start, at - 24) : at + 3]):
            at = self.text.find(b"obj", at + 3, end)
        end = max(start, at - 24) if at >= 0 else end
        if self.text.find(b"/JavaScript", start, end) >= 0 or self.text.find(b"/Launch", start, end) >= 0:
            action = ACTION.search(self.text, start, end)
            if action:
                raise refusal(FORBIDDEN[action[1]])
        return end

    def _check_region(self, region: bytes, numbers: list[tuple[int, int]] | None = None) -> None:
        """Names of one region. `numbers` are the places and numbers of packed objects; else their heads are read."""
        if MARKUP.search(region):
            raise refusal("pdf_markup")
        self.encrypted |= ENCRYPT.search(region) is not None
        for found in CANDIDATE.finditer(region):
            self._judge(region, found.start(), found[1])
        for found in ESCAPED.finditer(region):
            name = _unescaped(found[0][1:])
            if name in WATCHED:
                self._judge(region, found.start(), name)
        addresses = [found.start() for found in TO_ADDRESS.finditer(region)]
        if addresses:
            places = numbers or [(found.start(), int(found[1])) for found in OBJECT.finditer(region)]
            self._addresses |= {places[bisect(places, (at, 1 << 40)) - 1][1] for at in addresses if places}

    def _judge(self, region: bytes, at: int, name: bytes) -> None:
        """A name that may be forbidden: is it a name here, and in a place where it acts?"""
        self._judged += 1
        if self._judged > JUDGED_LIMIT:
            raise refusal("pdf_slow", seconds=int(self.limits.seconds))
        if not _is_bare(region, at, any):
            return
        if name in OPENING:
            self._note_opening(region[at + 1 + len(name) : at + 4000])
        elif name not in TWO_MEANINGS or _acts(region, at, name):
            raise refusal(FORBIDDEN[name])

    def _note_opening(self, action: bytes) -> None:
        """What happens on opening may turn to a page; it must not call an address, here or in the object it names."""
        action = _dictionary(action.lstrip(SPACE))
        if TO_ADDRESS.search(action):
            raise refusal("pdf_open_link")
        self._opened |= {int(found[1]) for found in REFERENCE.finditer(action)}

    def _check_stream(self, dictionary: bytes, start: int) -> None:
        """Packed objects are read like the rest; other packed streams only counted, so that none is a bomb."""
        plain = ESCAPED.sub(lambda found: b"/" + _unescaped(found[0][1:]), dictionary)
        filters = [found[1] for found in FILTER.finditer(plain)]
        if len([name for name in filters if name in (b"FlateDecode", b"Fl")]) > 1 or len(filters) > 3:
            raise refusal("pdf_filters")
        if re.search(rb"/Subtype[\0\t\n\f\r ]*/Image" + NAME_END, plain):
            _check_picture(plain, self.limits)
        elif re.search(rb"/ObjStm" + NAME_END, plain):
            if filters not in ([], [b"FlateDecode"], [b"Fl"]):
                raise refusal("pdf_packing")
            content = self._unpack(start, keep=True) if filters else self.text[start : self._stream_end(start)]
            self._check_region(content, _packed_numbers(content, plain))
        elif filters[:1] in ([b"FlateDecode"], [b"Fl"]):
            self._unpack(start, keep=False)

    def _unpack(self, start: int, keep: bool) -> bytes:
        """Unpack a stream in steps, keeping it only when asked; raises FileRefused when it grows out of proportion."""
        start += 2 if self.text[start : start + 2] == b"\r\n" else 1
        kept: list[bytes] = []
        worker, size = zlib.decompressobj(), 0
        for at in range(start, len(self.text), STEP):
            piece = self.text[at : at + STEP]
            while piece and not worker.eof:
                try:
                    plain = worker.decompress(piece, STEP)
                except zlib.error:
                    return b"".join(kept)
                piece, size = worker.unconsumed_tail, size + len(plain)
                self._unpacked += len(plain)
                if size > STREAM_LIMIT or self._unpacked > max(TOTAL_LIMIT, 4 * len(self.text)):
                    raise refusal("pdf_bomb")
                if keep:
                    kept.append(plain)
            if worker.eof:
                break
        return b"".join(kept)


def _unescaped(name: bytes) -> bytes:
    """A name as it is meant: "J#61vaScript" is "JavaScript"."""
    return re.sub(rb"#([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), name)


def _last_dictionary(region: bytes) -> bytes:
    """The text of the object that a stream belongs to."""
    head = region[-20_000:]
    starts = [found.end() for found in OBJECT.finditer(head)]
    return head[starts[-1] :] if starts else head


def _packed_numbers(content: bytes, dictionary: bytes) -> list[tuple[int, int]]:
    """Places and numbers of the objects in an object stream, from the pairs at its head."""
    first = re.search(rb"/First[\0\t\n\f\r ]+(\d{1,9})", dictionary)
    begin = int(first[1]) if first else 0
    words = [int(word) for word in re.findall(rb"\d{1,10}", content[:begin])]
    return sorted((begin + place, number) for number, place in zip(words[::2], words[1::2], strict=False))


def _is_bare(region: bytes, at: int, judge: Callable[[Iterable[bool]], bool]) -> bool:
    """Whether the place lies outside texts and comments, read from its own object, from the region's start, or both."""
    reach = max(0, at - OBJECT_REACH)
    own = [found.end() for found in OBJECT.finditer(region, reach, at)]
    return judge(_outside(region[start:at]) for start in {own[-1] if own else reach, reach})


def _outside(text: bytes) -> bool:
    """Whether a reader that has read `text` stands outside any text in brackets and any comment."""
    at, depth = 0, 0
    while found := (IN_TEXT if depth else IN_OPEN).search(text, at):
        at = found.end()
        match found[0][:1]:
            case b"(":
                depth += 1
            case b")":
                depth -= 1
            case b"%" if at == len(text) and not text.endswith((b"\r", b"\n")):
                return False
    return depth == 0


def _dictionary(text: bytes) -> bytes:
    """A dictionary, an array or a reference at the start of `text`, without what follows it."""
    if not text.startswith(b"<<"):
        found = REFERENCE.match(text)
        return found[0] if found else b""
    depth = 0
    for found in re.finditer(rb"<<|>>", text):
        depth += 1 if found[0] == b"<<" else -1
        if depth == 0:
            return text[: found.end()]
    return text


def _acts(region: bytes, at: int, name: bytes) -> bool:
    """Names with other uses ("Sound" in a font's name, "Collection" of a reader): only as kind, action or entry."""
    before = region[max(0, at - 40) : at].rstrip(SPACE)
    after = region[at + 1 + len(name) : at + 60].lstrip(SPACE)
    if name == b"Collection":
        return after.startswith(b"<<") or REFERENCE.match(after) is not None
    return before.endswith((b"/S", b"/Subtype", b"/Type"))


def _check_picture(dictionary: bytes, limits: Limits) -> None:
    """No picture may declare more pixels than the limit."""
    sides = {found[1]: int(found[2]) for found in SIDE.finditer(dictionary)}
    pixels = sides.get(b"Width", 0) * sides.get(b"Height", 0)
    if pixels > limits.pixels:
        raise refusal("pdf_picture", size=pixels, limit=limits.pixels)
