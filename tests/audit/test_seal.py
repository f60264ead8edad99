"""Sealing: every night one hash tells what came, in the installation's chain, on paper and in a file for others."""

import json
from argparse import Namespace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as some

from tests.audit.writing import SYSTEM, write
from tests.cast import AT, Cast
from tram.audit.commands import Broken, seal, seal_all
from tram.audit.events import marks_in
from tram.audit.queries import last_root, marks, printed, verify
from tram.audit.rules import Entry, Tree, canonical, json_of
from tram.jobs.jobs import seal_the_record
from tram.kernel.verdicts import Refused
from tram.site.chains import audit
from tram.site.trouble import Trouble

LATER = AT + timedelta(hours=1)
ASKED = {"json": True, "against": None, "to": None}


def asked(verb: str, **more: Any) -> Namespace:
    return Namespace(**{**ASKED, "verb": verb, **more})


def test_each_seal_begins_after_the_one_before(db: None) -> None:
    write(7, 5)
    assert not seal_all(actor=SYSTEM, at=LATER)
    write(7, 3, since=3600)
    write(8, 2, since=3600)
    assert not seal_all(actor=SYSTEM, at=LATER + timedelta(hours=1))
    assert [(mark.agency, mark.first, mark.last) for mark in marks()] == [
        (7, 1, 5), (0, 1, 1), (7, 6, 8), (8, 1, 2), (0, 2, 4),
    ]  # fmt: skip
    assert list(verify()) == [5, 8, 2]


def test_where_nothing_came_nothing_is_sealed(db: None) -> None:
    write(7, 1)
    assert seal(actor=SYSTEM, at=LATER, agency=7)
    assert seal(actor=SYSTEM, at=LATER, agency=7) is None
    assert seal(actor=SYSTEM, at=LATER, agency=8) is None


def test_nobody_seals_by_hand(cast: Cast) -> None:
    with pytest.raises(Refused):
        seal(actor=cast.tinh, at=LATER, agency=7)


def test_a_broken_chain_is_not_sealed_and_the_others_are(db: None) -> None:
    write(7, 3)
    write(8, 3)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE audit_event DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_event SET about = 'x' WHERE agency = 7 AND seq = 2")
    with pytest.raises(Broken, match="Cơ quan 7, dòng 2"):
        seal(actor=SYSTEM, at=LATER, agency=7)
    with pytest.raises(RuntimeError, match="Cơ quan 7, dòng 2"):
        seal_the_record(0)
    assert [mark.agency for mark in marks()] == [8, 0]


def test_a_book_carries_its_chain_and_the_whole(db: None) -> None:
    assert printed(7) == []
    write(7, 5)
    seal_all(actor=SYSTEM, at=LATER)
    write(8, 1, since=3600)
    seal_all(actor=SYSTEM, at=LATER + timedelta(days=1))
    words, lines = zip(*printed(7), strict=True)
    assert words == ("lúc in", "cơ quan, niêm 10:00 16/11/2026", "toàn hệ thống, niêm 10:00 17/11/2026")
    assert [(mark.agency, mark.kind, mark.first, mark.last) for mark in marks_in(lines)] == [
        (7, "head", 5, 5), (7, "root", 1, 5), (0, "root", 2, 3),
    ]  # fmt: skip
    assert list(verify(published=marks_in(lines))) == [4, 5, 1]


def test_what_was_published_is_held_against_the_record(db: None, tmp_path: Path, capsys: Any) -> None:
    write(7, 5)
    assert audit(asked("seal"), "") == 0
    assert audit(asked("roots", json=False), "") == 0
    paper = tmp_path / "dau-kiem.csv"
    paper.write_text(capsys.readouterr().out, "utf-8")
    assert audit(asked("verify", against=str(paper)), "") == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 7
    assert audit(asked("export", to=str(tmp_path / "ra")), "") == 0
    assert len((tmp_path / "ra" / "events.jsonl").read_text("utf-8").splitlines()) == 7
    capsys.readouterr()
    root = last_root(7)
    assert root
    paper.write_text(paper.read_text("utf-8").replace(root.hash.hex(), "ab" * 32), "utf-8")
    assert audit(asked("verify", against=str(paper)), "") == 1
    assert json.loads(capsys.readouterr().out)["breaks"][0]["agency"] == 7


@pytest.mark.parametrize("line", ["7,root,1", "7,root,2,1," + "ab" * 32, "7,gốc,1,2," + "ab" * 32, "7,root,1,2,ab"])
def test_a_mark_that_is_none_is_told_by_its_line(line: str, tmp_path: Path) -> None:
    paper = tmp_path / "dau-kiem.csv"
    paper.write_text(f"agency,kind,first,last,hash\n{line}\n", "utf-8")
    with pytest.raises(Trouble, match="dòng 2"):
        audit(asked("verify", against=str(paper)), "")
    with pytest.raises(Trouble, match="Không đọc được"):
        audit(asked("verify", against=str(tmp_path / "khong-co")), "")


def test_the_tree_is_that_of_rfc_6962() -> None:
    """The roots of the test vectors of Certificate Transparency (its leaves 0 to 7)."""
    leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    tree = Tree()
    for leaf, root in zip(leaves, roots, strict=True):
        tree.add(bytes.fromhex(leaf))
        assert tree.root.hex() == root


WORDS = some.text(some.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = some.none() | some.integers(-(2**63), 2**63)
DETAIL = some.dictionaries(
    WORDS,
    some.recursive(WORDS | NUMBERS | some.booleans(), lambda one: some.lists(one) | some.dictionaries(WORDS, one)),
)


@given(WORDS, WORDS, NUMBERS, NUMBERS, DETAIL)
def test_a_row_put_together_by_hand_is_what_json_writes(
    what: str, name: str, actor: int | None, post: int | None, detail: dict[str, Any]
) -> None:
    entry = Entry(7, AT, what, name, actor, name, post, post, what, detail)
    moment = "2026-11-16T02:00:00.000000Z"
    told = {**entry._asdict(), "at": moment, "seq": 3}
    assert canonical(3, 7, moment, *entry[2:9], json_of(detail)) == json_of(told).encode()
