"""A house with people, numbers, files and keys, backed up once for all tests of this room that only look."""

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django.plugin import DjangoDbBlocker

from tests.cast import AT, Cast, build
from tests.files.builders import pdf, png
from tram.audit.commands import together
from tram.files.commands import store
from tram.files.models import File
from tram.keeping.commands.backing import back_up
from tram.keeping.commands.reading import Opened, opened
from tram.keeping.rules import places
from tram.keeping.rules.manifest import Seen
from tram.keeping.rules.recovery import RecoveryKey, make_key
from tram.kernel.actors import Actor
from tram.organisation.commands.books import take_number

SECRET = "khóa ký của nhà này, phải còn nguyên sau khi khôi phục"


@dataclass
class House:
    """The house: its folder, its backups, its key, its people, and what was said while it was backed up."""

    data: Path
    backups: Path
    key: RecoveryKey
    cast: Cast
    files: list[File] = field(default_factory=list)
    said: list[Seen] = field(default_factory=list)

    def back_up(self, at: datetime, keep: int = 14) -> Opened:
        """One backup made at that moment."""
        back_up(
            actor=Actor.system(), at=at, data=self.data, backups=self.backups, key=self.key, keep=keep,
            say=self.said.append,
        )  # fmt: skip
        return opened(self.backups, places.name_of(at), self.key)


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """The house; the server's account can enter its folder, so that clusters can be made beside it."""
    folder = Path(mkdtemp(prefix="tram-keeping-", dir="/tmp"))
    folder.chmod(0o711)
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(settings, "TRAM_DATA", folder / "house")
        patch.delenv("TRAM_BACKUPS", raising=False)
        try:
            yield _furnished(folder)
        finally:
            call_command("flush", interactive=False, verbosity=0)
            shutil.rmtree(folder)


def _furnished(folder: Path) -> House:
    data = folder / "house"
    (data / "signing" / "keys").mkdir(parents=True)
    data.chmod(0o711)
    (data / "signing" / "keys" / "seal.p12").write_bytes(bytes(range(256)))
    (data / "secret").write_text(SECRET)
    (data / "pg-tram.password").write_text("của cụm này, không của cụm nào khác")
    house = House(data, folder / "house-backups", make_key(data), build())
    for content, name in ((pdf(pages=2), "đến.pdf"), (png(), "ảnh.png"), (pdf(pages=3), "thừa.pdf")):
        actor = house.cast.actor("hoa")
        file = store(actor=actor, at=AT, stream=io.BytesIO(content), name=name, agency=actor.agency)
        house.files.append(file)
    for _ in range(3):
        with together():
            take_number(
                actor=house.cast.actor("hoa"), at=AT, agency=house.cast.units["skhcn"].pk, code="incoming", about="x/1"
            )
    return house


@pytest.fixture(scope="module")
def saved(house: House) -> Opened:
    """Its backup."""
    return house.back_up(AT)
