"""Where backups lie, which of them are whole, which is the newest before a moment, which are let go.

<backups>/2026-11-26_020000/    one backup; under another name (.part) until it is whole
    manifest.sealed  database.sealed  folder.sealed  files.sealed  doc-truoc.txt
<backups>/contents/ab/<name>    contents of files, each once, shared by all backups
<backups>/destroyed.sealed      state secrets that were destroyed: they never come back
<backups>/drills.jsonl          what each restore drill saw
"""

import fcntl
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tram.kernel.clock import LOCAL, local
from tram.site.trouble import Trouble

NAME = re.compile(r"\d{4}-\d\d-\d\d_\d{6}")
FORMAT = "%Y-%m-%d_%H%M%S"
PART = ".part"
KEEP = 14
LEFT_OUT = re.compile(
    r"pg|pg\.new|wal|pg-bin|pg-[a-z]+\.password|pg\.users|socket|static|pages|outputs|files|drill|ballast(\.new)?|prepared\.new"
    r"|.*\.log(\.\d+)?|.*\.lock|.*\.part|.*recovery-key|rehearsed\.json"
)
"""What of the data folder no backup takes: the cluster and the contents, which go their own way, and what is made again.
Everything else is taken, so that a new room's keys are kept before anybody thinks of them."""


NOWHERE = "none"
"""TRAM_BACKUPS for a house that is backed up by other means: nothing runs by the clock."""


def backups_folder(data: Path) -> Path:
    """Where this installation's backups go: TRAM_BACKUPS, else beside the data folder."""
    given = os.environ.get("TRAM_BACKUPS", NOWHERE)
    return Path(f"{data}-backups" if given == NOWHERE else given).expanduser().resolve()


def backups_wanted() -> bool:
    """Whether this house backs itself up by the clock."""
    return os.environ.get("TRAM_BACKUPS") != NOWHERE


def name_of(at: datetime) -> str:
    """The name of a backup made then, in Vietnamese time."""
    return local(at).strftime(FORMAT)


def moment_of(name: str) -> datetime:
    """When a backup was made."""
    return datetime.strptime(name, FORMAT).replace(tzinfo=LOCAL)


def whole(backups: Path) -> list[str]:
    """The names of the backups that are whole, oldest first."""
    if not backups.is_dir():
        return []
    return sorted(path.name for path in backups.iterdir() if NAME.fullmatch(path.name) and path.is_dir())


def newest(backups: Path, until: datetime | None = None) -> str:
    """The newest whole backup, or the newest made until a moment. Raises Trouble where there is none."""
    names = whole(backups)
    if not names:
        raise Trouble(f"Không có bản sao lưu nào ở {backups}. Chỉ đúng chỗ: --from THƯMỤC")
    fitting = [name for name in names if until is None or moment_of(name) <= until]
    if not fitting:
        raise Trouble(f"Bản sao lưu cũ nhất ở {backups} là {told(names[0])}; trước đó không có bản nào.")
    return fitting[-1]


def finished(backups: Path, name: str, at: datetime) -> None:
    """Keep when a backup was done, as the time of its folder."""
    os.utime(backups / name, (at.timestamp(), at.timestamp()))


def cost(backups: Path, name: str) -> timedelta:
    """How long a backup took."""
    return timedelta(seconds=(backups / name).stat().st_mtime - moment_of(name).timestamp())


def told(name: str) -> str:
    """A backup's moment as people say it."""
    return f"{moment_of(name):%H:%M:%S ngày %d/%m/%Y}"


def let_go(names: list[str], keep: int) -> list[str]:
    """Which backups are not kept: of the `keep` newest days each day's last one stays, of the newest day all do."""
    days = sorted({name[:10] for name in names})[-keep:]
    last = {name[:10]: name for name in sorted(names)}
    return [name for name in names if name[:10] not in days or (name[:10] != days[-1] and last[name[:10]] != name)]


def content_place(backups: Path, hidden: str) -> Path:
    """Where a content lies in the store."""
    return backups / "contents" / hidden[:2] / hidden


def sync(folder: Path) -> None:
    """Make the names in a folder safe."""
    number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def held(backups: Path) -> Iterator[None]:
    """Nobody else writes in this folder of backups meanwhile. Raises Trouble where somebody does, or it cannot be."""
    try:
        backups.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (backups / "backups.lock").open("w")
    except OSError as wrong:
        raise Trouble(f"Không ghi được vào {backups}: {wrong.strerror}. Chọn nơi khác: TRAM_BACKUPS") from wrong
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble(f"Một lần sao lưu khác đang ghi vào {backups}. Đợi nó xong rồi chạy lại.") from None
        for left in backups.glob(f"*{PART}"):
            shutil.rmtree(left, ignore_errors=True)
        yield


@contextmanager
def free(backups: Path) -> Iterator[bool]:
    """Whether nobody writes in this folder of backups; nobody begins to inside the block."""
    with (backups / "backups.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_free = True
        except BlockingIOError:
            is_free = False
        yield is_free


@dataclass(frozen=True, slots=True)
class Drill:
    """Lần diễn tập khôi phục: what it saw."""

    at: str
    backup: str
    is_well: bool
    seconds: float
    sentence: str


def keep_drill(backups: Path, drill: Drill) -> None:
    """Add what a drill saw."""
    with (backups / "drills.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(drill), ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def last_drill(backups: Path) -> Drill | None:
    """The newest drill; None before the first. A line that a crash cut is passed over."""
    place = backups / "drills.jsonl"
    for line in reversed(place.read_text("utf-8").splitlines() if place.exists() else []):
        try:
            return Drill(**json.loads(line))
        except (ValueError, TypeError):
            continue
    return None
