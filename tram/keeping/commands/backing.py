"""Making a backup while the house goes on working: aside, read back, and only then named."""

import json
import shutil
import tarfile
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.metadata import version
from os import utime
from pathlib import Path
from time import perf_counter

import psycopg

from tram.files.queries import content_file
from tram.keeping import queries
from tram.keeping.commands.following import follow, lay_base, let_log_go
from tram.keeping.commands.reading import Opened, destroyed_for_good, read_parts, spoken_size
from tram.keeping.commands.recording import note_backup, note_failure
from tram.keeping.commands.storing import keep_content, seal, sealing
from tram.keeping.rules import places
from tram.keeping.rules.dumping import dumped
from tram.keeping.rules.manifest import Manifest, Seen
from tram.keeping.rules.recovery import RecoveryKey
from tram.keeping.rules.sealing import sealed_size
from tram.kernel.actors import Actor
from tram.kernel.crashpoints import crashpoint
from tram.kernel.space import READ_ONLY, fullness
from tram.site.preparation import code_fingerprint
from tram.site.trouble import Trouble

Say = Callable[[Seen], object]
BATCH = 500
LETTER = """Bản sao lưu của Trạm, làm lúc {moment}, bản {version}, PostgreSQL {server}.
Mọi tệp ở đây đã khóa (AES-256-GCM). Cần khóa khôi phục của cơ quan để mở.
Khôi phục: cài Trạm, rồi  tram restore --from {backups} --data THƯ-MỤC-MỚI
"""


def back_up(
    *, actor: Actor, at: datetime, data: Path, backups: Path, key: RecoveryKey, keep: int, say: Say
) -> Manifest:
    """Part: back the house up into `backups`, read the copy back, let go of what is older than `keep` days of backups.

    No transaction: the house goes on working; the database is copied as one snapshot sees it, contents never change.
    Raises Trouble, and then nothing that looks like a backup is left.
    """
    began = perf_counter()
    _refuse_inside(data, backups)
    with places.held(backups):
        _refuse_full_disk(backups)
        made = backups / places.name_of(at)
        if made.exists():
            raise Trouble(f"Đã có bản sao lưu {made}. Đợi một giây rồi chạy lại.")
        part = made.with_name(made.name + places.PART)
        part.mkdir(mode=0o700)
        try:
            backup = _made(part, data, backups, key, at, say)
            for seen in read_parts(backup):
                say(seen)
            crashpoint("keeping.backup.read")
            part.rename(made)
            places.sync(backups)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        crashpoint("keeping.backup.named")
        places.finished(backups, made.name, at + timedelta(seconds=perf_counter() - began))
        _follow(actor, at, data, backups, key, say)
        crashpoint("keeping.backup.followed")
        _let_go(backups, keep)
    manifest = backup.manifest
    told = f"cơ sở dữ liệu {spoken_size(manifest.parts['database'][0])}, tệp {spoken_size(manifest.content_bytes)}"
    if manifest.broken:
        told = f"{len(manifest.broken)} tệp trong thư mục dữ liệu mất hoặc hỏng, không sao lưu được; {told}"
    note_backup(
        actor=actor, at=at, backup=made.name, rows=manifest.rows, contents=manifest.contents, broken=manifest.broken,
        sentence=told,
    )  # fmt: skip
    return manifest


def _follow(actor: Actor, at: datetime, data: Path, backups: Path, key: RecoveryKey, say: Say) -> None:
    """The copy and the log that a replay needs. The backup stands without them, but people are told."""
    try:
        if lay_base(data=data, backups=backups, key=key, at=at):
            say(Seen(True, "Bản nền của cơ sở dữ liệu cho tuần này; từ đây nhật ký ghi trước được giữ từng phút."))
        follow(data=data, backups=backups, key=key)
    except (Trouble, psycopg.Error) as trouble:
        sentence = f"Nhật ký ghi trước chưa giữ được, khôi phục chỉ về được lúc sao lưu: {str(trouble).splitlines()[0]}"
        say(Seen(False, sentence))
        note_failure(actor=actor, at=at, sentence=sentence)


def _refuse_inside(data: Path, backups: Path) -> None:
    if backups.is_relative_to(data):
        raise Trouble(f"Nơi sao lưu {backups} nằm trong thư mục dữ liệu: mất thư mục là mất cả hai. Chọn nơi khác.")


def _refuse_full_disk(backups: Path) -> None:
    if fullness(backups) >= READ_ONLY:
        raise Trouble(f"Đĩa chứa {backups} đã dùng {fullness(backups)} %. Dọn đĩa, hoặc đặt TRAM_BACKUPS nơi khác.")


def _made(part: Path, data: Path, backups: Path, key: RecoveryKey, at: datetime, say: Say) -> Opened:
    parts: dict[str, tuple[int, str]] = {}
    with queries.snapshot() as snapshot:
        server = queries.server_version()
        parts["database"] = seal(part / "database.sealed", key, dumped(queries.database_url(), snapshot, server))
        crashpoint("keeping.backup.dumped")
        tables, landmarks = queries.tables(), queries.landmarks()
        size, count = queries.database_bytes(), 0
        with sealing(part / "files.sealed", key) as sealer:
            for one, length in queries.contents():
                sealer.write(f"{one} {length}\n".encode())
                count += 1
        parts["files"] = sealer.size, sealer.sha256
    say(Seen(True, f"Cơ sở dữ liệu: một thời điểm, {len(tables)} bảng"))
    parts["folder"] = _seal_folder(part / "folder.sealed", key, data)
    crashpoint("keeping.backup.copied")
    listed = Manifest("", "", "", server, parts, {}, landmarks, 0, 0, 0)
    bytes_kept, broken = _keep_contents(Opened(backups, part, key, listed, {}), data, at, say)
    crashpoint("keeping.backup.stored")
    manifest = Manifest(
        made_at=at.isoformat(), version=version("tram"), code=code_fingerprint(), server=server, parts=parts,
        tables=tables, landmarks=landmarks, contents=count, content_bytes=bytes_kept, database_bytes=size,
        broken=broken,
    )  # fmt: skip
    seal(part / "manifest.sealed", key, [manifest.written()])
    letter = LETTER.format(
        moment=places.told(places.name_of(at)), version=manifest.version, server=server // 10_000, backups=backups
    )
    (part / "doc-truoc.txt").write_text(letter, "utf-8")
    places.sync(part)
    return Opened(backups, part, key, manifest, destroyed_for_good(backups, key))


def _seal_folder(place: Path, key: RecoveryKey, data: Path) -> tuple[int, str]:
    """Everything in the data folder that is not made again or kept another way: keys, authorities, settings."""
    with sealing(place, key) as sealer, tarfile.open(fileobj=sealer, mode="w|") as tar:  # type: ignore[call-overload]
        for path in sorted(data.iterdir()):
            if not places.LEFT_OUT.fullmatch(path.name):
                pack(tar, path, path.name)
    return sealer.size, sealer.sha256


def pack(tar: tarfile.TarFile, path: Path, name: str) -> None:
    """A path with all below it; what is taken away meanwhile (papers that waited for a signature) is not of this moment."""
    try:
        tar.add(path, name, recursive=False)
        below = sorted(path.iterdir()) if path.is_dir() and not path.is_symlink() else []
    except FileNotFoundError:
        return
    for one in below:
        pack(tar, one, f"{name}/{one.name}")


def _keep_contents(backup: Opened, data: Path, at: datetime, say: Say) -> tuple[int, list[str]]:
    """Have every content in the store. Returns their bytes, and which the house has rows for but no right bytes."""
    size = fresh = 0
    lost: list[str] = []
    for one, length in backup.contents():
        place = places.content_place(backup.backups, backup.key.hides(one))
        size += length
        if place.exists() and place.stat().st_size == sealed_size(length):
            utime(place, (at.timestamp(), at.timestamp()))
        elif keep_content(backup.key, content_file(data, one), one, place):
            utime(place, (at.timestamp(), at.timestamp()))
            fresh += 1
        else:
            lost.append(one)
    _forget_destroyed(backup.backups, backup.key)
    wanted = {one for at_ in range(0, len(lost), BATCH) for one in queries.still_wanted(lost[at_ : at_ + BATCH])}
    for one in sorted(wanted):
        say(Seen(False, f"Tệp {content_file(data, one)} mất hoặc hỏng: không sao lưu được."))
    say(Seen(True, f"Tệp: {fresh} tệp mới, chép và đọc lại đúng mã băm"))
    return size, sorted(wanted)


def _forget_destroyed(backups: Path, key: RecoveryKey) -> None:
    """Take state secrets that were destroyed off the store, and keep in mind that no older backup brings them back.

    First the list, then the bytes: a crash between leaves bytes that the next backup takes away.
    """
    before = destroyed_for_good(backups, key)
    again = queries.still_wanted(list(before))
    gone = {one: level for one, level in before.items() if one not in again} | queries.destroyed()
    if gone != before:
        fresh = backups / f"destroyed{places.PART}"
        fresh.unlink(missing_ok=True)
        seal(fresh, key, [json.dumps(gone).encode()])
        fresh.replace(backups / "destroyed.sealed")
        places.sync(backups)
    for one in gone:
        places.content_place(backups, key.hides(one)).unlink(missing_ok=True)


def _let_go(backups: Path, keep: int) -> None:
    """Remove older backups, and contents that only they had: those not named since before the oldest one kept."""
    names = places.whole(backups)
    for name in places.let_go(names, keep):
        leaving = (backups / name).rename(backups / f"{name}{places.PART}")
        shutil.rmtree(leaving)
    let_log_go(backups, places.whole(backups)[0])
    oldest = places.moment_of(places.whole(backups)[0]).timestamp()
    for place in (backups / "contents").rglob("*"):
        if place.is_file() and place.stat().st_mtime < oldest:
            place.unlink()
