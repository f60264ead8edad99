"""The cast: a small province whose people every test knows. Built through the public commands only.

Hoa keeps the books of the Sở Khoa học và Công nghệ, Sơn directs it, Hùng is his deputy, Lan works in the telecoms
division that Dũng heads, Nga works in the IT division that Phúc heads, Tâm is office chief. Tuấn keeps the books of
the Sở Tài chính (the stranger), Bình chairs a commune and keeps its books too. Quản administers Sơn's agency, Tỉnh the province.
"""

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import connection, transaction
from django.test import Client

from tram.audit.models import Event
from tram.identity.commands.accounts import open_account
from tram.identity.commands.entering import sign_in
from tram.identity.models import Account
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.clock import LOCAL
from tram.organisation.commands.books import open_book
from tram.organisation.commands.posts import appoint, create_post
from tram.organisation.commands.units import create_unit
from tram.organisation.models import Post, Unit
from tram.organisation.queries import actor_of

FOUNDED = date(2025, 7, 1)
AT = datetime(2026, 11, 16, 9, 0, tzinfo=LOCAL)
PASSWORD = "chim-lac-bay-qua-song"
_HASHED = ScryptPasswordHasher().encode(PASSWORD, "muoi", n=16)
"""Hashed cheaply: what a hash costs stands in it, and here it is not what is tried."""

PEOPLE = [
    # login, name, unit, title, rank, roles
    ("hoa", "Trần Thị Hoa", "skhcn", "Văn thư", 60, ["clerk"]),
    ("son", "Nguyễn Văn Sơn", "skhcn", "Giám đốc", 10, ["director"]),
    ("hung", "Phạm Quốc Hùng", "skhcn", "Phó Giám đốc", 20, ["deputy_director"]),
    ("tam", "Đỗ Minh Tâm", "office", "Chánh Văn phòng", 30, ["office_chief", "unit_head"]),
    ("dung", "Lê Tiến Dũng", "telecoms", "Trưởng phòng", 40, ["unit_head"]),
    ("lan", "Hoàng Thị Lan", "telecoms", "Chuyên viên", 70, ["specialist"]),
    ("phuc", "Vũ Đình Phúc", "it", "Trưởng phòng", 40, ["unit_head"]),
    ("nga", "Bùi Thúy Nga", "it", "Chuyên viên", 70, ["specialist"]),
    ("quan", "Mai Đức Quản", "skhcn", "Quản trị hệ thống", 90, ["admin_org"]),
    ("tuan", "Ngô Anh Tuấn", "stc", "Văn thư", 60, ["clerk"]),
    ("thu", "Đinh Thị Thu", "stc", "Giám đốc", 10, ["director"]),
    ("binh", "Giàng A Bình", "xa", "Chủ tịch", 10, ["chair", "clerk"]),
    ("tinh", "Cao Thị Tỉnh", "province", "Quản trị tỉnh", 90, ["admin_province"]),
]
UNITS = [
    # key, kind, name, abbreviation, parent, is agency
    ("province", "province_committee", "Ủy ban nhân dân tỉnh Lào Cai", "UBND", None, True),
    ("skhcn", "department", "Sở Khoa học và Công nghệ", "SKHCN", "province", True),
    ("office", "office", "Văn phòng Sở", "VP", "skhcn", False),
    ("telecoms", "division", "Phòng Bưu chính, Viễn thông", "BCVT", "skhcn", False),
    ("it", "division", "Phòng Chuyển đổi số", "CĐS", "skhcn", False),
    ("stc", "department", "Sở Tài chính", "STC", "province", True),
    ("budget", "division", "Phòng Ngân sách", "NS", "stc", False),
    ("xa", "commune_committee", "Ủy ban nhân dân xã Tả Phìn", "UBND", "province", True),
]
BOOKS = [("incoming", "Sổ đăng ký văn bản đến", False), ("incoming_secret", "Sổ đăng ký văn bản mật đến", True)]


@dataclass
class Cast:
    """Everybody and everything by short names: `cast.son` is an Actor on the day of AT, `cast.telecoms` a Unit."""

    units: dict[str, Unit] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Unit | Actor:
        if name in self.units:
            return self.units[name]
        if name in self.accounts:
            return self.actor(name)
        raise AttributeError(name)

    def actor(self, name: str, at: datetime = AT) -> Actor:
        """A person as the actor they are at a moment."""
        return actor_of(self.accounts[name].pk, at.date())

    def signed_in(self, client: Client, name: str) -> Client:
        """The client, with the person's own session (as the sign-in page makes it)."""
        entry = sign_in(
            actor=Actor.system(), at=clock.now(), login=name, password=PASSWORD, address="127.0.0.1", agent="Chromium"
        )
        assert entry.is_admitted, entry.problem
        session = client.session
        session["sign_in"] = entry.key
        session.save()
        return client


def build(founded: date = FOUNDED) -> Cast:
    """Build the cast through the commands."""
    system, at = Actor.system(), datetime(founded.year, founded.month, founded.day, 8, tzinfo=LOCAL)
    cast = Cast()
    for order, (key, kind, name, abbr, parent, is_agency) in enumerate(UNITS):
        cast.units[key] = create_unit(
            actor=system,
            at=at,
            kind=kind,
            name=name,
            abbr=abbr,
            since=founded,
            is_agency=is_agency,
            order=order,
            parent=cast.units[parent] if parent else None,
        )
    for login, name, unit, title, rank, roles in PEOPLE:
        agency = cast.units[unit].agency_id
        account = open_account(actor=system, at=at, login=login, name=name, agency=agency, password_hash=_HASHED)
        post = create_post(
            actor=system, at=at, unit=cast.units[unit], title=title, rank=rank, roles=roles, since=founded
        )
        appoint(actor=system, at=at, post=post, account=account, since=founded)
        cast.accounts[login], cast.posts[login] = account, post
    for key in ("province", "skhcn", "stc", "xa"):
        for code, name, is_secret in BOOKS:
            for year in (2025, 2026):
                open_book(
                    actor=system, at=at, agency=cast.units[key], code=code, name=name, year=year, is_secret=is_secret
                )
    return cast


TABLES = (
    "audit_chain", "audit_event", "identity_account", "organisation_appointment", "organisation_numberbook",
    "organisation_post", "organisation_rolegrant", "organisation_unit", "organisation_unitversion",
)  # fmt: skip
"""Tables that the cast stands in, all of them empty before."""
BEYOND = "SELECT " + ", ".join(
    f"setval('{table}_id_seq', greatest((SELECT last_value FROM {table}_id_seq), (SELECT max(id) FROM {table})))"
    for table in TABLES
    if table != "audit_chain"
)
"""The next keys lie beyond the cast's, also after a flush that let the counters begin again."""
_built: list[tuple[tuple[Any, ...], dict[str, bytes]]] = []


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, in the test's own transaction: built once in a process, and its rows copied back for each further test.

    Where something was recorded before, it is built as everywhere else: its records follow upon those.
    """
    if Event.objects.exists():
        return build()
    if not _built:
        made = build()
        _built.append(((made.units, made.posts, made.accounts), {table: _rows(table) for table in TABLES}))
        return Cast(*deepcopy(_built[0][0]))
    people, rows = _built[0]
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(rows[table])
        cursor.execute(BEYOND)
    return Cast(*deepcopy(people))


def _rows(table: str) -> bytes:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(copy)
