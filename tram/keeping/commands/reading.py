"""Reading a backup back: from the disk, to its last byte, every hash."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tram.keeping.rules.dumping import read_back
from tram.keeping.rules.manifest import Manifest, Seen
from tram.keeping.rules.places import content_place
from tram.keeping.rules.recovery import RecoveryKey
from tram.keeping.rules.sealing import unsealed
from tram.site.trouble import Trouble

BROKEN = ".broken"


@dataclass(frozen=True, slots=True)
class Opened:
    """Bản sao lưu đã mở: one backup with its key, its manifest, and what was destroyed for good since."""

    backups: Path
    place: Path
    key: RecoveryKey
    manifest: Manifest
    destroyed: dict[str, str]

    @property
    def name(self) -> str:
        """The moment of the backup, as it is named."""
        return self.place.name.removesuffix(".part")

    def part(self, name: str) -> Iterator[bytes]:
        """The plain bytes of a part (database, folder, files); raises Trouble at the end when they are not those kept."""
        told, size = sha256(), 0
        place = self.place / f"{name}.sealed"
        for piece in unsealed(place, self.key):
            told.update(piece)
            size += len(piece)
            yield piece
        if (size, told.hexdigest()) != self.manifest.parts[name]:
            raise Trouble(f"{place} không phải tệp mà bản kê ghi: đã bị thay bằng tệp của bản sao lưu khác.")

    def contents(self) -> Iterator[tuple[str, int]]:
        """Hash and size of every content that the backup counts on, destroyed and unsaved ones left out."""
        passed_over, rest = {*self.destroyed, *self.manifest.broken}, b""
        for piece in self.part("files"):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                one, size = line.decode().split()
                if one not in passed_over:
                    yield one, int(size)

    def content(self, one: str) -> Iterator[bytes]:
        """The bytes of a content; raises Trouble where they are not those of its hash."""
        told, place = sha256(), content_place(self.backups, self.key.hides(one))
        for piece in unsealed(place, self.key):
            told.update(piece)
            yield piece
        if told.hexdigest() != one:
            raise Trouble(f"{place} không phải nội dung mà tên nó nói.")


def opened(backups: Path, name: str, key: RecoveryKey) -> Opened:
    """Open a backup. Raises Trouble: another key, a manifest that was cut or changed or is of a newer Trạm."""
    place = backups / name
    try:
        manifest = Manifest.read(b"".join(unsealed(place / "manifest.sealed", key)))
    except (ValueError, KeyError, TypeError):
        raise Trouble(f"Bản sao lưu {place} do bản Trạm mới hơn làm. Cài bản ấy rồi khôi phục.") from None
    return Opened(backups, place, key, manifest, destroyed_for_good(backups, key))


def destroyed_for_good(backups: Path, key: RecoveryKey) -> dict[str, str]:
    """Contents that no restore may bring back: hash and level. Raises Trouble."""
    place = backups / "destroyed.sealed"
    found: dict[str, str] = json.loads(b"".join(unsealed(place, key))) if place.exists() else {}
    return found


def read_parts(backup: Opened) -> Iterator[Seen]:
    """Read database, folder and list of files to their last byte. Raises Trouble at the first thing that is wrong."""
    tables = read_back(backup.part("database"), backup.manifest.server)
    if missing := sorted(set(backup.manifest.tables) - tables):
        raise Trouble(f"Bản chép cơ sở dữ liệu thiếu bảng {', '.join(missing[:5])}.")
    size, _ = backup.manifest.parts["database"]
    yield Seen(True, f"Cơ sở dữ liệu: {len(tables)} bảng, {spoken_size(size)}, pg_restore đọc đến hết.")
    for _ in backup.part("folder"):
        pass
    yield Seen(True, "Khóa, chứng thư và thiết lập trong thư mục dữ liệu: đọc đến hết.")
    count = sum(1 for _ in backup.contents())
    yield Seen(True, f"Danh sách {count} tệp: đọc đến hết.")


def read_contents(backup: Opened, *, mend: bool = False) -> Iterator[Seen]:
    """Read every content and hold it against its hash: a line for each that is wrong, then one for the rest.

    With `mend` a wrong one is moved aside, so that the next backup takes it anew.
    """
    count = size = 0
    for one, _size in backup.contents():
        try:
            size += sum(map(len, backup.content(one)))
            count += 1
        except Trouble as trouble:
            place = content_place(backup.backups, backup.key.hides(one))
            if mend and place.exists():
                place.replace(place.with_name(place.name + BROKEN))
            yield Seen(False, str(trouble))
    yield Seen(True, f"{count} tệp, {spoken_size(size)}: đọc đến hết, đúng mã băm.")


def spoken_size(size: int) -> str:
    """1,5 GB for 1500000000."""
    for unit, step in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if size >= step:
            return f"{size / step:.1f} {unit}".replace(".", ",")
    return f"{size} byte"
