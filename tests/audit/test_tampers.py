"""Random tampers with the rights of the database's owner: each is found at its row, by Trạm and by a stranger's program."""

import importlib.util
import os
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import connection, transaction

from tests.audit import tampering
from tests.audit.tampering import ROWS, SEALED_EVERY
from tests.audit.writing import SYSTEM, write
from tests.cast import AT
from tests.testbed import ROOT
from tram.audit.commands import seal_all
from tram.audit.events import COLUMNS, Mark, marks_in
from tram.audit.queries import Break, export, heads, marks, verify
from tram.identity.commands.accounts import open_account

TAMPERS = int(os.environ.get("TRAM_TAMPERS", "300"))
"""How many; TRAM_TAMPERS=10000 for the full run (docs/howto/audit.md)."""
ALONE_EVERY = 10
VERIFIER = ROOT / "docs" / "howto" / "verify_audit.py"


@pytest.fixture
def alone() -> ModuleType:
    """The verifier that knows nothing of Trạm."""
    spec = importlib.util.spec_from_file_location("verify_audit", VERIFIER)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def published(db: None) -> list[Mark]:
    """Forty rows, sealed after each ten but the last; what an honest office would have put on paper by then."""
    open_account(actor=SYSTEM, at=AT, login="nguoi.khac", name="Người khác", agency=None, password_hash="")
    for since in range(0, ROWS, SEALED_EVERY):
        write(7, SEALED_EVERY, since=since)
        if since + SEALED_EVERY < ROWS:
            assert not seal_all(actor=SYSTEM, at=AT + timedelta(seconds=since + SEALED_EVERY - 0.5))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER; ALTER TABLE audit_chain DISABLE TRIGGER USER")
    return [*marks(), *heads()]


def exported(folder: Path, told: list[Mark]) -> tuple[Path, Path]:
    """The folder and the file that an auditor is given."""
    for table in ("events", "chains"):
        (folder / f"{table}.jsonl").write_text("".join(f"{line}\n" for line in export(table)), "utf-8")
    paper = folder / "published.csv"
    paper.write_text("\n".join([",".join(COLUMNS), *(mark.line for mark in told)]), "utf-8")
    assert [mark.line for mark in marks_in(paper.read_text("utf-8").splitlines())] == [mark.line for mark in told]
    return folder, paper


def found_by(alone: ModuleType, place: tuple[Path, Path]) -> tuple[int, dict[int, int]]:
    sound, breaks = alone.main(*place)
    return sound, dict(breaks)


def found_by_tram(told: list[Mark]) -> tuple[int, dict[int, int]]:
    found = list(verify(published=told))
    return sum(row for row in found if isinstance(row, int)), {
        row.agency: row.seq for row in found if isinstance(row, Break)
    }


def test_random_tampers_are_each_found_at_their_row(
    published: list[Mark], alone: ModuleType, tmp_path: Path, capsys: Any
) -> None:
    dice, kinds = random.Random(2026), Counter[str]()
    for number in range(TAMPERS):
        point = transaction.savepoint()
        done = tampering.do(dice)
        (found,) = verify(7, published=published)
        assert isinstance(found, Break), done
        assert found.seq == done.first, (done, found)
        if number % ALONE_EVERY == 0:
            assert found_by(alone, exported(tmp_path, published)) == found_by_tram(published), done
        transaction.savepoint_rollback(point)
        kinds[done.kind] += 1
    assert set(kinds) == set(tampering.KINDS)
    assert not [row for row in verify(published=published) if isinstance(row, Break)]
    assert found_by(alone, exported(tmp_path, published)) == found_by_tram(published)
    with capsys.disabled():
        print(f"\n{TAMPERS} tampers: {dict(kinds)}")  # noqa: T201


def test_what_the_verifier_needs_is_python_alone() -> None:
    text = VERIFIER.read_text("utf-8")
    imported = {line.split()[1] for line in text.splitlines() if line.startswith(("import ", "from "))}
    assert imported == {"csv", "hashlib", "json", "sys", "datetime", "pathlib"}
    assert len(text.splitlines()) <= 150
