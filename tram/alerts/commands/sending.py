"""Commands of the clockwork: the mail that asks for a confirmation; what is new; who was told of it; what is kept no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F, Q

from tram.alerts.models import Item, Request, Round, Subscriber
from tram.alerts.policy import may_send
from tram.alerts.queries import is_on, items_of, last_item, switched_at, waiting, words_of
from tram.alerts.rules.asking import opened, settled, token_of
from tram.alerts.rules.rounds import Slot
from tram.audit.commands import atomic, record
from tram.gazette.queries.public import let_out as documents_out
from tram.indicators.queries.figures import let_out as figures_out
from tram.jobs.sockets import later
from tram.kernel.actors import Actor
from tram.news.queries.public import let_out as articles_out
from tram.voices.queries import let_out as drafts_out

UNRECORDED = {
    "open_confirmation": "its own row says when it was mailed; nobody agreed to anything yet",
    "drop_request": "nobody agreed to anything yet, so nothing of it is on record",
    "open_round": "what it tells is on record where it was made public; its own row says that it went out",
    "note_sent": "its own row and that of the round say when and how many",
    "close_batch": "the row of the round says how far it came",
    "sweep": "what nobody confirmed was never on record; the rest is derived",
}
BATCH = "tram.alerts.jobs.send_batch"
FOUND_WITHIN = timedelta(days=7)
"""What was let out longer ago is not looked for any more: so long may the house stand still, and so long may a transaction last."""
KEPT, ROUNDS_KEPT = timedelta(days=60), timedelta(days=365)
NO_SUCH, NOT_TAKEN = "máy chủ thư trả lời là không có địa chỉ này", "máy chủ thư không nhận suốt {days} ngày"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Thư xác nhận: to which address, with which secret."""

    address: str
    secret: str


@atomic
def open_confirmation(*, actor: Actor, at: datetime, request: int) -> Confirmation | None:
    """Take the mail of one request for sending. None where it may not go out now: it lapsed, or its mailbox had its mail of the day, or so
    many that nobody answered. The row stays locked until the caller's transaction ends, so a mail that fails leaves it open.
    """
    may_send(actor).or_refuse()
    told = settled()["mails"]
    row = Request.objects.select_for_update().filter(pk=request).exclude(address=b"").first()
    if row is None or not is_on():
        return None
    of_the_box = list(Request.objects.select_for_update().filter(box=bytes(row.box)).order_by("pk"))
    lately = [one for one in of_the_box if one.mailed_at and one.mailed_at > at - timedelta(hours=told["hours"])]
    if lately or sum(one.mails for one in of_the_box) >= told["unanswered"]:
        return None
    Request.objects.filter(pk=row.pk).update(mailed_at=at, mails=F("mails") + 1)
    secret = settings.SECRET_KEY
    return Confirmation(opened(row.address, secret), token_of(secret, "confirm", row.seed))


@atomic
def drop_request(*, actor: Actor, at: datetime, request: int) -> None:
    """Forget the address of a request: its server says that there is none."""
    may_send(actor).or_refuse()
    Request.objects.filter(pk=request).update(address=b"")


@atomic
def open_round(*, actor: Actor, at: datetime, slot: Slot) -> Round | None:
    """Find what is new and begin telling it to those who read at this hour; None where that was begun before, or mail is not offered.

    Who chose nothing of it is passed over at once. The first batch is laid out in this transaction.
    """
    may_send(actor).or_refuse()
    if not is_on():
        return None
    turn, is_new = Round.objects.get_or_create(
        slot=slot.at, is_hourly=slot.is_hourly, defaults={"last_item": 0, "opened_at": at}
    )
    if not is_new:
        return None
    _find(at)
    turn.last_item = last_item()
    wanted = words_of(items_of(turn))
    waiting(turn).exclude(topics__has_any_keys=wanted).update(told_item=turn.last_item)
    if waiting(turn).exists():
        later(BATCH, turn=turn.pk, after=0)
    else:
        turn.ended_at = at
    turn.save(update_fields=["last_item", "ended_at"])
    return turn


def _find(at: datetime) -> None:
    """Write down what was made public and is not written down yet, the oldest first. One at a time: so the keys have the order in which
    everybody sees them, and who was told up to one was told of all before it.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE alerts_item IN SHARE ROW EXCLUSIVE MODE")
    since = max(at - FOUND_WITHIN, switched_at() or at - FOUND_WITHIN)
    found = sorted(_public(since, at), key=lambda one: (one.public_at, one.key))
    known = set(Item.objects.filter(mark__in=[one.mark for one in found]).values_list("mark", flat=True))
    Item.objects.bulk_create(one for one in found if one.mark not in known)


def _public(since: datetime, at: datetime) -> list[Item]:
    found = [
        _item("correction" if one.is_correction else "article", one.article, [f"news/{code}" for code in one.categories], one.agency,
              one.since_at, at, one.publication if one.is_correction else 0)
        for one in articles_out(since, at)
    ]  # fmt: skip
    found += [
        _item("paper" if paper else "letter", paper or letter, ["documents"], agency, first_at, at)
        for letter, paper, agency, first_at in documents_out(since)
    ]
    found += [
        _item("summary" if is_summed else "draft", draft, ["drafts"], agency, since_at, at)
        for draft, agency, since_at, is_summed in drafts_out(since)
    ]
    return found + [
        _item("figure", publication, ["figures"], agency, since_at, at)
        for publication, agency, since_at in figures_out(since)
    ]


def _item(
    kind: str, key: int, topics: list[str], agency: int, public_at: datetime, at: datetime, mark: int = 0
) -> Item:
    return Item(
        mark=f"{kind}/{mark or key}", kind=kind, key=key, topics=topics, agency=agency, public_at=public_at, found_at=at
    )


@atomic
def note_sent(*, actor: Actor, at: datetime, turn: Round, subscriber: int, is_told: bool) -> None:
    """Keep that one reader was told all there was for them, by a mail (`is_told`) or because there was nothing."""
    may_send(actor).or_refuse()
    told = {"told_at": at, "failing_since": None} if is_told else {}
    Subscriber.objects.filter(pk=subscriber).update(told_item=turn.last_item, **told)
    if is_told:
        Round.objects.filter(pk=turn.pk).update(sent=F("sent") + 1)


@atomic
def note_unsent(*, actor: Actor, at: datetime, turn: Round, subscriber: int, is_gone: bool) -> None:
    """Keep that a mail was not taken: it is told with the next. Whose address is none, or took nothing for a week, is erased."""
    may_send(actor).or_refuse()
    row = Subscriber.objects.select_for_update().filter(pk=subscriber).first()
    if row is None:
        return
    days, since = settled()["failing_days"], row.failing_since or at
    if not is_gone and since > at - timedelta(days=days):
        Subscriber.objects.filter(pk=row.pk).update(failing_since=since)
        Round.objects.filter(pk=turn.pk).update(unsent=F("unsent") + 1)
        return
    about, number = row.ref, row.pk
    row.delete()
    Round.objects.filter(pk=turn.pk).update(ended=F("ended") + 1)
    reason = NO_SUCH if is_gone else NOT_TAKEN.format(days=days)
    record(actor=actor, at=at, what="alerts.ended", about=about, agency=0, number=number, reason=reason)


@atomic
def close_batch(*, actor: Actor, at: datetime, turn: Round, told: Sequence[int]) -> None:
    """Lay out the next batch of a round behind those who were told last; without any the round is at its end."""
    may_send(actor).or_refuse()
    if told:
        later(BATCH, turn=turn.pk, after=told[-1])
    else:
        Round.objects.filter(pk=turn.pk, ended_at=None).update(ended_at=at)


@atomic
def sweep(*, actor: Actor, at: datetime) -> None:
    """Erase addresses that nobody confirmed in time, their marks when a mailbox may be asked anew, and what was told long ago."""
    may_send(actor).or_refuse()
    told = settled()
    Request.objects.filter(asked_at__lte=at - timedelta(days=told["valid_days"])).exclude(address=b"").update(
        address=b""
    )
    quiet = Q(mailed_at=None) | Q(mailed_at__lte=at - timedelta(days=told["mails"]["days"]))
    Request.objects.filter(quiet, address=b"").delete()
    Item.objects.filter(found_at__lte=at - KEPT).delete()
    Round.objects.filter(opened_at__lte=at - ROUNDS_KEPT).delete()
