"""Crash points: the list is whole, and nothing happens where none is armed."""

import subprocess
import sys
from pathlib import Path

from tests.faults.points import EVERY, Armoury, named
from tests.installation import ROOT

PASS = "from tram.kernel.crashpoints import crashpoint; crashpoint('web.once.kept'); print('alive')"


def passed(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", PASS], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_every_point_in_the_code_is_listed_and_stands_once() -> None:
    assert sorted(named()) == sorted(EVERY)


def test_a_point_kills_once_where_it_is_armed(tmp_path: Path) -> None:
    armoury = Armoury(tmp_path)
    armoury.arm("web.once.kept")
    assert passed(armoury.environment).returncode == -9
    assert not armoury.is_armed("web.once.kept")
    assert passed(armoury.environment).stdout == "alive\n"


def test_without_a_folder_nothing_is_asked() -> None:
    assert passed({}).stdout == "alive\n"
