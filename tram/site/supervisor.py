"""`tram run`: PostgreSQL, the worker and the web under one roof, each restarted when it dies, all stopped together."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from http.client import HTTPConnection, HTTPException
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path

from tram.site.accounts import account_lines
from tram.site.ballast import Ballast
from tram.site.environment import data_folder, database, refuse_half_restored
from tram.site.postgres import Server, spoken
from tram.site.preparation import USUAL_LETTERS, code_fingerprint, read_mark
from tram.site.processes import ASKED_TO_STOP, fork, tie_to_parent
from tram.site.trouble import Trouble

GRACE_SECONDS = 25
LOOK_SECONDS = 0.2
DATABASE_LOOK_SECONDS = 2
FIRST_ANSWER_SECONDS = 60
FIRST_PAUSE = 0.25
MOST_WEB_WORKERS = 2
"""Unless told otherwise: a process works on one page at a time, and a second one costs little, for it is forked."""
LONGEST_PAUSE = 5.0
CALM_SECONDS = 3


class Stopped(Exception):
    """Somebody asked the supervisor to stop."""


class Child:
    """One process that must always run: back at once, unless it keeps dying at its start; then less and less often."""

    def __init__(self, name: str, mark: str, work: Callable[[], None]) -> None:
        self.name, self.mark, self.work = name, mark, work
        self.pause = 0.0
        self.next_start = 0.0
        self.process: BaseProcess | None = None

    def look(self) -> None:
        """Start the process where it is not running, and its pause is over."""
        now = time.monotonic()
        if self.process and not self.process.is_alive():
            calm = now - self.next_start > CALM_SECONDS
            self.pause = 0.0 if calm else min(self.pause * 2 or FIRST_PAUSE, LONGEST_PAUSE)
            self.next_start, self.process = now + self.pause, None
            with suppress(OSError):  # the words may go to a file, and the disk be full
                print(f"! {self.name} đã dừng, chạy lại sau {self.pause:.2f} giây.", flush=True)
        if self.process is None and now >= self.next_start:
            self.next_start = now
            self.process = fork(self.mark, self.work)

    def ask_to_stop(self) -> None:
        """Send SIGTERM."""
        if self.process and self.process.is_alive():
            self.process.terminate()

    def stop_by(self, deadline: float) -> None:
        """Wait for the end until the deadline, then kill the whole group: a server may swallow SIGTERM at start-up."""
        if self.process is None or self.process.pid is None:
            return
        self.process.join(max(0.0, deadline - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.join()


def run(asked: Namespace) -> int:
    """Bring everything up, watch it until Ctrl-C or SIGTERM, bring everything down."""
    for number in ASKED_TO_STOP:
        signal.signal(number, _stop)
    data = data_folder(asked.data)
    begun = time.monotonic()
    print(f"Trạm · dữ liệu ở {data}", flush=True)
    refuse_half_restored(data)
    data.mkdir(parents=True, exist_ok=True)
    address = os.environ.setdefault("TRAM_PUBLIC_URL", f"http://localhost:{asked.port}")
    children: list[Child] = []
    try:
        _refuse_taken_port(asked.bind, asked.port)
        with alone(data), database(data, tied=True) as server:
            if server:
                print(f"  ✓ PostgreSQL {spoken(server.version())}: {_seconds(begun)} giây", flush=True)
            os.umask(0o077)
            prepare(data, server, empty=asked.empty)
            children += _children(asked.bind, asked.port)
            try:
                _bring_up(children, asked.bind, asked.port)
                print(f"  ✓ Trang web trả lời sau {_seconds(begun)} giây kể từ lúc gọi lệnh", flush=True)
                _welcome(data, address)
                _watch(children, server, Ballast(data))
            finally:
                _bring_down(children)
    except Stopped:
        print("Trạm đã dừng.", flush=True)
    return 0


def _stop(_number: int, _frame: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Stopped


def _seconds(since: float) -> str:
    return f"{time.monotonic() - since:.1f}".replace(".", ",")


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Nobody else runs or fills this data folder meanwhile. Raises Trouble where somebody does."""
    with (data / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Trouble(f"Trạm đang chạy trên {data} (tiến trình {lock.read()}). Dừng nó trước.") from None
        os.register_at_fork(after_in_child=lock.close)  # the lock is this process's alone
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def _refuse_taken_port(bind: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
        except OSError as refusal:
            raise Trouble(
                f"Không mở được cổng {port} ({refusal.strerror}). Chọn cổng khác: --port {port + 1}"
            ) from None


def prepare(data: Path, server: Server | None, *, empty: bool, letters: int = USUAL_LETTERS) -> None:
    """Prepare the data folder, unless its mark says that it is ready. A folder once begun empty never gets the demo."""
    mark = read_mark(data)
    if mark and mark["demo"] == "begun":
        _begin_again(data, server)
        mark = None
    wanted = not empty if mark is None else mark["demo"] == "planted"
    if mark and wanted and mark["code"] == code_fingerprint():
        return
    command = [sys.executable, "-m", "tram.site.preparation", *(["--demo", str(letters)] if wanted else [])]
    process = subprocess.Popen(command, start_new_session=True, preexec_fn=tie_to_parent(signal.SIGKILL))
    try:
        if process.wait():
            raise Trouble("Chưa chuẩn bị được dữ liệu; lý do ở ngay trên. Chạy lại lệnh này sau khi sửa.")
    finally:
        process.kill()


def _begin_again(data: Path, server: Server | None) -> None:
    if server is None:
        raise Trouble(
            "Lần nạp tỉnh mẫu trước bị ngắt giữa chừng. Tạo lại cơ sở dữ liệu trống cho DATABASE_URL, "
            f"xoá {data / 'prepared.json'} rồi chạy lại."
        )
    print("  ! Lần nạp tỉnh mẫu trước bị ngắt giữa chừng: nạp lại từ đầu", flush=True)
    server.begin_anew()
    (data / "prepared.json").unlink()


def _children(bind: str, port: int) -> list[Child]:
    """The web and the worker, forks of this process: it loads every room here, so that a part struck dead is back at once."""
    workers = int(os.environ.get("TRAM_WEB_WORKERS", min(MOST_WEB_WORKERS, os.cpu_count() or 1)))
    threads = int(os.environ.get("TRAM_WEB_THREADS", "4"))
    parts = import_module("tram.site.parts")
    parts.load()
    return [
        Child("Trang web", "tram-web", partial(parts.pages, bind, port, workers, threads)),
        Child("Tác vụ nền", "tram-worker", parts.jobs),
    ]


def _bring_up(children: list[Child], bind: str, port: int) -> None:
    deadline = time.monotonic() + FIRST_ANSWER_SECONDS
    while not _answers({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(bind, bind), port):
        if time.monotonic() > deadline:
            raise Trouble("Trang web không trả lời sau 60 giây; lý do ở ngay trên. Khám: tram doctor")
        for child in children:
            child.look()
        time.sleep(0.05)


def _answers(host: str, port: int) -> bool:
    asked = HTTPConnection(host, port, timeout=5)
    try:
        asked.request("GET", "/suc-khoe/song", headers={"Host": "localhost"})
        return asked.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        asked.close()


def _welcome(data: Path, address: str) -> None:
    print(f"\nTrạm đang chạy: {address}", flush=True)
    kept = data / "accounts.json"
    if kept.exists():
        print("Tài khoản của tỉnh mẫu:", flush=True)
        for line in account_lines(json.loads(kept.read_text())):
            print(f"  {line}")
    print("Dừng: Ctrl-C.", flush=True)


def _watch(children: list[Child], server: Server | None, ballast: Ballast) -> None:
    next_look = 0.0
    while True:
        for child in children:
            child.look()
        if (server and server.has_died()) or time.monotonic() > next_look:
            ballast.trim()
            if server and not server.is_running():
                _restart(server)
            next_look = time.monotonic() + DATABASE_LOOK_SECONDS
        time.sleep(LOOK_SECONDS)


def _restart(server: Server) -> None:
    """Bring the database back; one that does not come now, on a full disk say, is tried again at the next look."""
    print("! PostgreSQL đã dừng, chạy lại.", flush=True)
    try:
        server.start(tied=True)
    except Trouble as trouble:
        print(f"! {trouble}", flush=True)


def _bring_down(children: list[Child]) -> None:
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop_by(deadline)
