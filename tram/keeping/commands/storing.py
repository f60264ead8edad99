"""Putting things away: sealed on the disk, contents under names that tell nothing, each read back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from tram.keeping.rules import places
from tram.keeping.rules.dumping import PIECE
from tram.keeping.rules.recovery import RecoveryKey
from tram.keeping.rules.sealing import Sealer, unsealed
from tram.kernel.crashpoints import crashpoint
from tram.site.trouble import Trouble


@contextmanager
def sealing(place: Path, key: RecoveryKey) -> Iterator[Sealer]:
    """A new sealed file for the length of the block."""
    sealer = Sealer(place, key)
    try:
        yield sealer
        sealer.close()
    finally:
        sealer.abandon()


def seal(place: Path, key: RecoveryKey, pieces: Iterable[bytes]) -> tuple[int, str]:
    """Seal bytes into a new file; how many there were, and their hash."""
    with sealing(place, key) as sealer:
        for piece in pieces:
            sealer.write(piece)
    return sealer.size, sealer.sha256


def keep_content(key: RecoveryKey, source: Path, one: str, place: Path) -> bool:
    """Seal one content and read it back; False where the house does not have it as its hash says."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = place.with_name(place.name + places.PART)
    part.unlink(missing_ok=True)
    try:
        with source.open("rb") as file:
            _, told = seal(part, key, iter(lambda: file.read(PIECE), b""))
        if told != one:
            return False
        again = sha256()
        for piece in unsealed(part, key):
            again.update(piece)
        if again.hexdigest() != one:
            raise Trouble(f"Đĩa chứa bản sao lưu ghi sai: {part} đọc lại không như đã ghi. Thay đĩa.")
        crashpoint("keeping.content.sealed")
        part.replace(place)
        places.sync(place.parent)
        return True
    except FileNotFoundError:
        return False
    finally:
        part.unlink(missing_ok=True)
