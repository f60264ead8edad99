"""Every write about files that are made of lists: ask for one, make it step by step, stop it, sweep it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from uuid import UUID

from django.db import connection

from tram.audit.commands import atomic, record
from tram.jobs.sockets import later
from tram.kernel.actors import Actor
from tram.kernel.crashpoints import crashpoint
from tram.kernel.verdicts import Hidden, WrongState
from tram.notifications.commands import notify
from tram.organisation.queries import actor_of
from tram.outputs import queries, rules
from tram.outputs.models import Output
from tram.outputs.policy import may_order, may_see, may_take, may_withdraw, may_work
from tram.outputs.sockets import Tell, Wanted, makers
from tram.outputs.states import MOVES, ON_THE_WAY, State

UNRECORDED = {
    "begin": "the order is on record, and so is how it ends; beginning anew changes nothing official",
    "make_at_once": "a short list is looked at like its page; what the law wants on record is kept by its own room",
}


class Stopped(Exception):
    """Nobody wants the file any more, or another run makes it."""


@atomic
def order(*, actor: Actor, at: datetime, wanted: Wanted) -> Output:
    """Have a list made into a file by the worker; asked for again while it is on its way, it is the same file.

    Raises WrongState when this person has too many on their way.
    """
    output = _asked(actor, at, wanted)
    may_order(actor, output, at.date()).or_refuse()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('outputs'), %s::int)", [output.account_id % 2**31])
    running = list(Output.objects.filter(account=output.account_id, ended_at=None))
    if same := next((one for one in running if one.mark == output.mark), None):
        return same
    if len(running) >= rules.MOST_AT_ONCE:
        raise WrongState(rules.TOO_MANY.format(count=len(running)))
    output.save(force_insert=True)
    later("tram.outputs.jobs.make", output=str(output.pk))
    told = {"title": wanted.title, "rows": wanted.rows}
    record(actor=actor, at=at, what="outputs.ordered", about=output.ref, agency=output.agency, **told)
    return output


@atomic
def have(*, actor: Actor, at: datetime, wanted: Wanted) -> bytes | str:
    """A short list as a file, at once; of a long one, which is ordered, the address of the page that shows how far it is."""
    if wanted.is_long:
        return order(actor=actor, at=at, wanted=wanted).url
    return make_at_once(actor=actor, at=at, wanted=wanted)


@atomic
def make_at_once(*, actor: Actor, at: datetime, wanted: Wanted) -> bytes:
    """A short list as a file, while its asker waits."""
    may_order(actor, _asked(actor, at, wanted), at.date()).or_refuse()
    maker = makers[wanted.maker]
    maker.made(actor=actor, at=at, keys=wanted.keys)
    with TemporaryFile(prefix="tram-ket-xuat-") as out:
        maker.make(wanted.keys, actor=actor, at=at, out=out, tell=lambda _done: None)
        out.seek(0)
        return out.read()


def _asked(actor: Actor, at: datetime, wanted: Wanted) -> Output:
    hat = actor.acting
    told = repr((wanted.maker, sorted(wanted.keys.items()), wanted.rows))
    return Output(
        maker=wanted.maker, keys=dict(wanted.keys), mark=sha256(told.encode()).hexdigest(), title=wanted.title,
        name=wanted.name, media_type=wanted.media_type, back_url=wanted.back_url, account_id=actor.account or 0,
        post=hat.post if hat else None, agency=wanted.agency, total=wanted.rows, asked_at=at,
    )  # fmt: skip


@atomic
def begin(*, actor: Actor, at: datetime, output: UUID) -> Output | None:
    """Take up the work, from the first row: also one whose worker was killed. None when nobody wants it any more."""
    may_work(actor).or_refuse()
    row = Output.objects.select_for_update().filter(pk=output).first()
    if row is None or not MOVES.can(row.state, "begin"):
        return None
    row.state, row.tries, row.done = MOVES.after(row.state, "begin"), row.tries + 1, 0
    row.begun_at = row.told_at = at
    row.save(update_fields=["state", "tries", "done", "begun_at", "told_at"])
    return row


@contextmanager
def telling(output: Output) -> Iterator[Tell]:
    """Part: tell how far the work is, on a line of its own to the database: nobody waits for the work's transaction to see it.

    What is yielded raises Stopped as soon as the file is not wanted any more.
    """
    line, told_at = connection.copy(), monotonic()

    def tell(done: int) -> None:
        nonlocal told_at
        if monotonic() - told_at < rules.PAUSE:
            return
        told_at = monotonic()
        with line.cursor() as cursor:
            cursor.execute(
                "UPDATE outputs_output SET done = least(%s, total), told_at = clock_timestamp()"
                " WHERE id = %s AND state = 'making' AND tries = %s",
                [done, output.pk, output.tries],
            )
            if cursor.rowcount == 0:
                raise Stopped
        crashpoint("outputs.told")

    try:
        yield tell
    finally:
        line.close()


@atomic
def finish(*, actor: Actor, at: datetime, output: UUID, tries: int, part: Path) -> None:
    """Keep the file that run number `tries` has made, and tell who asked for it. Their right is asked once more.

    Raises Stopped when it is not wanted any more, Refused when they may not have it any more.
    """
    may_work(actor).or_refuse()
    row = _running(output, tries)
    person = actor_of(row.account_id, at.date(), row.post)
    may_take(person, row, at.date()).or_refuse()
    makers[row.maker].made(actor=person, at=at, keys=row.keys)
    place = queries.place_of(row.pk)
    row.size = part.stat().st_size
    part.rename(place)
    queries.make_safe(place.parent)
    row.state, row.done, row.ended_at = MOVES.after(row.state, "finish"), row.total, at
    row.save(update_fields=["state", "done", "ended_at", "size"])
    crashpoint("outputs.kept")
    record(actor=person, at=at, what="outputs.made", about=row.ref, agency=row.agency, title=row.title, size=row.size)
    _tell(actor, at, row, "outputs.made")


@atomic
def fail(*, actor: Actor, at: datetime, output: UUID, tries: int, reason: str) -> None:
    """Give up, and say why. Raises Stopped when it had ended before."""
    may_work(actor).or_refuse()
    _fail(actor, at, _running(output, tries), reason)


def _running(output: UUID, tries: int) -> Output:
    row = Output.objects.select_for_update().filter(pk=output, state=State.MAKING, tries=tries).first()
    if row is None:
        raise Stopped
    return row


def _fail(actor: Actor, at: datetime, row: Output, reason: str) -> None:
    row.state, row.reason, row.ended_at = MOVES.after(row.state, "fail"), reason, at
    row.save(update_fields=["state", "reason", "ended_at"])
    told = {"title": row.title, "reason": reason}
    record(actor=actor, at=at, what="outputs.failed", about=row.ref, agency=row.agency, **told)
    _tell(actor, at, row, "outputs.failed")


def _tell(actor: Actor, at: datetime, row: Output, kind: str) -> None:
    notify(
        actor=actor, at=at, kind=kind, about=row.ref, url=row.url, to_accounts=[row.account_id], title=row.title
    )  # fmt: skip


@atomic
def stop(*, actor: Actor, at: datetime, output: UUID) -> Output:
    """Let it be: the worker drops it within a moment. Raises Hidden; WrongState when it has ended."""
    row = Output.objects.select_for_update().filter(pk=output).first()
    if row is None or not may_see(actor, row):
        raise Hidden
    row.state, row.ended_at = MOVES.after(row.state, "stop"), at
    row.save(update_fields=["state", "ended_at"])
    record(actor=actor, at=at, what="outputs.stopped", about=row.ref, agency=row.agency, title=row.title)
    return row


@atomic
def withdraw(*, actor: Actor, at: datetime, agency: int) -> None:
    """Something in an agency's lists must not be seen any more: no file made of any of them before may stay.

    The bytes go off the disk before the rows say so.
    """
    may_withdraw(actor).or_refuse()
    live = Output.objects.select_for_update().filter(agency=agency, state__in=(*ON_THE_WAY, State.READY))
    for row in live.order_by("pk"):
        queries.drop(row.pk)
        row.state = MOVES.after(row.state, "sweep" if row.state == State.READY else "fail")
        row.reason, row.ended_at = rules.LOCKED, row.ended_at or at
        row.save(update_fields=["state", "reason", "ended_at"])
        record(actor=actor, at=at, what="outputs.withdrawn", about=row.ref, agency=row.agency, title=row.title)


@atomic
def sweep(*, actor: Actor, at: datetime) -> int:
    """Take away files that were kept for a day, and what broken runs left; give up what nobody makes any more.

    Returns how many files were taken away.
    """
    may_work(actor).or_refuse()
    old = Output.objects.select_for_update().filter(state=State.READY, ended_at__lte=at - rules.KEPT)
    files = 0
    for row in old.order_by("pk"):
        queries.drop(row.pk)
        row.state, row.reason = MOVES.after(row.state, "sweep"), rules.GONE
        row.save(update_fields=["state", "reason"])
        files += 1
    for row in Output.objects.select_for_update().filter(state__in=ON_THE_WAY, asked_at__lte=at - rules.SILENT):
        if (row.told_at or row.asked_at) <= at - (rules.SILENT if row.state == State.MAKING else rules.KEPT):
            _fail(actor, at, row, rules.LEFT)
    parts = _swept(at)
    if files or parts:
        record(actor=actor, at=at, what="outputs.swept", about="outputs.disk/0", agency=0, files=files, parts=parts)
    return files


def _swept(at: datetime) -> int:
    """Remove what was last touched a day ago and is no file that lies ready."""
    than, count = (at - rules.KEPT).timestamp(), 0
    for place in queries.folder().iterdir():
        is_file = not place.suffix and Output.objects.filter(pk=UUID(place.name), state=State.READY).exists()
        if not is_file and place.stat().st_mtime < than:
            place.unlink()
            count += 1
    return count
