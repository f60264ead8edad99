"""A house at a moment between two backups: the week's copy of the cluster, and the server's log up to that moment."""

import os
import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

from tram.audit.events import marks_in
from tram.files.queries import content_file
from tram.keeping.commands.reading import Opened
from tram.keeping.commands.restoring import (
    Say,
    ask_house,
    fresh_place,
    migrate,
    put_in_place,
    refuse_occupied,
    refuse_small_disk,
    unpack_folder,
    write_content,
)
from tram.keeping.rules import log
from tram.keeping.rules.log import Base
from tram.keeping.rules.manifest import Seen
from tram.keeping.rules.sealing import Stream
from tram.site.postgres import Server
from tram.site.preparation import code_fingerprint
from tram.site.trouble import Trouble

LONGEST_REPLAY = 24 * 3600
"""Seconds."""
SEGMENT_BYTES = 16 * 2**20
OPEN = "local all all trust\n"
"""While the log is replayed: the socket's folder is closed to everybody else, and the old passwords are not here."""


@dataclass(frozen=True, slots=True)
class Replay:
    """Lượt phát lại: from which copy, with which segments, up to when (None: to the end of the log)."""

    base: Base
    segments: list[Path]
    until: datetime | None


def replay_to(backups: Path, until: datetime, than: datetime) -> Replay | None:
    """How to come to a moment by the log, where that is nearer than the backup of `than`; None where it is not.

    Raises Trouble where a segment is missing.
    """
    found = []
    for folder in log.systems(backups):
        fitting = [base for base in log.bases(folder) if base.finished_at <= until]
        end = log.covered(folder)
        if fitting and end and min(end, until) > max(than, fitting[-1].finished_at):
            found.append((fitting[-1].finished_at, folder, fitting[-1], end))
    if not found:
        return None
    _, folder, base, end = max(found, key=lambda one: one[0])
    return Replay(base, log.segments(folder, base.first), None if until >= end else until)


def covered_until(backups: Path) -> datetime | None:
    """Until when the newest log covers everything that was committed."""
    return max((end for folder in log.systems(backups) if (end := log.covered(folder))), default=None)


def replay(*, backup: Opened, plan: Replay, data: Path, replace: bool, say: Say) -> None:
    """Build the house as it was at the plan's moment and put it at `data`; `backup` is the newest one before, which gives
    keys and settings. Raises Trouble before anything is touched, or with the reason.
    """
    if os.environ.get("DATABASE_URL"):
        raise Trouble("Phát lại nhật ký chỉ làm được với PostgreSQL của Trạm: bỏ DATABASE_URL, hoặc bỏ --to.")
    refuse_occupied(data, "", replace=replace)
    for place in (plan.base.place / "base.sealed", *plan.segments):
        for _ in log.unpacked(place, backup.key):
            pass
    say(Seen(True, f"Bản nền và {len(plan.segments)} đoạn nhật ký ghi trước: đọc đến hết."))
    making = fresh_place(data)
    refuse_small_disk(backup, making, with_contents=True, besides=len(plan.segments) * SEGMENT_BYTES)
    unpack_folder(backup, making)
    server = _cluster(plan, backup, making)
    try:
        with server.held(tied=True) as url:
            say(Seen(True, "Nhật ký ghi trước đã phát lại."))
            if not all(_said(seen, say) for seen in _checked(backup, url, making, say)):
                raise Trouble(f"Dữ liệu phát lại không khớp nhật ký. Để nguyên ở {making} cho người xem, chưa thay gì.")
            ask_house(url, making, "restored", {"backup": backup.name, "destroyed": backup.destroyed})
    finally:
        server.stop()
    put_in_place(making, data, backup.key, say)


def _said(seen: Seen, say: Say) -> bool:
    say(seen)
    return seen.ok


def _cluster(plan: Replay, backup: Opened, making: Path) -> Server:
    """The copy and the log in their places, and replayed; with passwords of its own."""
    server = Server(making)
    cluster, waiting = server.cluster, making / "pg-log"
    cluster.mkdir(mode=0o700)
    stream = Stream(log.unpacked(plan.base.place / "base.sealed", backup.key))
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        tar.extractall(cluster, filter="data")
    waiting.mkdir(mode=0o700)
    for place in plan.segments:
        with (waiting / place.name[:24]).open("xb") as file:
            for piece in log.unpacked(place, backup.key):
                file.write(piece)
    kept, gates = (cluster / "postgresql.auto.conf").read_text(), (cluster / "pg_hba.conf").read_text()
    target = (
        f"recovery_target_time = '{plan.until.isoformat()}'\nrecovery_target_action = promote\n" if plan.until else ""
    )
    orders = f'restore_command = \'cp "{waiting}/%f" "%p"\'\nhot_standby = off\n{target}'
    (cluster / "postgresql.auto.conf").write_text(kept + orders)
    (cluster / "pg_hba.conf").write_text(OPEN)
    (cluster / "recovery.signal").touch()
    server.lend(cluster, waiting)
    server.start(tied=True, patience=LONGEST_REPLAY)
    with psycopg.connect(f"postgresql://postgres@/postgres?host={server.socket_folder}", autocommit=True) as desk:
        for role in ("postgres", "tram"):
            password = sql.Literal(server.password(role))
            desk.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(role), password))
    server.stop()
    (cluster / "postgresql.auto.conf").write_text(kept)
    (cluster / "pg_hba.conf").write_text(gates)
    shutil.rmtree(waiting)
    (cluster / "backup_manifest").unlink(missing_ok=True)
    return server


def _checked(backup: Opened, url: str, making: Path, say: Say) -> Iterator[Seen]:
    """Contents back in their places; the audit walked, and held against what the backup before knew of it."""
    if backup.manifest.code != code_fingerprint():
        migrate(url, making)
    count = 0
    with psycopg.connect(url) as desk, desk.cursor("contents") as rows:
        rows.execute("SELECT sha256 FROM files_blob ORDER BY sha256")
        for (one,) in rows:
            try:
                if one not in backup.destroyed:
                    write_content(backup, one, content_file(making, one))
                    count += 1
            except Trouble as trouble:
                say(Seen(False, f"Văn bản còn, nội dung tệp không có: {trouble}"))
    yield Seen(True, f"{count} tệp về đúng chỗ, đúng mã băm; khóa và thiết lập đã về.")
    seen = ask_house(url, making, "everything", {"marks": backup.manifest.landmarks.heads})
    yield from (Seen(False, sentence) for sentence in seen["breaks"])
    if not seen["breaks"]:
        told = len(marks_in(backup.manifest.landmarks.heads))
        yield Seen(
            True, f"Nhật ký: {seen['rows']} dòng nguyên vẹn, nối tiếp đúng {told} đầu chuỗi của bản sao lưu trước."
        )
    behind = seen["behind"]
    yield Seen(not behind, f"{behind} sổ có số kế tiếp đã cấp." if behind else "Số kế tiếp của mọi sổ đều chưa cấp.")
