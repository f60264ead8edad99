"""Telling people, in the transaction of the command that has something to tell."""

from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any

from django.db import connection

from tram.audit.commands import atomic, record
from tram.audit.queries import sentence
from tram.kernel.actors import Actor
from tram.kernel.clock import local, local_day
from tram.kernel.refs import ref_of
from tram.kernel.verdicts import Hidden, Invalid
from tram.notifications import queries
from tram.notifications.models import Digest, Hour, Notice, Quiet, Silence
from tram.notifications.policy import may_have_notices, may_notify, may_send_digests
from tram.notifications.rules import HOURS, OFFERED, is_quiet
from tram.notifications.sockets import phrases

UNRECORDED = {
    "notify": "a notice follows from a command that is recorded itself",
    "read": "looking at one's own notice is no official act",
    "read_all": "looking at one's own notices is no official act",
    "read_about": "opening the thing is recorded where it counts, by the thing's own command",
    "forget_about": "the command that destroys a state secret says so itself",
    "open_digests": "a digest lists work that is on record; its own row says that it went out",
    "settle_digest": "its own row keeps when it went out and with how many lines",
}
"""Commands that leave no audit record, each with the reason."""


@atomic
def notify(
    *, actor: Actor, at: datetime, kind: str, about: str, url: str, to_posts: Collection[int | None] = (),
    to_accounts: Collection[int | None] = (), is_restricted: bool = False, **words: Any,
) -> None:  # fmt: skip
    """Tell the holders of posts, or accounts, one sentence. Nobody is told of their own act; None is passed over.

    With `is_restricted` the sentence says only that there is something, for notices and mails are read by bystanders.
    """
    may_notify(actor).or_refuse()
    text = _worded(actor, kind, words, is_restricted=is_restricted)
    own = set(actor.posts(local_day(at)))
    posts = [post for post in dict.fromkeys(to_posts) if post is not None and post not in own]
    accounts = [one for one in dict.fromkeys(to_accounts) if one is not None and one != actor.account]
    Notice.objects.bulk_create(
        Notice(post=post, account=account, kind=kind, sentence=text, url=url, about=about, at=at)
        for post, account in [*((post, None) for post in posts), *((None, one) for one in accounts)]
    )


@atomic
def read(*, actor: Actor, at: datetime, notice: int) -> None:
    """Mark one notice as read; Hidden when it is not theirs."""
    may_have_notices(actor).or_refuse()
    mine = queries.visible_to(actor, local_day(at)).filter(pk=notice)
    if not mine.filter(read_at=None).update(read_at=at) and not mine.exists():
        raise Hidden


@atomic
def read_all(*, actor: Actor, at: datetime) -> None:
    """Mark every notice of this person as read."""
    may_have_notices(actor).or_refuse()
    queries.visible_to(actor, local_day(at)).filter(read_at=None).update(read_at=at)


@atomic
def read_about(*, actor: Actor, at: datetime, about: str) -> None:
    """Mark this person's notices about a thing as read, when they open the thing."""
    may_have_notices(actor).or_refuse()
    queries.visible_to(actor, local_day(at)).filter(read_at=None, about=about).update(read_at=at)


@atomic
def forget_about(*, actor: Actor, at: datetime, about: str) -> None:
    """Delete every notice about a thing, because what they say must not stay."""
    may_notify(actor).or_refuse()
    Notice.objects.filter(about=about).delete()


@atomic
def prefer(*, actor: Actor, at: datetime, switches_on: Collection[tuple[str, str]]) -> None:
    """Keep which kinds this person wants on which channels: (kind, channel) of every switch that stays on."""
    may_have_notices(actor).or_refuse()
    account = actor.account or 0
    Silence.objects.filter(account=account).delete()
    switches = queries.preferences(account)
    off = [(one.kind, one.channel) for one in switches if (one.kind, one.channel) not in switches_on]
    Silence.objects.bulk_create(Silence(account=account, kind=kind, channel=channel) for kind, channel in off)
    about = ref_of("identity", "account", account)
    record(actor=actor, at=at, what="notifications.preferred", about=about, off=[list(one) for one in off])


@atomic
def keep_quiet(*, actor: Actor, at: datetime, since: time | None, until: time | None) -> None:
    """Keep the hours in which this person gets no mail; None for no such hours."""
    may_have_notices(actor).or_refuse()
    account = actor.account or 0
    if since is None or until is None:
        Quiet.objects.filter(account=account).delete()
    else:
        Quiet.objects.update_or_create(account=account, defaults={"since": since, "until": until})
    about, hours = ref_of("identity", "account", account), [str(since), str(until)] if since and until else []
    record(actor=actor, at=at, what="notifications.quieted", about=about, hours=hours)


@atomic
def choose_hour(*, actor: Actor, at: datetime, hour: int | None) -> None:
    """Keep the one hour of the day at which this person gets the digest; None for morning and afternoon.

    Raises Invalid for an hour that is not offered.
    """
    may_have_notices(actor).or_refuse()
    account = actor.account or 0
    if hour is not None and hour not in OFFERED:
        raise Invalid({"hour": f"Chọn giờ từ {OFFERED[0]}:00 đến {OFFERED[-1]}:00."})
    if hour is None:
        Hour.objects.filter(account=account).delete()
    else:
        Hour.objects.update_or_create(account=account, defaults={"hour": hour})
    record(
        actor=actor, at=at, what="notifications.hour_chosen", about=ref_of("identity", "account", account), hour=hour
    )


@atomic
def open_digests(*, actor: Actor, at: datetime, slot: datetime) -> list[int]:
    """Lay out the digests of one hour. Returns the accounts that had none yet: each is named once, however often
    this runs."""
    may_send_digests(actor).or_refuse()
    silent, quiet, hour = queries.silent_accounts(), queries.quiet_accounts(), local(slot).time()
    chosen = queries.chosen_hours()
    people = [
        one.account
        for one in queries.writable(local_day(slot))
        if one.account not in silent
        and hour.hour in chosen.get(one.account, HOURS)
        and not ((hours := quiet.get(one.account)) and is_quiet(hour, hours.since, hours.until))
    ]
    return _claim(people, slot)


@atomic
def settle_digest(*, actor: Actor, at: datetime, account: int, slot: datetime, lines: int) -> bool:
    """Take one digest for sending and keep how many lines it had; False when it went out before. The row stays
    locked until the caller's transaction ends, so a mail that fails leaves it open."""
    may_send_digests(actor).or_refuse()
    row = Digest.objects.select_for_update().filter(account=account, slot=slot, settled_at=None).first()
    if row is None:
        return False
    row.settled_at, row.lines = at, lines
    row.save(update_fields=["settled_at", "lines"])
    return True


def _worded(actor: Actor, kind: str, words: dict[str, Any], *, is_restricted: bool) -> str:
    phrase = phrases.find(kind)
    if is_restricted:
        return phrase.veiled if phrase else "Bạn có một việc hạn chế mới."
    if phrase is None:
        return f"{actor.name} {sentence(kind, words)}"
    return phrase.sentence.format_map({"actor": actor.name, **words})


def _claim(accounts: Sequence[int], slot: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notifications_digest (account, slot) SELECT one, %s FROM unnest(%s::bigint[]) AS one"
            " ON CONFLICT (account, slot) DO NOTHING RETURNING account",
            [slot, list(accounts)],
        )
        return [account for (account,) in cursor.fetchall()]
