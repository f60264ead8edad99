"""The doctor is tried by breaking each thing that it looks at."""

import json
import os
import socket
import subprocess
import sys
from argparse import Namespace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from tests.cast import AT, Cast
from tests.files.builders import pdf
from tram.audit.commands import record, together
from tram.files.commands import store
from tram.files.queries import content_file
from tram.notifications.models import Device
from tram.notifications.rules.sealing import HouseKey
from tram.site import checkup, checkup_rooms, doctor
from tram.site.preparation import Mark, write_mark
from tram.site.sockets import Finding, checks


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for name in checkup.SECRETS:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(HouseKey.new().pem if name.endswith(".pem") else b"x" * 50)
        (tmp_path / name).chmod(0o600)
    return tmp_path


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.django_db
def test_a_sound_installation_has_nothing_bad_but_the_tests_own_haste(data: Path, settings: Any) -> None:
    settings.SECRET_KEY, settings.STATIC_ROOT = "x" * 50, data
    (data / "staticfiles.json").write_text("{}")
    bad = {name: finding for name, finding in doctor.examine(data).items() if finding.mark == "bad"}
    assert set(bad) == {"durable"}, bad


def test_files_with_secrets_that_others_can_read_are_named(data: Path) -> None:
    (data / "secret").chmod(0o644)
    finding = checkup.rights(data)
    assert finding.mark == "bad" and finding.mend == f"chmod 600 {data / 'secret'}"


@pytest.mark.parametrize(("full", "mark"), [(84, "ok"), (85, "warn"), (95, "bad")])
def test_a_filling_disk_is_told_in_time(full: int, mark: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = type("Usage", (), {"total": 100 * 2**30, "free": (100 - full) * 2**30})
    monkeypatch.setattr(checkup.shutil, "disk_usage", lambda _: usage)
    assert checkup.disk(data).mark == mark


def test_error_pages_for_developers_and_any_host_are_alarms(data: Path, settings: Any) -> None:
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["*"]
    assert checkup.debug(data).mark == checkup.hosts(data).mark == "bad"


@pytest.mark.django_db
def test_push_keys_that_are_missing_or_rotten_and_devices_that_hear_nothing_are_told(data: Path, settings: Any) -> None:
    row = {"account": 1, "point": b"", "auth": b"", "name": "", "created_at": AT}
    Device.objects.create(browser=b"1", endpoint="1", failures=2, **row)
    assert checkup_rooms.push_keys(data) == Finding("ok", "Có khóa đẩy; 1 thiết bị nhận đẩy.")
    Device.objects.create(browser=b"2", endpoint="2", failures=3, **row)
    finding = checkup_rooms.push_keys(data)
    assert finding.mark == "warn" and "1 trên 2 thiết bị" in finding.sentence
    (data / "push" / "vapid.pem").write_text("mục")
    assert checkup_rooms.push_keys(data).mark == "bad"
    (data / "push" / "vapid.pem").unlink()
    assert checkup_rooms.push_keys(data).mend == "tram manage found_push_key"
    settings.TRAM_PUSH = False
    assert checkup_rooms.push_keys(data).mark == "ok"


def test_the_demo_on_a_public_address_is_an_alarm(data: Path, settings: Any) -> None:
    settings.TRAM_PUBLIC_URL = "https://laocai.example"
    assert checkup.demo_in_public(data).mark == "ok"
    write_mark(data, Mark(code="", demo="planted"))
    assert checkup.demo_in_public(data).mark == "bad"


def test_a_catalogue_file_that_cannot_be_read_is_named(data: Path, settings: Any) -> None:
    settings.TRAM_CATALOGUE = data
    (data / "holidays.yaml").write_text("2026: [")
    finding = checkup.catalogue(data)
    assert finding.mark == "bad" and str(data / "holidays.yaml") in finding.sentence


def test_missing_style_and_a_missing_signing_secret_are_alarms(data: Path, settings: Any) -> None:
    settings.STATIC_ROOT = data / "nowhere"
    assert checkup.static_files(data).mark == "bad"
    (data / "secret").unlink()
    assert checkup.signing_secret(data).mark == "bad"


def test_a_file_whose_content_is_gone_is_named(
    data: Path, cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.TRAM_DATA = data
    file = store(actor=cast.actor("hoa"), at=AT, stream=BytesIO(pdf()), name="a.pdf", agency=cast.units["skhcn"].pk)
    assert checkup_rooms.contents(data).mark == "ok"
    content_file(data, file.blob_id).unlink()
    finding = checkup_rooms.contents(data)
    assert finding.mark == "bad" and file.blob_id in finding.sentence


def test_an_administrator_who_does_nothing_for_a_season_is_named(data: Path, cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(checkup_rooms.clock, "now", lambda: AT + timedelta(days=60))
    told = checkup_rooms.idle_administrators(data)
    assert told.mark == "warn" and "Mai Đức Quản" in told.sentence and "Trần Thị Hoa" not in told.sentence
    with together():
        record(actor=cast.actor("quan"), at=AT + timedelta(days=59), what="identity.signed_in", about="x/1", agency=0)
    assert "Mai Đức Quản" not in checkup_rooms.idle_administrators(data).sentence


def test_a_mail_server_that_does_not_answer_is_told(data: Path, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert checkup_rooms.mail(data).mark == "warn"
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", taken.getsockname()[1]
        assert checkup_rooms.mail(data).mark == "bad"


BREAKS = {
    "durable": "SET LOCAL synchronous_commit = off",
    "schema": "DELETE FROM django_migrations WHERE app = 'audit'",
    "audit_tail": "INSERT INTO audit_chain (agency, seq, head) VALUES (987654, 3, '\\x00')",
    "drift": "ALTER TABLE notifications_notice ADD COLUMN by_hand int",
    "stalled_jobs": "INSERT INTO procrastinate_jobs (task_name, queue_name, status) VALUES ('t', 'default', 'doing')",
}


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "statement"), BREAKS.items())
def test_what_is_broken_in_the_database_is_seen(name: str, statement: str, data: Path) -> None:
    sql(statement)
    assert (checkup.CHECKS | checkup_rooms.ROOM_CHECKS)[name](data).mark == "bad"


def test_a_check_that_fails_itself_is_a_finding_and_the_others_go_on(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dark(_data: Path) -> Finding:
        raise OperationalError("connection refused")

    monkeypatch.setattr(doctor, "CHECKS", {"dark": dark, "rights": checkup.rights})
    monkeypatch.setattr(doctor, "ROOM_CHECKS", {})
    findings = doctor.examine(data, why_not="PostgreSQL không chạy được.")
    assert findings["dark"].mark == "bad" and "PostgreSQL không chạy được." in findings["dark"].sentence
    assert findings["rights"].mark == "ok"


def test_the_doctor_speaks_when_everything_is_broken(tmp_path: Path) -> None:
    (tmp_path / "pg").touch()
    done = subprocess.run(
        [sys.executable, "-m", "tram.site.cli", "doctor", "--data", str(tmp_path)],
        capture_output=True,
        text=True,
        env={**os.environ, "DATABASE_URL": "", "PYTHONPATH": str(Path(checkup.__file__).parents[2])},
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert done.stdout.count("thiếu cơ sở dữ liệu") == 1 and "✓ Chế độ gỡ lỗi tắt." in done.stdout


@pytest.mark.django_db
def test_programs_get_the_findings_as_json(
    data: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRAM_DATA", str(data))
    assert doctor.doctor(Namespace(json=True, data=str(data)), "") == 1
    told = json.loads(capsys.readouterr().out)
    assert (
        set(told) == {*checkup.CHECKS, *checkup_rooms.ROOM_CHECKS, *dict(checks.items())}
        and told["encoding"]["mark"] == "ok"
    )
