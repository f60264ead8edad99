"""Crashes, greedy files and bad pages: the disk stays true and the web worker lives."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.files.builders import pdf, stream
from tram.files.rules import disk
from tram.files.rules.opening import draw, probe_pdf
from tram.files.rules.refusals import FileRefused, Limits

ROOT = Path(__file__).resolve().parents[2]
KEEP = """
import sys
from pathlib import Path
from tram.files.rules import disk
data = Path(sys.argv[1])
place = disk.blob_place(data, "ab" * 32)
with disk.part_of(data / "files" / "incoming") as part:
    disk.write(part, [b"x" * 1000] * 3)
    disk.keep(part, place)
print("kept")
"""
GROW = """
import resource, sys
from tram.files.rules.inspecting import inspect
from tram.files.rules.refusals import FileRefused
class Upload:
    left = 2_000_000_000
    head = b"%PDF-1.7\\n"
    def read(self, size, /):
        size = min(size, self.left)
        self.left -= size
        piece, self.head = self.head + b"x" * (size - len(self.head)), b""
        return piece
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    inspect(Upload(), "a.pdf")
except FileRefused as refused:
    print(refused.id, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
READ = """
import resource, sys
from pathlib import Path
from tram.files.rules.inspecting import inspect
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(inspect(Path(sys.argv[1]), "a.pdf").pages, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""


def traced(data: Path, *injected: str) -> subprocess.CompletedProcess[str]:
    """Keep one content under strace."""
    calls = "trace=openat,write,fsync,rename,renameat,mkdir"
    line = ["strace", "-f", "-e", calls, *injected, sys.executable, "-c", KEEP, str(data)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def strace(tmp_path: Path) -> Path:
    if shutil.which("strace") is None or "kept" not in traced(tmp_path / "trial").stdout:
        pytest.skip("strace is not here, or may not trace")
    return tmp_path / "data"


def test_bytes_are_safe_before_their_name_and_the_name_before_anything_else(strace: Path) -> None:
    lines = traced(strace).stderr.splitlines()
    begun = next(n for n, line in enumerate(lines) if ".part" in line and "O_CREAT" in line)
    words = [line.partition("(")[0].split()[-1] for line in lines[begun:] if "ab" * 4 in line or "sync(" in line]
    assert words[0] == "fsync"
    named = next(n for n, word in enumerate(words) if word.startswith("rename"))
    assert "fsync" in words[named + 1 :]


@pytest.mark.parametrize("call", ["fsync", "rename", "mkdir"])
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_kill_at_any_step_leaves_whole_content_or_none(strace: Path, call: str, turn: int) -> None:
    traced(strace, "-e", f"inject={call}:signal=KILL:when={turn}")
    place = disk.blob_place(strace, "ab" * 32)
    assert not place.exists() or place.read_bytes() == b"x" * 3000
    assert "kept" in traced(strace).stdout
    assert place.read_bytes() == b"x" * 3000


def test_two_gigabytes_are_refused_in_little_memory() -> None:
    done = subprocess.run([sys.executable, "-c", GROW], cwd=ROOT, capture_output=True, text=True, check=True)
    id, grown = done.stdout.split()
    assert id == "too_big"
    assert int(grown) <= 64 * 1024


def test_a_large_paper_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    path.write_bytes(pdf(*[stream(bytes([n]) * 8_000_000) for n in range(1, 17)]))
    line = [sys.executable, "-c", READ, str(path)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    pages, grown = done.stdout.split()
    assert pages == "1"
    assert int(grown) <= 64 * 1024


def test_a_paper_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "slow.pdf"
    path.write_bytes(pdf(pages=4000))
    with pytest.raises(FileRefused, match="quá rối nên không đọc xong"):
        probe_pdf(path, Limits(seconds=0.001), encrypted=False)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nonsense", b"\0" * 5000, pdf(pages=0)])
def test_a_page_that_can_not_be_drawn_costs_nothing_but_its_image(tmp_path: Path, content: bytes) -> None:
    path, out = tmp_path / "bad", tmp_path / "out"
    path.write_bytes(content)
    for kind in ("pdf", "jpg", "png"):
        assert draw(path, kind, 1, 900, out, most=90_000, seconds=10) is False


def test_a_drawing_that_eats_memory_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    path.write_bytes(pdf().replace(b"[0 0 595 842]", b"[0 0 900 900]"))
    assert draw(path, "pdf", 1, 60_000, tmp_path / "out", most=90_000, seconds=10) is False
