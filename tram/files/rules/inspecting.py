"""Inspecting an uploaded file: by its content, in bounded memory, before it is kept."""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO, Protocol

from tram.files.rules.kinds import (
    HEAD,
    MEDIA_TYPES,
    SOUNDS,
    check_extension,
    kind_of_ole,
    refuse_kind,
    sniff,
    sound_kind,
)
from tram.files.rules.names import clean, extension
from tram.files.rules.office import inspect_package
from tram.files.rules.opening import probe_pdf, probe_picture, probe_sound
from tram.files.rules.pdfs import check_pdf
from tram.files.rules.pixels import check_jpeg, check_png
from tram.files.rules.refusals import STANDARD, Limits, refusal, size_text
from tram.files.rules.texts import check_text

STEP = 1024 * 1024


class Stream(Protocol):
    """Anything that is read in steps: an open file, an upload."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """Tệp đã kiểm: what a good file is. `size` in bytes; `pages` and `seconds` None where the kind has none."""

    name: str
    kind: str
    media_type: str
    size: int
    sha256: str
    pages: int | None
    seconds: int | None = None


def inspect(source: Path | Stream, name: str, limits: Limits = STANDARD) -> Inspected:
    """Judge a file by its content; raises FileRefused. A stream is spooled to disk first, up to the size limit."""
    name = clean(name)
    if isinstance(source, Path):
        return _inspect_path(source, name, limits)
    with tempfile.TemporaryDirectory(prefix="tram-") as folder:
        path = Path(folder) / "upload"
        with path.open("xb") as file:
            for piece in limited(source, limits):
                file.write(piece)
        return _inspect_path(path, name, limits)


def limited(stream: Stream, limits: Limits) -> Iterator[bytes]:
    """The stream in steps of 1 MB; raises FileRefused as soon as it is larger than the limit."""
    size = 0
    while piece := stream.read(STEP):
        size += len(piece)
        if size > limits.size:
            raise refusal("too_big", size=size_text(size), limit=size_text(limits.size))
        yield piece


def _inspect_path(path: Path, name: str, limits: Limits) -> Inspected:
    size = path.stat().st_size
    if size > limits.size:
        raise refusal("too_big", size=size_text(size), limit=size_text(limits.size))
    with path.open("rb") as file:
        head = file.read(HEAD)
        if not head.strip(b"\0"):
            raise refusal("empty")
        kind = _kind(file, head, size, name, limits)
    name = check_extension(name, extension(name), kind)
    length = probe_sound(path, kind, limits) if kind in SOUNDS else None
    pages = _open(path, kind, limits)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Inspected(
        name=name, kind=kind, media_type=MEDIA_TYPES[kind], size=size, sha256=digest, pages=pages,
        seconds=None if length is None else max(1, round(length)),
    )  # fmt: skip


def _kind(file: BinaryIO, head: bytes, size: int, name: str, limits: Limits) -> str:
    """The kind by content; packages, pictures and texts are checked on the way. Raises FileRefused."""
    kind, ending = sniff(head), extension(name)
    match kind:
        case "zip":
            kind = inspect_package(file, size, Path(name), limits)
        case "ole":
            with mmap(file.fileno(), 0, access=ACCESS_READ) as text:
                raise refusal(kind_of_ole(lambda stream: text.find(stream) >= 0))
        case "jpg":
            check_jpeg(file, size, limits)
        case "png":
            check_png(file, size, limits)
        case "text" if ending in limits.texts:
            check_text(file, size, limits)
            kind = ending
        case "pdf":
            pass
        case "audio" | "video" if limits.sound_seconds:
            kind = sound_kind(head)
            if size > limits.sound_size:
                raise refusal("sound_too_big", size=size_text(size), limit=size_text(limits.sound_size))
        case _:
            refuse_kind(kind, ending)
    return kind


def _open(path: Path, kind: str, limits: Limits) -> int | None:
    """What needs the file whole: the objects and pages of a PDF, the last row of a picture. The number of pages."""
    match kind:
        case "pdf":
            return probe_pdf(path, limits, encrypted=check_pdf(path, limits))
        case "jpg" | "png":
            probe_picture(path, kind, limits)
            return 1
    return None
