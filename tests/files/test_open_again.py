"""The program that opens files outlives bad files, and its own death is not noticed."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.files.builders import pdf
from tram.files.rules import opening
from tram.files.rules.opening import probe_pdf
from tram.files.rules.refusals import STANDARD, FileRefused


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf())
    return path


def test_one_program_opens_file_after_file(good: Path) -> None:
    assert probe_pdf(good, STANDARD, encrypted=False) == 1
    [first] = opening._resting[-1:]
    assert probe_pdf(good, STANDARD, encrypted=False) == 1
    assert opening._resting[-1] is first


def test_a_bad_file_ends_its_own_fork_alone(good: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing else")
    assert probe_pdf(good, STANDARD, encrypted=False) == 1
    program = opening._resting[-1]
    with pytest.raises(FileRefused):
        probe_pdf(bad, STANDARD, encrypted=False)
    assert probe_pdf(good, STANDARD, encrypted=False) == 1
    assert opening._resting[-1] is program


def test_a_program_killed_while_it_rests_is_replaced(good: Path) -> None:
    probe_pdf(good, STANDARD, encrypted=False)
    program = opening._resting[-1]
    os.killpg(program.pid, signal.SIGKILL)
    program.wait()
    assert probe_pdf(good, STANDARD, encrypted=False) == 1
    assert program not in opening._resting


def test_a_program_that_ends_its_rest_just_when_it_is_asked_is_replaced(
    good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ends_before_it_reads = [sys.executable, "-c", "import select, sys; select.select([sys.stdin], [], [])"]
    program = subprocess.Popen(ends_before_it_reads, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    monkeypatch.setattr(opening, "_resting", [program])
    assert probe_pdf(good, STANDARD, encrypted=False) == 1
    assert program.returncode == 0 and program not in opening._resting


def test_a_file_that_takes_too_long_is_refused_and_its_program_ended(good: Path) -> None:
    probe_pdf(good, STANDARD, encrypted=False)
    program = opening._resting[-1]
    with pytest.raises(FileRefused):
        probe_pdf(good, replace(STANDARD, seconds=0), encrypted=False)
    assert program.returncode is not None
    assert probe_pdf(good, STANDARD, encrypted=False) == 1
