"""An installation of its own under `tram run`, to be looked at from outside and killed part by part."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 180
OURS = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "TRAM_DATA", "TRAM_PUBLIC_URL")


class Installation:
    """A `tram run` of its own, with an empty house; `extra` is added to its environment."""

    def __init__(self, data: Path, extra: Mapping[str, str] | None = None, port: int = 0) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            self.port: int = probe.getsockname()[1]
        self.log = data / "said.txt"
        self.extra = dict(extra or {})

    def start(self) -> None:
        command = [sys.executable, "-m", "tram.site.cli", "run", "--empty", "--data", str(self.data)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env={key: value for key, value in os.environ.items() if key not in OURS}
                | {"TRAM_BACKUPS": "none"}
                | self.extra,
            )
        until(lambda: "Ctrl-C" in self.said() or self.process.poll() is not None, self.said)
        assert self.process.poll() is None, self.said()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def said(self) -> str:
        """What it printed so far. A disk that was full has cut a letter in two."""
        return self.log.read_text(errors="replace")

    def answers(self, path: str = "/suc-khoe/san-sang") -> bool:
        asked = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", path, headers={"Host": "localhost"})
            return asked.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            asked.close()

    def part(self, words: str) -> list[int]:
        """The processes of this installation whose name or command line has the words."""
        mine = (f"--port {self.port}", str(self.data))
        return [
            pid
            for pid, line, about in processes()
            if words in line and (any(mark in line for mark in mine) or f"TRAM_DATA={self.data}" in about)
        ]

    def url(self) -> str:
        """The address of its database."""
        password = (self.data / "pg-tram.password").read_text()
        return f"postgresql://tram:{password}@/tram?host={self.data / 'socket'}"

    def environment(self) -> dict[str, str]:
        """What a program needs in its environment to work on this installation's data."""
        return {
            **os.environ, "DATABASE_URL": self.url(), "TRAM_DATA": str(self.data),
            "DJANGO_SETTINGS_MODULE": "tram.site.settings",
        }  # fmt: skip

    def connect(self, patience: float = PATIENCE) -> psycopg.Connection:
        """A connection of our own to its database, waited for while the server comes back."""
        deadline = time.monotonic() + patience
        while True:
            try:
                return psycopg.connect(self.url(), autocommit=True)
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


def processes() -> Iterator[tuple[int, str, str]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            yield (
                int(folder.name),
                (folder / "comm").read_text() + line,
                (folder / "environ").read_bytes().decode(errors="replace"),
            )
        except OSError:
            continue


def until(holds: Callable[[], object], otherwise: Callable[[], object] = str, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.05)


@contextmanager
def standing(
    extra: Mapping[str, str] | None = None, folder: Path = Path("/tmp"), port: int = 0
) -> Iterator[Installation]:
    """An installation that runs in a folder of its own below `folder`, gone afterwards."""
    data = Path(mkdtemp(prefix="tram-run-", dir=folder))
    data.chmod(0o711)
    made = Installation(data, extra, port)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        rmtree(data, ignore_errors=True)
