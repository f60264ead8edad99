"""What the tests of files share: a data folder of their own, a way to store, a room that holds files."""

import io
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytest_django.fixtures import Settings

from tests.cast import AT, Cast
from tram.files.commands import store
from tram.files.models import File
from tram.files.sockets import holders
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if


class Folder:
    """A room whose folders carry files: `readers` are the accounts that may open each."""

    def __init__(self) -> None:
        self.readers: dict[UUID, set[int | None]] = {}

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        if file_id not in self.readers:
            return None
        return allow_if(actor.account in self.readers[file_id], "Chỉ người giữ hồ sơ được mở.")


@pytest.fixture
def data(settings: Settings, tmp_path: Path) -> Path:
    """An empty data folder."""
    settings.TRAM_DATA = tmp_path
    return tmp_path


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """The only room that holds files, for this test."""
    room = Folder()
    monkeypatch.setattr(holders, "_plugs", {"folder": room})
    yield room


@pytest.fixture
def bring(cast: Cast, data: Path, folder: Folder) -> Callable[..., File]:
    """Somebody of the cast brings a file."""

    def brought(content: bytes, name: str = "a.pdf", who: str = "hoa", **options: Any) -> File:
        actor = cast.actor(who)
        return store(actor=actor, at=AT, stream=io.BytesIO(content), name=name, agency=actor.agency, **options)

    return brought


def kept(data: Path) -> list[Path]:
    """Every file below the data folder."""
    return sorted(path for path in data.rglob("*") if path.is_file())
