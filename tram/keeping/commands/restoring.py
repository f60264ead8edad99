"""A house out of a backup: into a cluster and a folder of its own, held against the manifest, and only then put in place."""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

import psycopg

from tram.files.queries import content_file
from tram.keeping.commands.reading import Opened, read_contents, read_parts
from tram.keeping.rules.dumping import loaded
from tram.keeping.rules.manifest import Landmarks, Seen, same_landmarks, same_tables
from tram.keeping.rules.recovery import RecoveryKey, key_place, make_key, read_key
from tram.keeping.rules.sealing import Stream, unsealed
from tram.kernel import clock
from tram.kernel.crashpoints import crashpoint
from tram.site.environment import place_of_restore
from tram.site.postgres import Server, spoken
from tram.site.preparation import code_fingerprint
from tram.site.supervisor import alone
from tram.site.trouble import Trouble

Say = Callable[[Seen], object]
ROOM = 1.3
"""How much more room than what is brought back a restore asks for: indexes, the server's own log."""


def restore(*, backup: Opened, data: Path, replace: bool, say: Say) -> None:
    """Build a house from a backup and put it at `data`. Raises Trouble before anything is touched, or with the reason.

    With `replace` what stands there is moved aside, never deleted.
    """
    outside = os.environ.get("DATABASE_URL", "")
    refuse_occupied(data, outside, replace=replace)
    for seen in (*read_parts(backup), *read_contents(backup)):
        if not seen.ok:
            raise Trouble(seen.sentence)
        say(seen)
    making = fresh_place(data)
    refuse_small_disk(backup, making, with_contents=True)
    _fill_folder(backup, making, say)
    crashpoint("keeping.restore.filled")
    with _database(making, backup, outside) as url:
        if not all(_said(seen, say) for seen in refill(backup=backup, url=url, data=making)):
            raise Trouble(f"Dữ liệu khôi phục không khớp bản kê. Để nguyên ở {making} cho người xem, chưa thay gì.")
        ask_house(url, making, "restored", {"backup": backup.name, "destroyed": backup.destroyed})
        crashpoint("keeping.restore.checked")
    put_in_place(making, data, backup.key, say)


def fresh_place(data: Path) -> Path:
    """An empty folder beside `data` to build the house in; what a restore left there that was cut is cleared away."""
    making = place_of_restore(data)
    clear_away(making)
    making.mkdir(parents=True, mode=0o711)
    return making


def clear_away(folder: Path) -> None:
    """Remove a house that was being built; its server is stopped first, else it would take the next one's socket away."""
    if folder.exists():
        Server(folder).stop()
        shutil.rmtree(folder)


def _said(seen: Seen, say: Say) -> bool:
    say(seen)
    return seen.ok


def refill(*, backup: Opened, url: str, data: Path) -> Iterator[Seen]:
    """Bring the database back and hold it against the manifest, line by line; older tables are then migrated."""
    began = perf_counter()
    loaded(backup.part("database"), url, backup.manifest.server)
    crashpoint("keeping.restore.loaded")
    yield Seen(True, f"Cơ sở dữ liệu đã nạp lại trong {_seconds(began)} giây.")
    is_ours = backup.manifest.code == code_fingerprint()
    seen = ask_house(url, data, "everything" if is_ours else "tables")
    found = {name: (rows, told) for name, (rows, told) in seen["tables"].items()}
    yield from same_tables(backup.manifest.tables, found)
    if not is_ours:
        began = perf_counter()
        migrate(url, data)
        yield Seen(True, f"Lược đồ được nâng lên bản mã này trong {_seconds(began)} giây.")
        seen = ask_house(url, data, "everything")
        yield from _changed(found, seen["tables"])
    yield from same_landmarks(backup.manifest.landmarks, Landmarks(**seen["landmarks"]))
    yield from (Seen(False, sentence) for sentence in seen["breaks"])
    if not seen["breaks"]:
        yield Seen(True, f"Nhật ký: {seen['rows']} dòng nguyên vẹn trong chuỗi băm.")


def _changed(before: dict[str, tuple[int, str]], now: dict[str, list[Any]]) -> Iterator[Seen]:
    """What migrating did to tables that had rows: it may change them, and people are to know."""
    for name, (rows, _) in before.items():
        after = now[name][0] if name in now else 0
        if rows and after != rows and name != "django_migrations":
            yield Seen(True, f"Nâng lược đồ đổi bảng {name}: {rows} dòng thành {after} dòng.")


def ask_house(url: str, data: Path, verb: str, told: object = None) -> Any:
    """Have another process, whose Django sees the house that is being built, answer; raises Trouble."""
    environment = {**os.environ, "DATABASE_URL": url, "TRAM_DATA": str(data)}
    done = subprocess.run(
        [sys.executable, "-m", "tram.keeping.management.inside", verb],
        env=environment | {"DJANGO_SETTINGS_MODULE": "tram.site.settings"},
        input=json.dumps(told), capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise Trouble(f"Chưa xem được cơ sở dữ liệu vừa nạp: {_last_line(done.stderr)}")
    return json.loads(done.stdout)


def migrate(url: str, data: Path) -> None:
    """Bring the tables to what this code needs; raises Trouble with what the migration said."""
    environment = {**os.environ, "DATABASE_URL": url, "TRAM_DATA": str(data)}
    done = subprocess.run(
        [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"],
        env=environment | {"DJANGO_SETTINGS_MODULE": "tram.site.settings"}, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise Trouble(f"Không nâng được lược đồ: {_last_line(done.stderr)}")


@contextmanager
def scratch_server(folder: Path, needed: int, *, durable: bool) -> Iterator[str]:
    """A cluster in a folder of its own, whose programs are no older than the server of the backup. Raises Trouble."""
    server = Server(folder, durable=durable)
    if server.version() // 10_000 < needed // 10_000:
        raise Trouble(
            f"Bản sao lưu của PostgreSQL {spoken(needed)}, máy này chỉ có {spoken(server.version())}. "
            f"Cài bản {needed // 10_000}, hoặc đặt TRAM_PG_BIN."
        )
    try:
        with server.held(tied=True) as url:
            yield url
    finally:
        server.stop()


def refuse_small_disk(backup: Opened, folder: Path, *, with_contents: bool, besides: int = 0) -> None:
    """Raises Trouble where the disk has no room for what is brought back, and so many bytes besides."""
    manifest = backup.manifest
    wanted = int(ROOM * (manifest.database_bytes + (manifest.content_bytes if with_contents else 0)))
    wanted += besides
    free = shutil.disk_usage(folder).free
    if free < wanted:
        raise Trouble(
            f"Đĩa chứa {folder} còn {free // 10**6} MB, cần {wanted // 10**6} MB. Dọn đĩa hoặc chọn nơi khác: --data"
        )


def refuse_occupied(data: Path, outside: str, *, replace: bool) -> None:
    """Raises Trouble where something stands in the place, or works there; `outside` is the address of another server."""
    if data.is_mount():
        raise Trouble(f"{data} là gốc của một đĩa. Khôi phục vào thư mục con: --data {data / 'tram'}")
    if data.exists() and any(data.iterdir()):
        if not replace:
            raise Trouble(
                f"Thư mục {data} đã có dữ liệu. Chọn thư mục khác (--data), hoặc thêm --replace để chuyển nó sang bên."
            )
        with alone(data):
            if not outside and Server(data).is_running():
                raise Trouble(f"Cơ sở dữ liệu của {data} đang có người dùng. Dừng các lệnh tram khác trước.")
    if outside:
        with psycopg.connect(outside) as desk:
            row = desk.execute("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").fetchone()
        if row and row[0]:
            raise Trouble(
                "Cơ sở dữ liệu của DATABASE_URL không trống. Tạo một cơ sở dữ liệu trống rồi khôi phục vào đó."
            )


@contextmanager
def _database(making: Path, backup: Opened, outside: str) -> Iterator[str]:
    if outside:
        yield outside
        return
    with scratch_server(making, backup.manifest.server, durable=True) as url:
        yield url


def _fill_folder(backup: Opened, making: Path, say: Say) -> None:
    unpack_folder(backup, making)
    count = 0
    for one, _size in backup.contents():
        write_content(backup, one, content_file(making, one))
        count += 1
    say(Seen(True, f"{count} tệp về đúng chỗ, đúng mã băm; khóa và thiết lập đã về."))
    for one in backup.manifest.broken:
        say(Seen(False, f"Tệp {one} đã mất trước khi sao lưu: văn bản còn, nội dung tệp không có."))


def unpack_folder(backup: Opened, making: Path) -> None:
    """Keys and settings; nothing is unpacked before all of it is known to be true."""
    for _ in backup.part("folder"):
        pass
    with tarfile.open(fileobj=Stream(unsealed(backup.place / "folder.sealed", backup.key)), mode="r|") as tar:
        tar.extractall(making, filter="data")


def write_content(backup: Opened, one: str, place: Path) -> None:
    """One content at its place, safe on the disk. Raises Trouble where the store does not have it."""
    pieces = backup.content(one)
    first = next(pieces, b"")
    place.parent.mkdir(parents=True, exist_ok=True)
    with place.open("xb") as file:
        for piece in chain((first,), pieces):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    place.chmod(0o440)


def put_in_place(making: Path, data: Path, key: RecoveryKey, say: Say) -> None:
    """Give the house that was built its place, and the key of its backups first; what stood there is moved aside.

    So is another key, to where the house aside looks for its own: it opens the older backups.
    """
    aside = data.with_name(f"{data.name}.before-{clock.now():%Y%m%d-%H%M%S}")
    if data.exists():
        if any(data.iterdir()):
            with alone(data):
                data.rename(aside)
            say(Seen(True, f"Dữ liệu cũ chuyển sang {aside}. Xem lại rồi tự xoá khi không cần nữa."))
        else:
            data.rmdir()
    crashpoint("keeping.restore.aside")
    place = key_place(data)
    if place.exists() and not _is(place, key):
        older = place.rename(place.with_name(f"{aside.name}.recovery-key"))
        say(Seen(True, f"Khóa khôi phục cũ chuyển sang {older}: bản sao lưu cũ mở bằng khóa ấy, đừng xoá."))
    if not place.exists():
        make_key(data, key)
        say(Seen(True, f"Khóa khôi phục được giữ ở {place}."))
    making.rename(data)
    crashpoint("keeping.restore.placed")


def _is(place: Path, key: RecoveryKey) -> bool:
    """Whether a file holds this very key; one that cannot be read does not."""
    with suppress(Trouble):
        return read_key(place) == key
    return False


def _last_line(said: str) -> str:
    """What a program stopped with, without the path that led there, in which a password may stand."""
    return (said.strip().splitlines() or ["không nói gì"])[-1][:300]


def _seconds(since: float) -> str:
    return f"{perf_counter() - since:.1f}".replace(".", ",")
