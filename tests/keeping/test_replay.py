"""Between two backups: the log is kept beside them, and a house comes back as it was at a moment."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from psycopg.conninfo import conninfo_to_dict

from tests.files.builders import pdf
from tests.keeping.conftest import House
from tests.keeping.test_restore import flipped
from tram.audit.commands import together
from tram.files.commands import store
from tram.files.models import File
from tram.files.queries import content_file
from tram.keeping.commands.following import follow, stop_following
from tram.keeping.commands.reading import Opened
from tram.keeping.commands.replaying import Replay, replay, replay_to
from tram.keeping.commands.restoring import restore
from tram.keeping.rules import log, places
from tram.keeping.rules.manifest import Seen
from tram.kernel import clock
from tram.organisation.commands.books import take_number
from tram.site.postgres import Server
from tram.site.trouble import Trouble


@dataclass
class Day:
    """What happened: a backup, a file and a number, a moment, another file and another number; and the log of it all."""

    backup: Opened
    before: File
    moment: datetime
    after: File


@pytest.fixture(scope="module")
def day(house: House, saved: Opened) -> Iterator[Day]:
    """A day on a server of its own, durable as in life, that was restored for it."""
    data = house.data.with_name("living")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("DATABASE_URL", raising=False)
        restore(backup=saved, data=data, replace=False, say=lambda _: None)
        with Server(data).held() as url:
            patch.setenv("DATABASE_URL", url)
            patch.setattr(settings, "TRAM_DATA", data)
            before = dict(connection.settings_dict)
            try:
                _turn_to(url)
                lived = _live(House(data, house.backups, house.key, house.cast))
            finally:
                connections.close_all()
                connection.settings_dict.update(before)
    yield lived


def _turn_to(url: str) -> None:
    connections.close_all()
    parts = conninfo_to_dict(url)
    connection.settings_dict.update(
        NAME=parts["dbname"], USER=parts["user"], PASSWORD=parts["password"], HOST=parts["host"], PORT=""
    )


def _live(house: House) -> Day:
    backup = house.back_up(clock.now())
    assert [seen.sentence for seen in house.said if "Bản nền" in seen.sentence]
    before = _work(house, pdf(pages=5))
    moment = clock.now()
    after = _work(house, pdf(pages=6))
    until = follow(data=house.data, backups=house.backups, key=house.key)
    assert until and until > moment
    stop_following(house.data)
    assert follow(data=house.data, backups=house.backups, key=house.key) is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_replication_slots")
        assert cursor.fetchone() == (0,)
    return Day(backup, before, moment, after)


def _work(house: House, content: bytes) -> File:
    hoa, at = house.cast.actor("hoa"), clock.now()
    with together():
        take_number(actor=hoa, at=at, agency=house.cast.units["skhcn"].pk, code="incoming", about="x/2")
    return store(actor=hoa, at=at, stream=io.BytesIO(content), name="a.pdf", agency=hoa.agency)


def planned(house: House, day: Day, until: datetime) -> Replay:
    plan = replay_to(house.backups, until, places.moment_of(day.backup.name))
    assert plan
    return plan


def brought_back(day: Day, plan: Replay, data: Path) -> list[Seen]:
    said: list[Seen] = []
    replay(backup=day.backup, plan=plan, data=data, replace=False, say=said.append)
    return said


def test_a_house_comes_back_as_it_was_between_two_backups(
    house: House, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what was done before the moment, file and number, and without what was done after."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    data = house.data.with_name("then")
    said = brought_back(day, planned(house, day, day.moment), data)
    assert all(seen.ok for seen in said), said
    assert any("nối tiếp đúng" in seen.sentence for seen in said)
    assert content_file(data, day.before.blob_id).exists() and not content_file(data, day.after.blob_id).exists()
    with Server(data).held() as url, psycopg.connect(url) as desk:
        numbers = desk.execute("SELECT next_number FROM organisation_numberbook WHERE next_number > 1").fetchall()
        last = desk.execute("SELECT what FROM audit_event ORDER BY id DESC LIMIT 2").fetchall()
    assert numbers == [(5,)] and last == [("keeping.restored",), ("files.stored",)]
    gates = (data / "pg" / "pg_hba.conf").read_text().splitlines()
    assert {line.split()[-1] for line in gates if line and not line.startswith("#")} == {"scram-sha-256"}


def test_a_moment_after_the_log_comes_to_its_end_and_one_before_the_copy_has_none(house: House, day: Day) -> None:
    assert planned(house, day, clock.now() + timedelta(hours=1)).until is None
    assert planned(house, day, day.moment).until == day.moment
    assert replay_to(house.backups, day.moment - timedelta(days=1), day.moment - timedelta(days=2)) is None
    assert replay_to(house.backups, clock.now(), clock.now()) is None


@pytest.mark.parametrize("spoil", [flipped, Path.unlink])
@pytest.mark.parametrize("which", ["base", "first", "last"])
def test_a_spoiled_log_is_refused_before_anything_is_touched(
    spoil: Callable[[Path], None], which: str, house: House, day: Day, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    plan = planned(house, day, day.moment)
    place = {"base": plan.base.place / "base.sealed", "first": plan.segments[0], "last": plan.segments[-1]}[which]
    whole, data = place.read_bytes(), house.data.with_name("nowhere")
    try:
        spoil(place)
        with pytest.raises(Trouble, match=place.name[:24]):
            brought_back(day, plan, data)
    finally:
        place.write_bytes(whole)
    assert not data.exists() and not data.with_name("nowhere.restoring").exists()


def test_a_hole_in_the_log_is_named(tmp_path: Path) -> None:
    names = ["0000000100000000000000FE", "0000000100000000000000FF", "000000010000000100000000"]
    for name in names:
        (tmp_path / f"{name}.sealed").touch()
    (tmp_path / "000000010000000100000001.partial.sealed").touch()
    assert [path.name[:24] for path in log.segments(tmp_path, names[0])] == [*names, "000000010000000100000001"]
    (tmp_path / f"{names[1]}.sealed").unlink()
    with pytest.raises(Trouble, match=f"thiếu đoạn {names[1]}"):
        log.segments(tmp_path, names[0])
