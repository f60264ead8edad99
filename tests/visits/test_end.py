"""What a web process has counted is written at its end; what a killed one had not written is gone."""

import os
import signal
import subprocess
import sys
from multiprocessing import get_context

import pytest
from django.db import connection

from tests.cast import AT, build
from tests.testbed import ROOT
from tram.site import counting as keeper
from tram.visits.commands import counting
from tram.visits.queries import Sums, visits_of
from tram.visits.rules import Counter


def serve(agency: int, page: str, *, is_killed: bool) -> None:
    """As a worker of the web server: forked, one visit, ended."""
    connection.close()
    keeper.keep_counts(seconds=3600)
    counting.note(
        page=page, agency=agency, at=AT, method="GET", headers={"User-Agent": "Mozilla/5.0 (X11)"}, address="127.0.0.1"
    )  # fmt: skip
    if is_killed:
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.django_db(transaction=True)
def test_a_process_writes_what_it_counted_when_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "counter", Counter())  # what other tests counted is not theirs
    agency = build().units["skhcn"].pk
    connection.close()
    for page, is_killed in (("news.article/1", False), ("news.article/2", True)):
        worker = get_context("fork").Process(target=serve, args=(agency, page), kwargs={"is_killed": is_killed})
        worker.start()
        worker.join(30)
        assert worker.exitcode == (-signal.SIGKILL if is_killed else 0)
    assert visits_of(["news.article/1", "news.article/2"]) == {"news.article/1": Sums(1, 0)}


def test_the_web_server_finds_its_rooms_by_itself() -> None:
    """Here they are loaded already; the server is started by its own name, and nothing is."""
    done = subprocess.run(
        [sys.executable, "-c", "import tram.site.parts"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
