"""`tram run` as an operator sees it: started, killed part by part, killed whole, started again, stopped."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installation import PATIENCE, ROOT, Installation, standing, until


@pytest.fixture(scope="module")
def house() -> Iterator[Installation]:
    with standing() as made:
        yield made


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


@pytest.mark.parametrize("part", ["tram-web", "tram-worker", "postgres -D"])
def test_a_part_that_is_killed_comes_back(part: str, house: Installation) -> None:
    killed = house.part(part)
    assert killed
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    until(lambda: set(house.part(part)) - set(killed) and house.answers(), house.said)


def test_a_killed_supervisor_leaves_nothing_and_the_next_start_is_quick(house: Installation) -> None:
    house.process.kill()
    house.process.wait()
    until(lambda: not any(house.part(part) for part in ("tram-web", "tram-worker", "postgres -D")))
    begun = time.monotonic()
    house.start()
    assert house.answers()
    assert time.monotonic() - begun < 8 * 5, "a warm start is promised in 5 seconds; eight times that on a busy machine"


def test_the_parts_are_small(house: Installation) -> None:
    """A page of memory that forks share is counted once, as the machine does."""
    pids = house.part("tram-web") + house.part("tram-worker")
    rolled = "\n".join(Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids)
    held = sum(int(kilobytes) for kilobytes in re.findall(r"^Pss:\s+(\d+)", rolled, re.M))
    assert len(pids) == 2 + min(2, os.cpu_count() or 1) and held < 350 * 1024


def test_ctrl_c_stops_everything_in_order(house: Installation) -> None:
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(PATIENCE) == 0
    assert house.said().rstrip().endswith("Trạm đã dừng.")
    assert not any(house.part(part) for part in ("tram-web", "tram-worker", "postgres -D"))
