"""Commands of readers: ask for mail, confirm, choose anew, stop. Nobody signs in, and no record holds an address."""

import os
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from tram.alerts.models import Request, Subscriber
from tram.alerts.policy import may_ask
from tram.alerts.queries import confirmed_with, is_on, known_topics, last_item, secret_of
from tram.alerts.rules.asking import SEED_BYTES, address_of, box_of, hash_of, mark_of, sealed, settled, token_of
from tram.audit.commands import atomic, record
from tram.jobs.sockets import later
from tram.kernel.actors import ANONYMOUS, Actor
from tram.kernel.verdicts import Hidden, Invalid, WrongState

UNRECORDED = {
    "ask": "nobody agreed to anything yet; what is confirmed is on record, what is not is erased",
    "choose": "what somebody reads is theirs alone; that they wanted mail is on record",
}
CONFIRM = "tram.alerts.jobs.send_confirmation"
FULL = "Cổng vừa nhận rất nhiều yêu cầu nhận tin. Chờ một giờ rồi gửi lại."
NO_ADDRESS = "Xem lại địa chỉ thư, ví dụ ten@congty.vn; phần trước @ không có dấu, không có dấu cách."
NO_TOPIC = "Chọn ít nhất một chủ đề."


@atomic
def ask(*, actor: Actor, at: datetime, address: str, topics: Iterable[str], is_hourly: bool, consents: bool) -> None:
    """Ask that mail be sent to an address. One mail with a link goes there; nothing else before that link was confirmed.

    The same is done for an address that gets mail already, and what comes back tells nothing of it. Asked again, the link stays and
    the topics are the last. Raises Refused while mail is not offered, Invalid, WrongState where too many ask.
    """
    may_ask(is_on()).or_refuse()
    told, chosen = address_of(address), known_topics(topics)
    wrong = _wrong(chosen)
    if not told:
        wrong["email"] = NO_ADDRESS
    if not consents:
        wrong["consents"] = "Đánh dấu ô này thì cổng mới được giữ địa chỉ để gửi tin."
    if wrong:
        raise Invalid(wrong)
    most = settled()["an_hour"]
    if len(Request.objects.filter(asked_at__gt=at - timedelta(hours=1)).values_list("pk")[:most]) >= most:
        raise WrongState(FULL)
    later(CONFIRM, request=_requested(told, chosen, is_hourly, at).pk)


def _requested(address: str, topics: list[str], is_hourly: bool, at: datetime) -> Request:
    secret = settings.SECRET_KEY
    chosen = {"topics": topics, "is_hourly": is_hourly, "asked_at": at}
    found, is_new = Request.objects.select_for_update().get_or_create(
        mark=mark_of(secret, "address", address),
        defaults={
            "box": mark_of(secret, "box", box_of(address)),
            **_link(),
            "address": sealed(address, secret),
            **chosen,
        },
    )
    if not is_new:
        lapsed = found.asked_at <= at - timedelta(days=settled()["valid_days"]) or not found.address
        anew = _link() | {"address": sealed(address, secret)} if lapsed else {}
        Request.objects.filter(pk=found.pk).update(**chosen, **anew)
    return found


def _link() -> dict[str, bytes]:
    seed = os.urandom(SEED_BYTES)
    return {"seed": seed, "hash": hash_of(token_of(settings.SECRET_KEY, "confirm", seed))}


@atomic
def confirm(*, actor: Actor, at: datetime, secret: str, topics: Iterable[str], is_hourly: bool) -> str:
    """Let mail come to the address in whose mailbox this link lay; the secret of the page on which its owner chooses comes back.

    An address that gets mail already gets it as chosen now. A link that was used changes nothing and leads there again. Raises
    Hidden for a link that never was or lapsed, Refused while mail is not offered, Invalid without a topic.
    """
    since = at - timedelta(days=settled()["valid_days"])
    asked = (
        Request.objects.select_for_update()
        .filter(hash=hash_of(secret), asked_at__gt=since)
        .exclude(address=b"")
        .first()
    )
    if asked is None:
        known = confirmed_with(secret)
        if known is None:
            raise Hidden
        return secret_of(known)
    may_ask(is_on()).or_refuse()
    chosen = known_topics(topics)
    if wrong := _wrong(chosen):
        raise Invalid(wrong)
    seed = os.urandom(SEED_BYTES)
    told = {"topics": chosen, "is_hourly": is_hourly, "confirmed_by": bytes(asked.hash), "failing_since": None}
    one, _ = Subscriber.objects.update_or_create(
        mark=bytes(asked.mark),
        defaults=told,
        create_defaults=told | {
            "address": bytes(asked.address), "seed": seed, "hash": hash_of(token_of(settings.SECRET_KEY, "choose", seed)),
            "confirmed_at": at, "told_item": last_item(),
        },
    )  # fmt: skip
    asked.delete()
    record(actor=ANONYMOUS, at=at, what="alerts.confirmed", about=one.ref, agency=0, number=one.pk)
    return secret_of(one)


@atomic
def choose(*, actor: Actor, at: datetime, secret: str, topics: Iterable[str], is_hourly: bool) -> None:
    """Choose other topics, another rhythm. Raises Hidden for a link of nobody, Invalid without a topic."""
    one = _locked(secret)
    if one is None:
        raise Hidden
    chosen = known_topics(topics)
    if wrong := _wrong(chosen):
        raise Invalid(wrong)
    one.topics, one.is_hourly = chosen, is_hourly
    one.save(update_fields=["topics", "is_hourly"])


@atomic
def stop(*, actor: Actor, at: datetime, secret: str) -> None:
    """Let no more mail come, and erase the address with all that was chosen. Who has stopped already may say it again."""
    one = _locked(secret)
    if one is None:
        return
    about, number = one.ref, one.pk
    Request.objects.filter(mark=bytes(one.mark)).delete()
    one.delete()
    record(actor=ANONYMOUS, at=at, what="alerts.stopped", about=about, agency=0, number=number)


def _locked(secret: str) -> Subscriber | None:
    """Whose link it is: nothing but its secret gives the right."""
    return Subscriber.objects.select_for_update().filter(hash=hash_of(secret)).first()


def _wrong(chosen: list[str]) -> dict[str, str]:
    most = settled()["most_topics"]
    if not chosen:
        return {"topics": NO_TOPIC}
    return {"topics": f"Chọn nhiều nhất {most} chủ đề; đang chọn {len(chosen)}."} if len(chosen) > most else {}
