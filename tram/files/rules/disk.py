"""The disk: where contents lie, and the order in which they are made safe (write, fsync, rename, fsync the folder).

Only after the folder's own fsync may a row in the database name the content; so whatever breaks, a row is never without
its bytes, and bytes without a row are swept.
"""

import errno
import fcntl
import os
import re
import shutil
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path

from tram.files.rules.refusals import DiskFull

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
HASH = re.compile(r"[0-9a-f]{64}")
PART = ".part"


def blob_place(data: Path, sha256: str) -> Path:
    """Where content lies: <data>/files/ab/cd/<sha256>."""
    return data / "files" / sha256[:2] / sha256[2:4] / sha256


def drawing_place(data: Path, sha256: str, page: int, width: int) -> Path:
    """Where the image of a page lies: <data>/pages/ab/cd/<sha256>-<page>-<width>."""
    return data / "pages" / sha256[:2] / sha256[2:4] / f"{sha256}-{page}-{width}"


def upload_place(data: Path, key: uuid.UUID) -> Path:
    """Where the bytes of an upload gather: <data>/files/incoming/<id>.part."""
    return data / "files" / "incoming" / f"{key.hex}{PART}"


class OutOfPlace(Exception):
    """A piece leaves a hole, or differs from the bytes kept. `length` is where they end."""

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length


class TooLong(Exception):
    """More bytes came than were announced."""


@contextmanager
def part_of(folder: Path) -> Iterator[Path]:
    """A name for work in progress inside `folder`; what is left under it at the end is removed. Raises DiskFull."""
    path = folder / f"{uuid.uuid4().hex}{PART}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield path
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull from error
        raise
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def work_folder(folder: Path) -> Iterator[Path]:
    """A folder for work in progress inside `folder`, gone at the end. Raises DiskFull."""
    with part_of(folder) as path:
        path.mkdir(mode=0o700)
        try:
            yield path
        finally:
            shutil.rmtree(path, ignore_errors=True)


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file and make its bytes safe."""
    with path.open("xb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


def begin(path: Path) -> None:
    """Make the empty file in which an upload gathers; what it holds already is left as it is. Raises DiskFull."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(0o600)
    except OSError as error:
        if error.errno in FULL:
            raise DiskFull from error
        raise


def append(path: Path, offset: int, pieces: Iterable[bytes], size: int) -> tuple[int, int]:
    """Add pieces of an upload as they come, so that what a cut line brought is kept. Returns the length kept, safe on
    disk, and how many of the bytes were here already: a browser sends a piece again when its line broke.

    The lock is held for a piece, never while waiting for the line: a connection that died unseen cannot keep out the one
    that came after it. Raises OutOfPlace (a hole, or other bytes than those kept), TooLong, FileNotFoundError, DiskFull.
    """
    with path.open("r+b", buffering=0) as file:
        try:
            again = _put(file, offset, b"", size)
            for piece in pieces:
                again += _put(file, offset, piece, size)
                offset += len(piece)
        except OSError as error:
            if error.errno in FULL:
                raise DiskFull from error
            raise
        finally:
            os.fsync(file.fileno())
        return os.fstat(file.fileno()).st_size, again


def _end(file: FileIO, offset: int) -> int:
    """Where the bytes end, which is never before the place where more are to go."""
    length = file.seek(0, os.SEEK_END)
    if not 0 <= offset <= length:
        raise OutOfPlace(length)
    return length


def _put(file: FileIO, offset: int, piece: bytes, size: int) -> int:
    """Write what is new of a piece; how many of its bytes were here already."""
    fcntl.flock(file, fcntl.LOCK_EX)
    try:
        length = _end(file, offset)
        if offset + len(piece) > size:
            raise TooLong
        known = min(length - offset, len(piece))
        if os.pread(file.fileno(), known, offset) != piece[:known]:
            raise OutOfPlace(length)
        written = known
        while written < len(piece):
            written += os.pwrite(file.fileno(), piece[written:], offset + written)
        return known
    finally:
        fcntl.flock(file, fcntl.LOCK_UN)


def keep(part: Path, place: Path) -> None:
    """Give finished work its final name and make the name safe; content that is there already is left as it is."""
    if place.exists():
        os.utime(place)
        return
    _make_folder(place.parent)
    part.chmod(0o440)
    part.rename(place)
    _sync(place.parent)


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        _make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        _sync(folder.parent)


def _sync(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def left(folder: Path, than: float) -> list[Path]:
    """Folders for work in progress that a death left inside `folder` before `than` (seconds since 1970)."""
    found = folder.glob(f"*{PART}")
    return [path for path in found if path.is_dir() and path.stat().st_mtime < than]


def older(folder: Path, than: float) -> Iterator[tuple[str, Path]]:
    """Files under `folder` last touched before `than` (seconds since 1970): the hash in their name or "", and place."""
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_mtime < than:
            named = HASH.match(path.name)
            yield named[0] if named and not path.name.endswith(PART) else "", path


def destroy(data: Path, sha256: str) -> None:
    """Take content and every image drawn of it off the disk, and make that safe; what is gone already is no error."""
    blob = blob_place(data, sha256)
    drawings = drawing_place(data, sha256, 1, 1).parent
    for path in [blob, *(drawings.glob(f"{sha256}-*") if drawings.exists() else ())]:
        path.unlink(missing_ok=True)
    for folder in (blob.parent, drawings):
        if folder.exists():
            _sync(folder)
