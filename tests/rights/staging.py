"""The scene behind a file of tests: built once in a process, copied for each file with database, folder and browsers."""

import os
import shutil
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests import cast as people_of_the_cast
from tests.cast import AT, Cast
from tests.rights.scene import Scene, build
from tests.testbed import like, shape_of_schema
from tram.kernel import clock
from tram.web import middleware

_built: list[tuple[Scene, Path]] = []
"""The scene of this process, as it lies in the database that every file's own is copied from, and its data folder."""


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any) -> Iterator[Scene]:
    """The scene at its own hour, in a database and a data folder of the file's own; committed, so that each request is
    undone alone. It is built once in a process and copied for each file."""
    kept, own = f"scene_{os.getpid()}", f"stage_{os.getpid()}"
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: AT)
        patch.setattr(middleware, "hour_of_database", lambda: AT)
        patch.setattr(middleware, "CLAIM", middleware.CLAIM.replace("clock_timestamp()", f"timestamptz '{AT}'"))
        if not _built:
            folder = tmp_path_factory.mktemp("scene")
            with like(f"template_{shape_of_schema()}", kept), override_settings(TRAM_DATA=folder):
                _built.append((build(people_of_the_cast.build()), folder))
        built, folder = _built[0]
        data = tmp_path_factory.mktemp("data")
        shutil.copytree(folder, data, dirs_exist_ok=True)
        with like(kept, own), override_settings(TRAM_DATA=data):
            yield _again(built)


def _again(scene: Scene) -> Scene:
    """The same scene for another file, with browsers of its own."""
    cast = Cast(*deepcopy((scene.cast.units, scene.cast.posts, scene.cast.accounts)))
    again = replace(scene, cast=cast, things=deepcopy(scene.things), clients={}, untouched={})
    for person, before in scene.clients.items():
        client = again.clients[person] = Client(raise_request_exception=False)
        client.cookies, client.defaults = before.cookies.copy(), dict(before.defaults)
    return again
