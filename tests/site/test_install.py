"""What a fresh clone installs, and what the console says before anything runs."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=; ]", line)[0].lower().replace("_", "-") for line in requirements}


def locked(lock: str) -> set[str]:
    return names([line for line in (ROOT / lock).read_text().splitlines() if "==" in line])


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_hashes_everything(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    entries = re.findall(r"^\S+==.*(?:\n    .*)*", text, re.M)
    assert entries and all("--hash=sha256:" in entry for entry in entries)


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert names(project["dependencies"]) | {"setuptools"} <= locked("requirements.lock")
    assert names(project["optional-dependencies"]["dev"]) <= locked("requirements-dev.lock")


def test_the_test_tools_come_beside_the_same_versions() -> None:
    def pins(lock: str) -> set[str]:
        return set(re.findall(r"^[^\s#]+==\S+", (ROOT / lock).read_text(), re.M))

    assert pins("requirements.lock") <= pins("requirements-dev.lock")


def console(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tram.site.cli", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_the_console_explains_itself_in_vietnamese() -> None:
    said = console().stdout
    assert "cách dùng: tram" in said and "usage" not in said
    for command in ("run", "doctor", "demo", "read", "audit", "backup", "restore", "upgrade", "manage"):
        assert f"  {command} " in said


@pytest.mark.parametrize(
    "words", [["bay"], ["run", "--cong", "80"], ["demo", "people"], ["read", "letter"], ["backup", "--keep", "0"]]
)
def test_a_wrong_word_is_answered_with_the_way_to_help(words: list[str]) -> None:
    done = console(*words)
    assert done.returncode == 2 and "--help" in done.stderr and "Traceback" not in done.stderr


def test_a_letter_is_read_without_database_or_django(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("ỦY BAN NHÂN DÂN TỈNH LÀO CAI\nSố: 12/UBND-VX\nV/v nghỉ Tết\n", "utf-8")
    code = (
        "import sys; sys.argv[1:] = ['read', 'letter', sys.argv[1], '--json']\n"
        "from tram.site.cli import main; main(); print('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(letter)], cwd=ROOT, capture_output=True, text=True)
    *letters, woke_django = done.stdout.splitlines()
    assert len(letters) == 1 and '"UBND-VX"' in letters[0]
    assert woke_django == "False"


def test_the_accounts_of_a_folder_without_a_demo_are_refused_with_the_way_to_one(tmp_path: Path) -> None:
    done = console("demo", "accounts", "--data", str(tmp_path))
    assert done.returncode == 1 and "tram run" in done.stderr
