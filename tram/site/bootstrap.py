"""Make `.venv` from a hashed lock. Called by ./run and ./test with the machine's own Python, before anything exists.

    python3 tram/site/bootstrap.py requirements.lock

A stamp in the environment remembers what was installed, so that the next start takes no time.
"""

import os
import shutil
import subprocess
import sys
import time
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def prepare(lock: Path) -> None:
    """Have `.venv` with everything that the lock names and the console entry `tram`; says what it does."""
    wanted = sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f"installed-{lock.name}"
    if stamp.exists() and stamp.read_text() == wanted and (VENV / "bin" / "tram").exists():
        return
    begun = time.monotonic()
    uv = shutil.which("uv")
    print(f"Chuẩn bị môi trường Python ở {VENV} (lần đầu mất một hai phút)", flush=True)
    _make(uv)
    if uv:
        install = [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    else:
        install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    _run([*install, "--only-binary", ":all:", "--require-hashes", "-r", str(lock)], "Chưa tải đủ thư viện")
    _run([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)], "Chưa cài được tram vào môi trường")
    stamp.write_text(wanted)
    print(f"  ✓ Môi trường: {f'{time.monotonic() - begun:.1f}'.replace('.', ',')} giây", flush=True)


def _make(uv: str | None) -> None:
    """Make the environment, or keep a sound one."""
    works = PYTHON.exists() and _quiet([str(PYTHON), "-c", f"import sys; sys.exit(sys.version != {sys.version!r})"])
    if works and (uv or _quiet([str(PYTHON), "-m", "pip", "--version"])):
        return
    if uv:
        _run([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)], "Chưa tạo được môi trường")
        return
    if find_spec("ensurepip") is None:
        sys.exit("✗ Python của máy thiếu phần tạo môi trường. Cài: sudo apt install python3-venv")
    _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "Chưa tạo được môi trường")


def _quiet(command: list[str]) -> bool:
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0


def _run(command: list[str], trouble: str) -> None:
    """Run it; when it fails, its own last words stand above our sentence."""
    if subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"}).returncode:
        sys.exit(f"✗ {trouble}; lý do ở ngay trên. Kiểm tra đường mạng tới kho thư viện Python rồi chạy lại.")


if __name__ == "__main__":
    prepare(ROOT / sys.argv[1])
