"""Writing the audit: `atomic` opens the transaction of a command, `record` says what it did.

Rows made inside the outermost `atomic` are chained just before it commits, so an agency's chain is locked for
an instant only, and a command that fails leaves nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import date, datetime
from enum import Enum
from functools import wraps
from itertools import chain
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from tram.audit.events import Mark
from tram.audit.models import Chain
from tram.audit.policy import may_seal
from tram.audit.queries import SEALED, Break, unsealed
from tram.audit.rules import Entry, in_order, link
from tram.kernel.actors import Actor
from tram.kernel.clock import local
from tram.kernel.crashpoints import crashpoint

P = ParamSpec("P")
R = TypeVar("R")
_pending: ContextVar[list[Entry] | None] = ContextVar("pending", default=None)
_savepoints: ContextVar[bool] = ContextVar("savepoints", default=True)
_in_command: ContextVar[bool] = ContextVar("in_command", default=False)


@contextmanager
def together(*, savepoints: bool = True) -> Iterator[None]:
    """Several commands in one transaction; their rows enter the chains together.

    What fails inside may be caught, and the others go on. Without `savepoints` it ends the whole: for long work in
    which nobody goes on after a failure; it halves the words spoken with the database.
    """
    outer = _pending.get()
    with transaction.atomic(savepoint=_savepoints.get()):
        if outer is not None:
            mark = len(outer)
            try:
                yield
            except BaseException:
                del outer[mark:]
                raise
            return
        token, kept = _pending.set([]), _savepoints.set(savepoints)
        try:
            yield
            _chain(_pending.get() or [])
        finally:
            _savepoints.reset(kept)
            _pending.reset(token)


@contextmanager
def one_post(goes_on: bool) -> Iterator[None]:
    """What stands round the whole of a POST: its commands enter the chains together, in the transaction of the POST,
    which is open already and ends with what fails here.

    Where the door `goes_on` after a failure, to show what was typed, each command has its savepoint; else it is a part
    of the POST and falls with it.
    """
    pending, part = _pending.set([]), _in_command.set(not goes_on)
    try:
        yield
        _chain(_pending.get() or [])
    finally:
        _in_command.reset(part)
        _pending.reset(pending)


class _TakenBack(Exception):
    """What was done is taken back on purpose."""


def rehearse(act: Callable[[], object]) -> None:
    """Do it and take all of it back: it refuses what it would refuse, and leaves nothing, so a page can ask before."""
    with suppress(_TakenBack), together():
        act()
        raise _TakenBack


def atomic(command: Callable[P, R]) -> Callable[P, R]:
    """Decorate a command: all of it happens, with its record, or none of it.

    A command that another command calls is a part of that one and falls with it: it has no savepoint, and who catches
    its failure stands in `together()`, else the database refuses all that follows.
    Here, and nowhere else, its moment is put into local time, so that inside `at.date()` is the day of the law and
    `at.year` the year of the book, whatever zone the caller counts in.
    """

    @wraps(command)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        at = kwargs.get("at")
        if isinstance(at, datetime):
            kwargs["at"] = local(at)
        if _in_command.get():
            with transaction.atomic(savepoint=False):
                return command(*args, **kwargs)
        token = _in_command.set(True)
        try:
            with together():
                return command(*args, **kwargs)
        finally:
            _in_command.reset(token)

    return whole


def record(*, actor: Actor, at: datetime, what: str, about: str, agency: int | None = None, **detail: Any) -> None:
    """Say what a command did. `agency` is the agency whose chain it enters (default: the actor's; 0 = installation).

    Raises RuntimeError outside `atomic`: an act and its record are one.
    """
    pending = _pending.get()
    if pending is None:
        raise RuntimeError("record() stands inside @atomic")
    hat = actor.acting
    pending.append(
        Entry(
            agency=actor.agency if agency is None else agency,
            at=at,
            what=what,
            about=about,
            actor=actor.account,
            actor_name=actor.name,
            post=hat.post if hat else None,
            principal=hat.principal if hat else None,
            principal_name=hat.principal_name if hat else "",
            detail={key: _plain(v) for key, v in detail.items()},
        )
    )


@atomic
def seal(*, actor: Actor, at: datetime, agency: int) -> Mark | None:
    """Tell the rows of a chain since its last root by one hash, in the installation's own chain; None: no new row.

    So every chain stands in one, and one printed line of that one stands for all. Raises Broken, and seals nothing,
    where a row is not what was written.
    """
    may_seal(actor).or_refuse()
    found = unsealed(agency)
    if isinstance(found, Break):
        raise Broken(found)
    if found:
        told = {"chain": agency, "first": found.first, "last": found.last, "root": found.hash.hex()}
        record(actor=actor, at=at, what=SEALED, about=f"audit.chain/{agency}", agency=0, **told)
    return found


class Broken(Exception):
    """A chain that cannot be sealed."""

    def __init__(self, found: Break) -> None:
        super().__init__(f"Cơ quan {found.agency}, dòng {found.seq}: {found.reason}.")


def seal_all(*, actor: Actor, at: datetime) -> list[str]:
    """Seal every chain, the installation's own last; one sentence for each that is broken, whatever else is sound."""
    numbers = Chain.objects.exclude(agency=0).order_by("agency").values_list("agency", flat=True)
    wrong = []
    for number in [*numbers, 0]:
        try:
            seal(actor=actor, at=at, agency=number)
        except Broken as broken:
            wrong.append(str(broken))
    return wrong


def _plain(value: Any) -> Any:
    """JSON values that read back the same."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return str(value.value)
        case str():
            return value.encode("utf-8", "replace").decode().replace("\x00", "")
        case datetime() | date():
            return value.isoformat()
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(item) for item in value]
    raise TypeError(f"the audit cannot keep a {type(value).__name__}")


def _chain(entries: list[Entry]) -> None:
    """Give the entries their places, chain by chain in the order of agencies (so two commands never wait crosswise)."""
    with connection.cursor() as cursor:
        for agency in sorted({entry.agency for entry in entries}):
            seq, head, last = _lock(cursor, agency)
            rows: list[tuple[Any, ...]] = []
            for entry in (entry for entry in entries if entry.agency == agency):
                entry = in_order(entry, last)
                seq, prev, last = seq + 1, head, entry.at
                head = link(prev, entry, seq)
                rows.append(
                    (
                        agency,
                        seq,
                        entry.at,
                        entry.what,
                        entry.about,
                        entry.actor,
                        entry.actor_name,
                        entry.post,
                        entry.principal,
                        entry.principal_name,
                        Jsonb(entry.detail),
                        prev,
                        head,
                    )
                )
            places = ",".join(["(" + ",".join(["%s"] * 13) + ")"] * len(rows))
            cursor.execute(
                "WITH moved AS (UPDATE audit_chain SET seq = %s, head = %s, at = %s WHERE agency = %s)"
                " INSERT INTO audit_event (agency, seq, at, what, about, actor_id, actor_name, post, principal,"
                f" principal_name, detail, prev, hash) VALUES {places}",
                [seq, head, last, agency, *chain.from_iterable(rows)],
            )
    crashpoint("audit.chained")


def _lock(cursor: Any, agency: int) -> tuple[int, bytes, datetime | None]:
    """Lock the head of a chain, starting the chain where there is none: its last place, hash and moment."""
    statement = "SELECT seq, head, at FROM audit_chain WHERE agency = %s FOR UPDATE"
    cursor.execute(statement, [agency])
    row = cursor.fetchone()
    if row is None:
        cursor.execute(
            "INSERT INTO audit_chain (agency, seq, head) VALUES (%s, 0, '') ON CONFLICT DO NOTHING", [agency]
        )
        cursor.execute(statement, [agency])
        row = cursor.fetchone()
    return row[0], bytes(row[1]), row[2]
