"""Everything that must hold, in one run with one exit code. Called by ./test, inside the environment."""

# ruff: noqa: T201
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOLS = Path(sys.executable).parent
PACKAGES = {
    "chromium": "the journeys",
    "fonts-liberation": "their pictures",
    "poppler-utils": "another's word on our signatures",
    "softhsm2": "a token in software",
    "strace": "kills at system calls",
}
PROGRAMS = ("chromium", "pdfsig", "softhsm2-util", "strace")
CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy", "tram"],
    "lint-imports": ["lint-imports"],
}
WORKERS = (os.cpu_count() or 1) + 1
"""One more than processors: journeys wait for a browser, faults for a house that comes back."""
PYTEST = ["pytest", "-n", f"{WORKERS}", "--dist", "loadfile", "--no-loadscope-reorder", "-q"]


def main(words: list[str]) -> int:
    """Run what the words ask for; 0 when all of it holds."""
    quick = "--quick" in words
    given = [word for word in words if word != "--quick"]
    if not quick and not given:
        _have_packages()
    tests = [*PYTEST, *(["-m", "not journey and not long"] if quick else []), *given]
    with ThreadPoolExecutor(1) as aside:
        checks = {} if given else {name: aside.submit(_holds, command, hears=False) for name, command in CHECKS.items()}
        done = {"pytest": _holds(tests)}
        return _summary({name: check.result() for name, check in checks.items()} | done)


def _holds(command: list[str], *, hears: bool = True) -> tuple[bool, float]:
    """Whether it holds, and its seconds; what is done aside says at its end what it found, all at once."""
    begun = time.monotonic()
    aside = {} if hears else {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    done = subprocess.run([str(TOOLS / command[0]), *command[1:]], cwd=ROOT, **aside)
    if not hears and done.returncode:
        print(f"\n── {' '.join(command)}\n{done.stdout}", flush=True)
    return done.returncode == 0, time.monotonic() - begun


def _summary(results: dict[str, tuple[bool, float]]) -> int:
    print()
    for name, (holds, seconds) in results.items():
        print(f"{'✓' if holds else '✗'} {name:14} {f'{seconds:.1f}'.replace('.', ',')} giây")
    return 0 if all(holds for holds, _ in results.values()) else 1


def _have_packages() -> None:
    """Install what only tests need with the machine's package manager, where it is missing and we may."""
    if all(map(shutil.which, PROGRAMS)) and _has_font():
        return
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    wanted = " ".join(PACKAGES)
    if shutil.which("apt-get") and (not root or _may_sudo()):
        print(f"Cài {wanted}", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run([*root, "apt-get", "-qq", "update"], env=quiet)
        install = [*root, "apt-get", "-qq", "install", "-y", "--no-install-recommends", *PACKAGES]
        if subprocess.run(install, env=quiet, stdout=subprocess.DEVNULL).returncode == 0:
            return
    sys.exit(f"✗ Thiếu công cụ thử. Cài: sudo apt install {wanted}. Chạy phần còn lại: ./test --quick")


def _has_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":family=Liberation Sans"], capture_output=True).stdout)


def _may_sudo() -> bool:
    return bool(shutil.which("sudo")) and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
