"""Telling people, in the transaction of the command that has something to tell."""

import os
from collections.abc import Collection, Sequence
from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q

from tram.audit.commands import atomic, record
from tram.audit.queries import sentence
from tram.jobs.sockets import later
from tram.kernel.actors import Actor
from tram.kernel.clock import local, local_day
from tram.kernel.refs import ref_of
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.notifications import queries
from tram.notifications.models import Device, Digest, Hour, Notice, Quiet, Silence
from tram.notifications.policy import may_have_notices, may_notify, may_push, may_send_digests
from tram.notifications.rules import services
from tram.notifications.rules.digests import HOURS, OFFERED, is_quiet
from tram.notifications.rules.sealing import AUTH_BYTES, HouseKey, bytes64, is_point
from tram.notifications.sockets import phrases

UNRECORDED = {
    "notify": "a notice follows from a command that is recorded itself",
    "read": "looking at one's own notice is no official act",
    "read_all": "looking at one's own notices is no official act",
    "read_about": "opening the thing is recorded where it counts, by the thing's own command",
    "forget_about": "the command that destroys a state secret says so itself",
    "open_digests": "a digest lists work that is on record; its own row says that it went out",
    "note_told": "the device's own row says when it was told; the notice is on record",
    "settle_digest": "its own row keeps when it went out and with how many lines",
}
"""Commands that leave no audit record, each with the reason."""
PUSH = "tram.notifications.jobs.push"
TELL = (
    "INSERT INTO notifications_notice (kind, sentence, url, about, at, post, account)"
    " SELECT %s, %s, %s, %s, %s, post, account FROM unnest(%s::bigint[], %s::bigint[]) AS told (post, account)"
    " RETURNING id, EXISTS (SELECT FROM notifications_device)"
)
TURNED_OFF = "Người coi máy chủ đã tắt thông báo đẩy. Thông báo vẫn có ở mục Thông báo và trong thư gộp."


@atomic
def notify(
    *, actor: Actor, at: datetime, kind: str, about: str, url: str, to_posts: Collection[int | None] = (),
    to_accounts: Collection[int | None] = (), is_restricted: bool = False, is_urgent: bool = False, **words: Any,
) -> None:  # fmt: skip
    """Tell the holders of posts, or accounts, one sentence. Nobody is told of their own act; None is passed over.

    With `is_restricted` the sentence says only that there is something, for notices and mails are read by bystanders.
    What waits for its reader, or is urgent, goes to their devices too, once this is committed.
    """
    may_notify(actor).or_refuse()
    text = _worded(actor, kind, words, is_restricted=is_restricted)
    own = set(actor.posts(local_day(at)))
    posts = [post for post in dict.fromkeys(to_posts) if post is not None and post not in own]
    accounts = [one for one in dict.fromkeys(to_accounts) if one is not None and one != actor.account]
    told = [*((post, None) for post in posts), *((None, one) for one in accounts)]
    made = _tell(told, kind, text, url, about, at) if told else []
    if queries.is_pushed(kind, is_urgent=is_urgent):
        for notice, has_devices in made:
            if has_devices:
                later(PUSH, notice=notice, urgent=int(is_urgent))


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
    switches = queries.preferences(account)
    Silence.objects.filter(account=account, channel__in={one.channel for one in switches}).delete()
    off = [(one.kind, one.channel) for one in switches if (one.kind, one.channel) not in switches_on]
    Silence.objects.bulk_create(Silence(account=account, kind=kind, channel=channel) for kind, channel in off)
    about = ref_of("identity", "account", account)
    record(actor=actor, at=at, what="notifications.preferred", about=about, off=[list(one) for one in off])


@atomic
def keep_quiet(*, actor: Actor, at: datetime, since: time | None, until: time | None) -> None:
    """Keep the hours in which this person gets no mail and no push; None for no such hours."""
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


@atomic
def subscribe(
    *, actor: Actor, at: datetime, browser: bytes | None, device: str, endpoint: str, point: str, auth: str
) -> Device:
    """Tell this person's notices to a browser of theirs at once; one row a browser, however often it asks.

    `endpoint`, `point` and `auth` (base64url) are what the browser's push service gave it. Raises Invalid for an address
    that we do not send to, keys that are none, the eleventh device, and a browser that nobody signed in to since it has
    a cookie of its own; WrongState where whoever runs the machine turned pushing off.
    """
    may_have_notices(actor).or_refuse()
    account = actor.account or 0
    if not settings.TRAM_PUSH:
        raise WrongState(TURNED_OFF)
    problem = services.problem(endpoint, settings.TRAM_PUSH_SERVICES, to_self=settings.TRAM_PUSH_TO_SELF)
    keys = _keys(point, auth)
    others = Device.objects.filter(account=account).exclude(browser=browser)
    if browser is None:
        problem = "Đăng xuất rồi đăng nhập lại ở trình duyệt này một lần, rồi bấm Bật."
    elif not problem and keys is None:
        problem = services.NO_ADDRESS
    elif not problem and others.count() >= services.MOST_DEVICES:
        problem = f"Bạn đã bật trên {services.MOST_DEVICES} thiết bị. Bấm Thôi ở một thiết bị rồi bật lại."
    if problem or browser is None or keys is None:
        raise Invalid({"endpoint": problem})
    same = {"account": account, "endpoint": endpoint, "point": keys[0], "auth": keys[1]}
    known = Device.objects.filter(browser=browser, **same).first()
    if known is not None:
        return known
    Device.objects.filter(Q(browser=browser) | Q(endpoint=endpoint)).delete()
    row = Device.objects.create(browser=browser, name=device, created_at=at, **same)
    about = ref_of("identity", "account", account)
    record(actor=actor, at=at, what="notifications.device_added", about=about, device=device)
    return row


@atomic
def unsubscribe(*, actor: Actor, at: datetime, device: int) -> None:
    """Tell one of one's own devices nothing any more. Hidden when it is not theirs."""
    may_have_notices(actor).or_refuse()
    row = Device.objects.filter(pk=device, account=actor.account or 0).first()
    if row is None:
        raise Hidden
    row.delete()
    about = ref_of("identity", "account", row.account)
    record(actor=actor, at=at, what="notifications.device_removed", about=about, device=row.name)


@atomic
def note_told(*, actor: Actor, at: datetime, device: int) -> None:
    """Keep when a device was told last."""
    may_push(actor).or_refuse()
    Device.objects.filter(pk=device).update(told_at=at, failures=0)


@atomic
def note_untold(*, actor: Actor, at: datetime, device: int, is_gone: bool) -> None:
    """Let a device go that its push service does not know any more, or that took nothing twenty times in a row."""
    may_push(actor).or_refuse()
    row = Device.objects.select_for_update().filter(pk=device).first()
    if row is None:
        return
    row.failures += 1
    if not is_gone and row.failures < services.MOST_FAILURES:
        row.save(update_fields=["failures"])
        return
    row.delete()
    reason = "dịch vụ đẩy báo không còn" if is_gone else f"{services.MOST_FAILURES} lần liền không gửi được"
    about = ref_of("identity", "account", row.account)
    record(actor=actor, at=at, what="notifications.device_ended", about=about, agency=0, device=row.name, reason=reason)


@atomic
def sweep_devices(*, actor: Actor, at: datetime) -> None:
    """Forget devices whose person signed out there, or did not sign in for 30 days, and those of closed accounts."""
    may_push(actor).or_refuse()
    gone = queries.lapsed_devices(at)
    if gone:
        Device.objects.filter(pk__in=gone).delete()
        about = "notifications.device/0"
        record(actor=actor, at=at, what="notifications.devices_swept", about=about, agency=0, devices=len(gone))


@atomic
def found_push_key(*, actor: Actor, at: datetime) -> None:
    """Make the key by which push services know this installation; nothing when it is there. It never leaves the folder."""
    may_push(actor).or_refuse()
    place = queries.push_key_place()
    if place.exists():
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = place.with_suffix(".part")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(HouseKey.new().pem)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(place)
    record(actor=actor, at=at, what="notifications.push_key_made", about="notifications.device/0", agency=0)


def _keys(point: str, auth: str) -> tuple[bytes, bytes] | None:
    """The browser's public key and secret, as it gave them; None where they are none."""
    try:
        found = bytes64(point), bytes64(auth)
    except ValueError:
        return None
    return found if is_point(found[0]) and len(found[1]) == AUTH_BYTES else None


def _worded(actor: Actor, kind: str, words: dict[str, Any], *, is_restricted: bool) -> str:
    phrase = phrases.find(kind)
    if is_restricted:
        return phrase.veiled if phrase else "Bạn có một việc hạn chế mới."
    if phrase is None:
        return f"{actor.name} {sentence(kind, words)}"
    return phrase.sentence.format_map({"actor": actor.name, **words})


def _tell(
    told: Sequence[tuple[int | None, int | None]], kind: str, text: str, url: str, about: str, at: datetime
) -> list[tuple[int, bool]]:
    """Write a notice for each (post, account); its key, and whether anybody at all has a device: in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(TELL, [kind, text, url, about, at, [post for post, _ in told], [one for _, one in told]])
        return [(notice, has_devices) for notice, has_devices in cursor.fetchall()]


def _claim(accounts: Sequence[int], slot: datetime) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO notifications_digest (account, slot) SELECT one, %s FROM unnest(%s::bigint[]) AS one"
            " ON CONFLICT (account, slot) DO NOTHING RETURNING account",
            [slot, list(accounts)],
        )
        return [account for (account,) in cursor.fetchall()]
