"""What every test may lean on: a real PostgreSQL, a real Chromium, the real texts beside the checkout."""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from tests.testbed import ROOT, bed, own_database

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ["DJANGO_SETTINGS_MODULE"] = "tram.site.settings"
DATA = bed() / f"data-{WORKER}"
os.environ["TRAM_DATA"] = str(DATA)
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
settings.TRAM_DATA, settings.STATIC_ROOT = DATA, DATA / "static"
"""A worker's settings are read before this file, with the folder of whoever started it: files of one are not another's to lose."""
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow], derandomize=True
)
hypothesis.settings.load_profile("house")
"""A busy machine is no fault of the product, and what fails here fails everywhere."""
pytest_plugins = ["tests.cast"]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


SLOWEST = (
    "journeys/test_axe.py", "faults/test_survive.py", "journeys/test_uploads.py", "journeys/test_payloads.py",
    "rights/test_table_of_outgoing.py", "journeys/test_real_letters.py", "rights/test_same_answer.py", "demo/test_bulk.py",
    "journeys/test_reply.py", "keeping/test_backup.py", "demo/test_plant.py", "rights/test_policies.py", "rights/test_table.py",
    "journeys/test_seeds.py", "keeping/test_replay.py", "rights/test_table_of_work.py", "keeping/test_restore.py",
)  # fmt: skip
"""Files that take longest, which workers had better begin with, so that none waits for another at the end."""


LONG = (
    "rights", "faults", "hostile", "keeping", "demo", "site/test_run.py", "api/test_malformed.py", "search/test_compare.py",
)  # fmt: skip
"""What asks everything of the whole house; left out, with the journeys, of the ordinary run."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest files first, then all others as they stand."""
    long = [ROOT / "tests" / name for name in LONG]
    for item in items:
        if any(item.path.is_relative_to(place) for place in long):
            item.add_marker("long")
    turns = {str(ROOT / "tests" / name): turn for turn, name in enumerate(SLOWEST)}
    items.sort(key=lambda item: turns.get(str(item.path), len(turns)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's own: every process gets a copy of one migrated template, in well under a second."""
    with ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(own_database())
        yield
        with django_db_blocker.unblock():
            stack.close()


NEVER_EMPTIED = ("audit_event", "signing_act", "workfiles_workfile", "workfiles_paper")
"""Tables that the database refuses to empty."""
QUEUE = "TRUNCATE procrastinate_jobs, procrastinate_workers, procrastinate_periodic_defers CASCADE"
"""Tables that no model stands for: what one test put off must not be waiting in the next."""


@pytest.fixture(scope="session", autouse=True)
def flush_past_the_audit() -> Iterator[None]:
    """Between tests that commit, every table is emptied; the triggers that forbid it stand aside."""
    operations = type(connection.ops)
    plain = operations.sql_flush

    def sql_flush(self: Any, *args: Any, **options: Any) -> list[str]:
        aside, back = (
            [f"ALTER TABLE {table} {verb} TRIGGER {table}_is_not_emptied" for table in NEVER_EMPTIED]
            for verb in ("DISABLE", "ENABLE")
        )
        return [*aside, *plain(self, *args, **options), *back, QUEUE]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", sql_flush)
        yield


class Door:
    """Counts who is inside the live server; what a page sent last may still be at work when its window is closed."""

    def __init__(self) -> None:
        self.inside, self.moved_at = 0, 0.0

    def enters(self, **_: object) -> None:
        """A request begins."""
        self.inside, self.moved_at = self.inside + 1, time.monotonic()

    def leaves(self, **_: object) -> None:
        """A request has its answer."""
        self.inside, self.moved_at = self.inside - 1, time.monotonic()

    def wait_until_quiet(self) -> None:
        """Return when nobody was inside for a fifth of a second; fail after half a minute."""
        begun = self.moved_at = time.monotonic()
        while self.inside > 0 or time.monotonic() - self.moved_at < 0.2:
            assert time.monotonic() - begun < 30, f"{self.inside} requests never end"
            time.sleep(0.02)


@pytest.fixture
def live_server(live_server: Any) -> Iterator[Any]:
    """pytest-django's server, quiet before the tables are emptied for the next test."""
    door = Door()
    request_started.connect(door.enters)
    request_finished.connect(door.leaves)
    yield live_server
    door.wait_until_quiet()
    request_started.disconnect(door.enters)
    request_finished.disconnect(door.leaves)


@pytest.fixture(scope="session")
def real() -> Path:
    """The real texts, which stay outside the project."""
    folder = ROOT.parent / "shared" / "real"
    if not folder.exists():
        pytest.skip("shared/real is not here")
    return folder


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Máy chưa có Chromium: apt install chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
