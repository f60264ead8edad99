"""Tampering as the owner of the database can: triggers off, any row, any column, and hashes made anew."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection

from tests.cast import AT
from tram.audit import queries
from tram.audit.models import Chain, Event
from tram.audit.rules import Entry, Tree, link

ROWS, SEALED_EVERY = 40, 10
"""Chain 7 has 40 rows; its roots tell rows 1-10, 11-20 and 21-30."""
COLUMNS = {
    "what": "'documents.opened'",
    "about": "'documents.incoming/999'",
    "actor_id": "(SELECT min(id) FROM identity_account)",
    "actor_name": "'Ai đó'",
    "at": "at + interval '1 microsecond'",
    "detail": '\'{"outcome": "khác"}\'::jsonb',
    "post": "9",
    "principal": "4",
    "principal_name": "'B'",
    "hash": "sha256('x')",
    "prev": "sha256('y')",
    "agency": "9",
    "seq": "seq + 1000",
}


@dataclass(frozen=True, slots=True)
class Tamper:
    """What was done, and the row at which it must be found."""

    kind: str
    first: int


def do(dice: random.Random) -> Tamper:
    """One random change of chain 7."""
    seq = dice.randint(1, ROWS)
    kind = dice.choice(list(KINDS))
    return Tamper(kind, KINDS[kind](dice, seq))


def _run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


def _edit(dice: random.Random, seq: int) -> int:
    column = dice.choice(list(COLUMNS))
    _run(f"UPDATE audit_event SET {column} = {COLUMNS[column]} WHERE agency = 7 AND seq = {seq}")
    return seq


def _delete(_dice: random.Random, seq: int) -> int:
    _run(f"DELETE FROM audit_event WHERE agency = 7 AND seq = {seq}")
    return seq


def _cut(_dice: random.Random, seq: int) -> int:
    _run(f"DELETE FROM audit_event WHERE agency = 7 AND seq >= {seq}")
    return seq


def _insert(_dice: random.Random, seq: int) -> int:
    columns = "at, what, about, actor_name, principal_name, detail, prev, hash"
    _run(
        f"UPDATE audit_event SET seq = -seq - 1 WHERE agency = 7 AND seq >= {seq};"
        f"UPDATE audit_event SET seq = -seq WHERE agency = 7 AND seq < 0;"
        f"INSERT INTO audit_event (agency, seq, {columns}) SELECT agency, {seq}, {columns}"
        f" FROM audit_event WHERE agency = 7 AND seq <> {seq} + 1 LIMIT 1"
    )
    return seq


def _swap(_dice: random.Random, seq: int) -> int:
    other = seq % ROWS + 1
    _run(
        f"UPDATE audit_event SET seq = -1 WHERE agency = 7 AND seq = {seq};"
        f"UPDATE audit_event SET seq = {seq} WHERE agency = 7 AND seq = {other};"
        f"UPDATE audit_event SET seq = {other} WHERE agency = 7 AND seq = -1"
    )
    return min(seq, other)


def _one_hash(_dice: random.Random, seq: int) -> int:
    """A row and its own hash: missed by the row after it, or by what was sealed or published with it as the last."""
    _change(seq)
    _rehash(7, seq, until=seq)
    return _marked(seq) if seq % SEALED_EVERY == 0 else seq + 1


def _to_its_end(_dice: random.Random, seq: int) -> int:
    """A row and every hash after it, up to the chain's end: told by the roots, after them by the published end."""
    _change(seq)
    _rehash(7, seq)
    return _marked(seq)


def _every_chain(_dice: random.Random, seq: int) -> int:
    """The same, and the roots in the installation's chain made anew: only what was published tells."""
    _change(seq)
    _rehash(7, seq)
    tree = {first: Tree() for first in range(1, ROWS, SEALED_EVERY)}
    for place, kept in Event.objects.filter(agency=7).order_by("seq").values_list("seq", "hash"):
        tree[(place - 1) // SEALED_EVERY * SEALED_EVERY + 1].add(bytes(kept))
    for row in Event.objects.filter(agency=0, what=queries.SEALED, about="audit.chain/7").order_by("seq"):
        root = tree[row.detail["first"]].root.hex()
        _run(
            "UPDATE audit_event SET detail = jsonb_set(detail, '{root}', to_jsonb(%s::text)) WHERE id = %s",
            root,
            row.pk,
        )
    _rehash(0, 1)
    return _marked(seq)


def _cut_whole(_dice: random.Random, seq: int) -> int:
    """The tail and the chain's end: rows that were told by a root are missed there, later ones by the published end."""
    _cut(_dice, seq)
    _end(7)
    return seq


def _older_backup(_dice: random.Random, seq: int) -> int:
    """Every chain as it was before row `seq` of this one was written."""
    _cut_whole(_dice, seq)
    _run("DELETE FROM audit_event WHERE agency = 0 AND at > %s", AT + timedelta(seconds=seq - 1))
    _end(0)
    return seq


def _clock(_dice: random.Random, _seq: int) -> int:
    """A row written by the rules while the clock was set back beyond the last seal."""
    columns = "what, about, actor_name, principal_name, detail"
    _run(
        f"INSERT INTO audit_event (agency, seq, at, prev, hash, {columns})"
        f" SELECT agency, seq + 1, at - interval '3 hours', hash, hash, {columns} FROM audit_event"
        f" WHERE agency = 7 AND seq = {ROWS}"
    )
    _rehash(7, ROWS + 1)
    return ROWS + 1


KINDS: dict[str, Callable[[random.Random, int], int]] = {
    "edit a column": _edit,
    "delete": _delete,
    "insert": _insert,
    "swap": _swap,
    "cut the tail": _cut,
    "cut the tail and move the end": _cut_whole,
    "rewrite one row and its hash": _one_hash,
    "rewrite to the end": _to_its_end,
    "rewrite every chain": _every_chain,
    "set back the clock": _clock,
    "restore an older backup": _older_backup,
}


def _marked(seq: int) -> int:
    """The first row of what a root tells together with row `seq`; the published end tells the rows after the roots."""
    sealed = ROWS - ROWS % SEALED_EVERY - SEALED_EVERY
    return (seq - 1) // SEALED_EVERY * SEALED_EVERY + 1 if seq <= sealed else ROWS


def _change(seq: int) -> None:
    _run(f"UPDATE audit_event SET what = 'documents.opened' WHERE agency = 7 AND seq = {seq}")


def _rehash(agency: int, start: int, until: int = 2**40) -> None:
    """Make the hashes of rows `start` to `until` anew, as the rules want them; the chain's end too when they reach it."""
    before = Event.objects.filter(agency=agency, seq=start - 1).first()
    head = bytes(before.hash) if before else b""
    rows = list(Event.objects.filter(agency=agency, seq__gte=start, seq__lte=until).order_by("seq"))
    made: list[Any] = []
    for row in rows:
        told = (row.at, row.what, row.about, row.actor_id, row.actor_name, row.post, row.principal, row.principal_name)
        prev, head = head, link(head, Entry(agency, *told, row.detail), row.seq)
        made += [row.pk, prev, head]
    places = ", ".join(["(%s, %s::bytea, %s::bytea)"] * len(rows))
    _run(
        "UPDATE audit_event e SET prev = made.prev, hash = made.hash"
        f" FROM (VALUES {places}) made(id, prev, hash) WHERE e.id = made.id",
        *made,
    )
    if until == 2**40:
        _end(agency)


def _end(agency: int) -> None:
    """Put the chain's end where its rows end."""
    last = Event.objects.filter(agency=agency).order_by("-seq").first()
    seq, head = (last.seq, bytes(last.hash)) if last else (0, b"")
    Chain.objects.filter(agency=agency).update(seq=seq, head=head)
