"""`tram run` as an operator sees it: started, killed part by part, killed whole, started again, stopped."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60


class Installation:
    """A `tram run` of its own, with an empty house."""

    def __init__(self, data: Path) -> None:
        self.data = data
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.log = data / "said.txt"

    def start(self) -> None:
        command = [sys.executable, "-m", "tram.site.cli", "run", "--empty", "--data", str(self.data)]
        ours = ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "TRAM_DATA", "TRAM_PUBLIC_URL")
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, "--port", str(self.port)],
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=ROOT,
                env={key: value for key, value in os.environ.items() if key not in ours},
            )
        until(lambda: "Ctrl-C" in self.said(), self.said)

    def said(self) -> str:
        return self.log.read_text()

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
        """The processes of this installation whose command line has the words."""
        mine = (f"--port {self.port}", str(self.data))
        return [
            pid
            for pid, line, about in processes()
            if words in line and (any(mark in line for mark in mine) or f"TRAM_DATA={self.data}" in about)
        ]


def processes() -> Iterator[tuple[int, str, str]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            yield int(folder.name), line, (folder / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue


def until(holds: Callable[[], object], otherwise: Callable[[], object] = str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.05)


@pytest.fixture(scope="module")
def house() -> Iterator[Installation]:
    data = Path(mkdtemp(prefix="tram-run-", dir="/tmp"))
    data.chmod(0o711)
    made = Installation(data)
    made.start()
    yield made
    made.process.terminate()
    made.process.wait(PATIENCE)
    rmtree(data)


def test_an_empty_house_gives_one_link_for_its_first_administrator(house: Installation) -> None:
    assert len(re.findall(rf"http://localhost:{house.port}/\S+", house.said().split("Trạm đang chạy")[0])) == 1
    assert "30 phút" in house.said() and house.answers()


def test_a_second_start_on_the_same_data_is_refused_with_a_sentence(house: Installation) -> None:
    command = [sys.executable, "-m", "tram.site.cli", "run", "--data", str(house.data), "--port", "0"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and f"đang chạy trên {house.data}" in done.stderr and "Traceback" not in done.stderr


def test_a_taken_port_is_refused_with_another_one(house: Installation, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tram.site.cli", "run", "--data", str(tmp_path), "--port", str(house.port)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and f"--port {house.port + 1}" in done.stderr


@pytest.mark.parametrize("part", ["granian", "django worker", "postgres -D"])
def test_a_part_that_is_killed_comes_back(part: str, house: Installation) -> None:
    killed = house.part(part)
    assert killed
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    until(lambda: set(house.part(part)) - set(killed) and house.answers(), house.said)


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_is_quick(house: Installation) -> None:
    house.process.kill()
    house.process.wait()
    until(lambda: not any(house.part(part) for part in ("granian", "django worker", "postgres -D")))
    begun = time.monotonic()
    house.start()
    assert house.answers()
    assert time.monotonic() - begun < 3 * 5, "a warm start is promised in 5 seconds; three times that on a busy machine"


def test_the_parts_are_small(house: Installation) -> None:
    pids = house.part("granian") + house.part("django worker")
    resident = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") for pid in pids]
    assert len(pids) == 3 and sum(resident) < 350 * 2**20


def test_ctrl_c_stops_everything_in_order(house: Installation) -> None:
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(PATIENCE) == 0
    assert house.said().rstrip().endswith("Trạm đã dừng.")
    assert not any(house.part(part) for part in ("granian", "django worker", "postgres -D"))
