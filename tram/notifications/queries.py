"""Reading notices: one's own, newest first, and how many are unread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from tram.identity import queries as identity
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.notifications.models import Device, Hour, Notice, Quiet, Silence
from tram.notifications.rules import sealing, services
from tram.notifications.rules.digests import CHANNELS, DIGEST, HOURS, MOST_LINES
from tram.notifications.sockets import Addressee, DigestLine, Push, addressees, digests, holders, phrases
from tram.web.rows import read

PAGE = 20
MANY = 99


@dataclass(frozen=True, slots=True)
class Row:
    """Một thông báo như hiện trên trang."""

    pk: int
    sentence: str
    url: str
    at: datetime
    is_read: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Một trang thông báo; `next_below` là chỗ trang sau bắt đầu, 0 khi đã hết."""

    rows: list[Row]
    next_below: int


@dataclass(frozen=True, slots=True)
class Switch:
    """Một công tắc: one kind of notice on one channel; `note` says when the channel is used at all."""

    kind: str
    name: str
    channel: str
    channel_name: str
    is_on: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """Một thiết bị nhận đẩy như hiện trên trang."""

    pk: int
    name: str
    created_at: datetime
    told_at: datetime | None
    failures: int
    is_this: bool


@dataclass(frozen=True, slots=True)
class Parcel:
    """Gói gửi tới dịch vụ đẩy: where to, the headers, the sealed message."""

    endpoint: str
    headers: dict[str, str]
    body: bytes


def visible_to(actor: Actor, on: date) -> QuerySet[Notice]:
    """Notices for this account and for every post it may act from that day."""
    return Notice.objects.filter(_to_account(actor) | _to_posts(actor, on))


def _to_account(actor: Actor) -> Q:
    return Q(account=actor.account, post=None)


def _to_posts(actor: Actor, on: date) -> Q:
    return Q(post__in=actor.posts(on), account=None)


def notices(actor: Actor, on: date, below: int = 0, limit: int = PAGE) -> Page:
    """The next notices below a key, newest first, without the kinds that this person switched off."""
    newest = Notice.objects.exclude(kind__in=_silent(actor.account, "app")).order_by("-id")
    fit = newest.filter(id__lt=below) if below else newest
    # each arm from its own index: an OR of both would gather all that was ever told
    arms = [fit.filter(told)[: limit + 1] for told in (_to_account(actor), _to_posts(actor, on))]
    rows = list(arms[0].union(arms[1], all=True).order_by("-id")[: limit + 1])
    shown = [Row(r.pk, r.sentence, r.url, clock.local(r.at), r.read_at is not None) for r in rows[:limit]]
    return Page(shown, shown[-1].pk if len(rows) > limit else 0)


def unread(actor: Actor, on: date) -> int:
    """How many unread notices this person has, counted to 99; one look into a partial index."""
    return _unread(actor.account, actor.posts(on))


def preferences(account: int) -> list[Switch]:
    """Every switch of a person, in the order of the kinds."""
    off = set(Silence.objects.filter(account=account).values_list("kind", "channel"))
    rows = []
    for kind, phrase in phrases.items():
        rows.append(Switch(kind, phrase.name, "app", CHANNELS["app"], (kind, "app") not in off))
        if settings.TRAM_PUSH and phrase.push:
            note = "chỉ khi khẩn" if phrase.push is Push.URGENT else ""
            rows.append(Switch(kind, phrase.name, "push", CHANNELS["push"], (kind, "push") not in off, note))
    return [
        *rows,
        Switch(DIGEST, "Thư gộp việc quá hạn, đến hạn", "mail", CHANNELS["mail"], (DIGEST, "mail") not in off),
    ]


def quiet_hours(account: int) -> Quiet | None:
    """A person's quiet hours, None when there are none."""
    return Quiet.objects.filter(account=account).first()


def silent_accounts() -> set[int]:
    """Accounts that switched the digest off."""
    return set(Silence.objects.filter(kind=DIGEST, channel="mail").values_list("account", flat=True))


def quiet_accounts() -> Mapping[int, Quiet]:
    """Everybody's quiet hours."""
    return Quiet.objects.in_bulk()


def chosen_hours() -> dict[int, tuple[int, ...]]:
    """Who chose an hour of their own for the digest: {account: (hour,)}."""
    return {account: (hour,) for account, hour in Hour.objects.values_list("account", "hour")}


def chosen_hour(account: int) -> int | None:
    """The hour that a person chose; None for morning and afternoon."""
    return Hour.objects.filter(account=account).values_list("hour", flat=True).first()


def hours_wished() -> set[int]:
    """Every hour at which somebody wants a digest."""
    return {*HOURS, *Hour.objects.values_list("hour", flat=True).distinct()}


def writable(on: date, account: int | None = None) -> list[Addressee]:
    """Everybody who has an e-mail address, or the one account asked for."""
    return [person for _, find in addressees.items() for person in find(on, account) if person.email]


def due_lines(person: Addressee, on: date) -> tuple[list[DigestLine], int]:
    """What a digest tells a person: the lines of every room, late ones first, and the number of unread notices."""
    lines = [line for _, due in digests.items() for line in due(person.posts, on)]
    return sorted(lines, key=lambda line: not line.is_late)[:MOST_LINES], _unread(person.account, list(person.posts))


def is_pushed(kind: str, *, is_urgent: bool) -> bool:
    """Whether a notice of this kind goes to devices."""
    phrase = phrases.find(kind)
    push = phrase.push if phrase else Push.NEVER
    return settings.TRAM_PUSH and (push is Push.WAITS or (push is Push.URGENT and is_urgent))


def has_mail() -> bool:
    """Whether there is a server that sends mail."""
    return bool(settings.EMAIL_HOST) or "smtp" not in settings.EMAIL_BACKEND


def push_key_place(data: Path | None = None) -> Path:
    """Where the key lies by which push services know an installation: this one, or that of another data folder."""
    return (data or Path(settings.TRAM_DATA)) / "push" / "vapid.pem"


def push_key(data: Path | None = None) -> sealing.HouseKey | None:
    """That key; None before it was made."""
    place = push_key_place(data)
    return sealing.HouseKey(place.read_bytes()) if place.exists() else None


def devices(account: int, at: datetime, here: bytes | None) -> list[DeviceRow]:
    """A person's devices that are told, newest first; at most ten. `here` is the browser that asks. Two queries."""
    rows = _living(list(Device.objects.filter(account=account).order_by("-created_at", "-pk")), at)
    return [
        DeviceRow(
            one.pk, one.name, clock.local(one.created_at), clock.local(one.told_at) if one.told_at else None,
            one.failures, bytes(one.browser) == here,
        )
        for one in rows
    ]  # fmt: skip


def lapsed_devices(at: datetime) -> list[int]:
    """Devices where their person is not the last who signed in, or not any more."""
    rows = list(Device.objects.all())
    living = {one.pk for one in _living(rows, at)}
    return [one.pk for one in rows if one.pk not in living]


def failing_devices() -> tuple[int, int]:
    """(devices whose last three notices were not taken, all devices)."""
    return Device.objects.filter(failures__gte=3).count(), Device.objects.count()


def pushes(notice: int, at: datetime, device: int | None = None) -> list[tuple[int, datetime | None]]:
    """The devices (or one) to which a notice goes, each with the end of its person's quiet hours; None for at once.

    None at all once it was read or is a day old. Who switched the kind off, signed out there or lost the post is left out.
    """
    told = Notice.objects.filter(pk=notice, read_at=None, at__gt=at - services.LIFE).first()
    if told is None or not settings.TRAM_PUSH:
        return []
    people = {told.account} if told.account else _behind(told.post or 0, clock.local_day(at))
    silent = Silence.objects.filter(account__in=people, kind=told.kind, channel="push").values_list(
        "account", flat=True
    )
    one_only = Q() if device is None else Q(pk=device)
    rows = list(Device.objects.filter(one_only, account__in=people - set(silent)).order_by("pk"))
    quiet = Quiet.objects.in_bulk({one.account for one in rows})
    return [(one.pk, _quiet_end(quiet.get(one.account), at)) for one in _living(rows, at)]


def parcel(notice: int, device: int, at: datetime, *, is_urgent: bool) -> Parcel | None:
    """What goes to the push service of one device: the kind's name and the link, sealed for that browser.

    None where the notice, the device or the installation's key is not there any more.
    """
    told, to, key = Notice.objects.filter(pk=notice).first(), Device.objects.filter(pk=device).first(), push_key()
    if told is None or to is None or key is None:
        return None
    phrase = phrases.find(told.kind)
    topic = sealing.topic(told.about, to.account, settings.SECRET_KEY)
    text = sealing.message(phrase.name if phrase else "Thông báo", told.url, topic)
    return Parcel(
        to.endpoint,
        {
            "Authorization": sealing.authorization(key, to.endpoint, _contact(), at),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(int(services.LIFE.total_seconds())),
            "Urgency": "high" if is_urgent else "normal",
            "Topic": topic,
        },
        sealing.sealed(text, bytes(to.point), bytes(to.auth)),
    )


def _behind(post: int, on: date) -> set[int]:
    return {account for _, find in holders.items() for account in find(post, on)}


def _contact() -> str:
    """Whom a push service may turn to; some refuse a name that leads nowhere."""
    public = str(settings.TRAM_PUBLIC_URL)
    return public if public.startswith("https://") else f"mailto:{settings.DEFAULT_FROM_EMAIL}"


def _living(rows: list[Device], at: datetime) -> list[Device]:
    last = identity.whose([bytes(one.browser) for one in rows], at) if rows else {}
    return [one for one in rows if last.get(bytes(one.browser)) == one.account]


def _quiet_end(quiet: Quiet | None, at: datetime) -> datetime | None:
    return services.quiet_end(clock.local(at), quiet.since, quiet.until) if quiet else None


def _silent(account: int | None, channel: str) -> QuerySet[Silence, str]:
    return Silence.objects.filter(account=account or 0, channel=channel).values_list("kind", flat=True)


UNREAD = (
    "(SELECT 1 FROM notifications_notice n WHERE read_at IS NULL AND {whose} AND NOT EXISTS (SELECT FROM"
    " notifications_silence s WHERE s.account = %(account)s AND s.kind = n.kind AND s.channel = 'app') LIMIT %(many)s)"
)
FEW = (
    f"SELECT count(*) FROM ({UNREAD.format(whose='account = %(account)s')} UNION ALL"
    f" {UNREAD.format(whose='post = ANY(%(posts)s)')} LIMIT %(many)s) AS few"
)
"""Each arm from its own index, no further than it counts."""


def _unread(account: int | None, posts: list[int]) -> int:
    return int(read(FEW, account=account, posts=posts, many=MANY)[0][0])
