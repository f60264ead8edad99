"""The server's log beside the backups: where it lies, what follows on what, what it covers.

<backups>/log/<system>/<segment>.sealed             16 MB of log, packed (zlib), whole
<backups>/log/<system>/<segment>.partial.sealed     the newest segment as far as it was written
<backups>/log/<system>/base-2026-11-26_020000/      the cluster as it was: base.sealed (tar, zlib), base.json
<backups>/log/<system>/covered.json                 until when everything that was committed is here
"""

import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from tram.keeping.rules.places import moment_of
from tram.keeping.rules.recovery import RecoveryKey
from tram.keeping.rules.sealing import unsealed
from tram.site.trouble import Trouble

SEGMENT = re.compile(r"[0-9A-F]{24}")
SEGMENTS_A_FILE = 256
"""Of 16 MB each: the last eight digits of a segment's name count to this."""


@dataclass(frozen=True, slots=True)
class Base:
    """Bản nền: a copy of the cluster from which the log goes on."""

    place: Path
    finished_at: datetime
    first: str
    server: int

    def kept(self) -> None:
        """Write down what is known of it."""
        told = asdict(self) | {"place": "", "finished_at": self.finished_at.isoformat()}
        (self.place / "base.json").write_text(json.dumps(told))


def systems(backups: Path) -> list[Path]:
    """The folder of each cluster whose log is here."""
    return sorted(path for path in (backups / "log").glob("*") if path.name.isdigit())


def bases(folder: Path) -> list[Base]:
    """The copies of a cluster, oldest first."""
    found = []
    for place in sorted(folder.glob("base-*")):
        if not place.name.endswith(".part"):
            told = json.loads((place / "base.json").read_text())
            found.append(Base(place, datetime.fromisoformat(told["finished_at"]), told["first"], told["server"]))
    return found


def base_moment(base: Base) -> datetime:
    """When a copy was begun."""
    return moment_of(base.place.name.removeprefix("base-"))


def covered(folder: Path) -> datetime | None:
    """Until when everything that was committed is here."""
    place = folder / "covered.json"
    return datetime.fromisoformat(json.loads(place.read_text())["until"]) if place.exists() else None


def following(segment: str) -> str:
    """The segment after this one, on the same timeline."""
    timeline, high, low = segment[:8], int(segment[8:16], 16), int(segment[16:], 16) + 1
    if low == SEGMENTS_A_FILE:
        high, low = high + 1, 0
    return f"{timeline}{high:08X}{low:08X}"


def segments(folder: Path, first: str) -> list[Path]:
    """The sealed segments from the first to the newest. Raises Trouble where one between is missing."""
    found, segment = list[Path](), first
    while True:
        places = (folder / f"{segment}.sealed", folder / f"{segment}.partial.sealed")
        place = next((place for place in places if place.exists()), None)
        if place is None:
            break
        found.append(place)
        segment = following(segment)
    later = [path.name for path in folder.glob("*.sealed") if path.name[:24] > segment and path.name[:8] == segment[:8]]
    if later or not found:
        raise Trouble(f"Nhật ký ghi trước ở {folder} thiếu đoạn {segment}: không phát lại được đến cuối.")
    return found


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, smaller: an unfinished segment is nearly all zeros."""
    packer = zlib.compressobj(1)
    for piece in pieces:
        if some := packer.compress(piece):
            yield some
    yield packer.flush()


def unpacked(place: Path, key: RecoveryKey) -> Iterator[bytes]:
    """The plain bytes of a sealed and packed file. Raises Trouble where it was cut or changed."""
    unpacker = zlib.decompressobj()
    for piece in unsealed(place, key):
        yield unpacker.decompress(piece)
    yield unpacker.flush()
    if not unpacker.eof:
        raise Trouble(f"{place} bị cắt.")
