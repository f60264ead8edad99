"""The server's own log, minute by minute beside the backups: what was committed since the last backup is not lost."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from tram.audit.models import Event
from tram.files.queries import content_file
from tram.keeping.commands.storing import keep_content, seal
from tram.keeping.rules import log, places
from tram.keeping.rules.dumping import PIECE, copied_out, reached_by
from tram.keeping.rules.log import Base
from tram.keeping.rules.recovery import RecoveryKey
from tram.kernel import clock
from tram.kernel.crashpoints import crashpoint
from tram.site.postgres import Server, tool
from tram.site.processes import tie_to_parent
from tram.site.trouble import Trouble

SLOT = "tram_log"
WEEK = timedelta(days=6, hours=12)
SECONDS = 50
MOST_KEPT = "4GB"
OVERLAP = 5000
"""Records looked at again: a command that took long commits after one that began later."""


def own_server(data: Path) -> Server | None:
    """The server of this data folder, where it is the one that this process works on and its log may be read."""
    server = Server(data)
    ours = server.cluster.exists() and f"host={server.socket_folder}" in os.environ.get("DATABASE_URL", "")
    return server if ours and server.is_running() else None


def lay_base(*, data: Path, backups: Path, key: RecoveryKey, at: datetime) -> bool:
    """Copy the cluster where the last copy is a week old; False where there is nothing to do or the server is not ours."""
    server = own_server(data)
    if server is None:
        return False
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as desk:
        folder = _folder(desk, backups)
        known = log.bases(folder)
        if known and at - log.base_moment(known[-1]) < WEEK and _is_followed(desk):
            return False
        _follow_anew(desk, data / "wal")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = folder / f"base-{places.name_of(at)}"
        part = place.with_name(place.name + places.PART)
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        try:
            first = str(_value(desk, "SELECT pg_walfile_name(pg_current_wal_lsn())"))
            version = int(str(_value(desk, "SHOW server_version_num")))
            seal(part / "base.sealed", key, log.packed(_copied(server, version)))
            Base(part, _now(desk), first, version).kept()
            crashpoint("keeping.base.copied")
            part.rename(place)
            places.sync(folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return True


def follow(*, data: Path, backups: Path, key: RecoveryKey) -> datetime | None:
    """Bring the log, and contents that came, up to this moment; until when all is safe, None where there is no base.

    Raises Trouble. Whatever breaks, the server keeps its log until it was taken.
    """
    server = own_server(data)
    if server is None:
        return None
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as desk:
        folder = _folder(desk, backups)
        if not log.bases(folder) or not _is_followed(desk):
            return None
        desk.execute("SELECT pg_logical_emit_message(true, 'tram', 'covered')")
        until = _now(desk)
        end = str(_value(desk, "SELECT pg_current_wal_flush_lsn() - 1"))
        version = int(str(_value(desk, "SHOW server_version_num")))
    spool = data / "wal"
    spool.mkdir(exist_ok=True, mode=0o700)
    _ship(spool, folder, key)  # first, so that a store that is full does not fill this disk too
    _receive(server, spool, end, version)
    _ship(spool, folder, key)
    _keep_fresh_contents(data, backups, key, folder)
    crashpoint("keeping.log.kept")
    fresh = folder / f"covered{places.PART}"
    fresh.write_text(json.dumps({"until": until.isoformat()}))
    fresh.replace(folder / "covered.json")
    return until


def let_log_go(backups: Path, oldest: str) -> None:
    """Remove copies of the cluster, and log, that only backups older than the oldest kept one would need."""
    for folder in log.systems(backups):
        known = log.bases(folder)
        before = [base for base in known if log.base_moment(base) <= places.moment_of(oldest)]
        for base in before[:-1]:
            shutil.rmtree(base.place)
        kept = before[-1:] + [base for base in known if base not in before]
        for place in folder.glob("*.sealed"):
            if kept and place.name[8:24] < kept[0].first[8:]:
                place.unlink()


def stop_following(data: Path) -> None:
    """Have the server keep no log for us any more: nobody takes it."""
    server = own_server(data)
    if server is not None:
        with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as desk:
            desk.execute(
                "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s AND NOT active",
                [SLOT],
            )
    shutil.rmtree(data / "wal", ignore_errors=True)


def _is_followed(desk: psycopg.Connection) -> bool:
    """Whether the server still has everything that was not taken."""
    query = "SELECT count(*) FROM pg_replication_slots WHERE slot_name = %s AND wal_status IN ('reserved', 'extended')"
    return _value(desk, query, SLOT) == 1


def _follow_anew(desk: psycopg.Connection, spool: Path) -> None:
    """Have the server keep its log for us from here on, but never so much that its own disk fills."""
    if _is_followed(desk):
        return
    desk.execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s", [SLOT])
    shutil.rmtree(spool, ignore_errors=True)
    desk.execute(sql.SQL("ALTER SYSTEM SET max_slot_wal_keep_size = {}").format(MOST_KEPT))
    desk.execute("SELECT pg_reload_conf()")
    desk.execute("SELECT pg_create_physical_replication_slot(%s, true)", [SLOT])


def _folder(desk: psycopg.Connection, backups: Path) -> Path:
    return backups / "log" / str(_value(desk, "SELECT system_identifier FROM pg_control_system()"))


def _value(desk: psycopg.Connection, query: str, *values: object) -> object:
    row = desk.execute(query.encode(), values).fetchone()
    return row and row[0]


def _now(desk: psycopg.Connection) -> datetime:
    now = _value(desk, "SELECT clock_timestamp()")
    assert isinstance(now, datetime)
    return clock.local(now)


def _copied(server: Server, version: int) -> Iterator[bytes]:
    program = str(tool("pg_basebackup", server_version=version))
    command = [program, "--pgdata=-", "--format=tar", "--wal-method=none", "--checkpoint=fast", "--no-password"]
    return copied_out(command, reached_by(server.url("postgres", "postgres")))


def _receive(server: Server, spool: Path, end: str, version: int) -> None:
    program = str(tool("pg_receivewal", server_version=version))
    command = [program, f"--directory={spool}", f"--slot={SLOT}", "--no-loop", f"--endpos={end}", "--no-password"]
    try:
        done = subprocess.run(
            command, env=reached_by(server.url("postgres", "postgres")), capture_output=True, text=True, cwd="/",
            timeout=SECONDS, preexec_fn=tie_to_parent(signal.SIGKILL),
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise Trouble(f"pg_receivewal không lấy được nhật ký ghi trước trong {SECONDS} giây.") from None
    if done.returncode:
        raise Trouble(f"pg_receivewal không lấy được nhật ký ghi trước: {done.stderr.strip()[-300:]}")


def _ship(spool: Path, folder: Path, key: RecoveryKey) -> None:
    """Seal what was received; a whole segment leaves the spool, the unfinished one is sealed anew each time."""
    for place in sorted(spool.iterdir()):
        name = place.name
        if not log.SEGMENT.fullmatch(name.removesuffix(".partial")):
            continue
        part = folder / f"{name}.sealed{places.PART}"
        part.unlink(missing_ok=True)
        with place.open("rb") as file:
            seal(part, key, log.packed(iter(lambda: file.read(PIECE), b"")))
        crashpoint("keeping.log.sealed")
        part.replace(folder / f"{name}.sealed")
        places.sync(folder)
        if log.SEGMENT.fullmatch(name):
            place.unlink()
            (folder / f"{name}.partial.sealed").unlink(missing_ok=True)


def _keep_fresh_contents(data: Path, backups: Path, key: RecoveryKey, folder: Path) -> None:
    """Have in the store what was brought since the last look: by the record, whose newest rows are found at once."""
    mark = folder / "looked.json"
    since = json.loads(mark.read_text())["event"] if mark.exists() else None
    newest = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    rows = Event.objects.filter(what="files.stored", id__gt=(newest if since is None else since) - OVERLAP)
    for one in rows.values_list("detail__sha256", flat=True).iterator():
        place = places.content_place(backups, key.hides(one))
        if not place.exists():
            keep_content(key, content_file(data, one), one, place)
    mark.write_text(json.dumps({"event": newest}))
