"""The disk: where contents lie, and the order in which they are made safe (write, fsync, rename, fsync the folder).

Only after the folder's own fsync may a row in the database name the content; so whatever breaks, a row is never without
its bytes, and bytes without a row are swept.
"""

import errno
import os
import re
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a new file and make its bytes safe."""
    with path.open("xb") as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())


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


def older(folder: Path, than: float) -> Iterator[tuple[str, Path]]:
    """Files under `folder` last touched before `than` (seconds since 1970): the hash in their name or "", and place."""
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_mtime < than:
            named = HASH.match(path.name)
            yield named[0] if named and not path.name.endswith(PART) else "", path
