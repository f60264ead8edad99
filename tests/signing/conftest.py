"""Each story has a data folder of its own with a test authority, and the Sở with the cast."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as installed

from tests.cast import Cast
from tests.signing.papers import Office
from tram.signing.rules import authority
from tram.signing.rules.secrets import key_password


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One test authority for all stories: making its keys takes a while."""
    folder = tmp_path_factory.mktemp("noi-cap") / "test"
    authority.found(folder, key_password(str(installed.SECRET_KEY)))
    return folder


@pytest.fixture
def office(cast: Cast, founded: Path, tmp_path: Path, settings: Any) -> Office:
    settings.TRAM_DATA = tmp_path / "data"
    shutil.copytree(founded, tmp_path / "data" / "signing" / "test")
    return Office(cast)
