"""The tests' own PostgreSQL: one cluster kept between runs, one migrated template, one copy of it per process."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir

import psycopg
from django.core.management import call_command
from django.db import connections
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from tram.site.postgres import Server, lent_account, reaches

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES_KEPT = 3


def bed() -> Path:
    """The tests' data folder: in the checkout, or in the temporary folder when the server's account cannot go there."""
    if reaches(lent_account(), ROOT):
        return ROOT / ".tram-test"
    return Path(gettempdir(), f"tram-test-{sha256(os.fsencode(ROOT)).hexdigest()[:12]}")


def shape_of_schema() -> str:
    """A fingerprint of everything that decides the tables; the same fingerprint means the same template."""
    tables = [*ROOT.glob("tram/*/models.py"), *ROOT.glob("tram/*/models/*.py"), *ROOT.glob("tram/*/migrations/*.py")]
    told = sha256()
    for file in sorted([*tables, ROOT / "tram/site/settings.py"]):
        told.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def own_database() -> Iterator[None]:
    """Point Django at a database of this process's own, copied from the migrated template; dropped afterwards."""
    given = os.environ.get("DATABASE_URL")
    server = Server(bed(), durable=False)
    if given:
        with _copied(given):
            yield
    else:
        with server.held() as url, _copied(url):
            yield


@contextmanager
def _copied(url: str) -> Iterator[None]:
    template, own = f"template_{shape_of_schema()}", f"test_{os.getpid()}"
    bed().mkdir(exist_ok=True)
    with psycopg.connect(url, autocommit=True) as desk:
        with (bed() / "template.lock").open("w") as lock:
            flock(lock, LOCK_EX)
            _sweep(desk, keep=template)
            if not _exists(desk, template):
                _make_template(desk, url, template)
            desk.execute(_named("create database {} template {}", own, template))
        _use(url, own)
        try:
            yield
        finally:
            connections.close_all()
            desk.execute(_named("drop database {} with (force)", own))


@contextmanager
def like(source: str, name: str) -> Iterator[None]:
    """Meanwhile Django speaks to a copy of that database, which nobody may be using; it stays behind under its name."""
    address = connections["default"].settings_dict
    line = {"host": address["HOST"], "user": address["USER"], "password": address["PASSWORD"]}
    own = address["NAME"]
    connections.close_all()
    with psycopg.connect(dbname=own, port=address["PORT"] or None, autocommit=True, **line) as desk:
        desk.execute(_named("drop database if exists {} with (force)", name))
        desk.execute(_named("create database {} template {}", name, source))
    address["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        address["NAME"] = own


def _make_template(desk: psycopg.Connection, url: str, template: str) -> None:
    """Migrate aside and rename when whole, so that a broken migration leaves no half-made template."""
    desk.execute(_named("drop database if exists {} with (force)", "template_new"))
    desk.execute(_named("create database {}", "template_new"))
    _use(url, "template_new")
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    connections.close_all()
    desk.execute(_named("alter database {} rename to {}", "template_new", template))


def _sweep(desk: psycopg.Connection, *, keep: str) -> None:
    """Drop the databases of dead processes and all but the newest templates."""
    rows = desk.execute("select datname from pg_database order by oid desc").fetchall()
    templates = [name for (name,) in rows if name.startswith("template_") and len(name) == 25 and name != keep]
    tests = [
        name
        for (name,) in rows
        if (pid := re.fullmatch(r"(?:test|scene|stage|house|play)_(\d+)", name)) and not _lives(int(pid[1]))
    ]
    for name in [*templates[TEMPLATES_KEPT:], *tests]:
        desk.execute(_named("drop database if exists {} with (force)", name))


def _lives(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def _exists(desk: psycopg.Connection, name: str) -> bool:
    return desk.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def _named(text: str, *names: str) -> sql.Composed:
    return sql.SQL(text).format(*map(sql.Identifier, names))


def _use(url: str, name: str) -> None:
    connections.close_all()
    parts = conninfo_to_dict(url)
    settings = connections["default"].settings_dict
    settings.update(
        NAME=name,
        USER=parts.get("user", ""),
        PASSWORD=parts.get("password", ""),
        HOST=parts.get("host", ""),
        PORT=parts.get("port", ""),
    )
