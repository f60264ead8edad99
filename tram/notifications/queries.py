"""Reading notices: one's own, newest first, and how many are unread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q, QuerySet

from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.notifications.models import Hour, Notice, Quiet, Silence
from tram.notifications.rules import CHANNELS, DIGEST, HOURS, MOST_LINES
from tram.notifications.sockets import Addressee, DigestLine, addressees, digests, phrases

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
    """Một công tắc: one kind of notice on one channel."""

    kind: str
    name: str
    channel: str
    channel_name: str
    is_on: bool


def visible_to(actor: Actor, on: date) -> QuerySet[Notice]:
    """Notices for this account and for every post it may act from that day."""
    return Notice.objects.filter(Q(account=actor.account, post=None) | Q(post__in=actor.posts(on), account=None))


def notices(actor: Actor, on: date, below: int = 0, limit: int = PAGE) -> Page:
    """The next notices below a key, newest first, without the kinds that this person switched off."""
    found = visible_to(actor, on).exclude(kind__in=_silent(actor.account, "app")).order_by("-id")
    rows = list(found.filter(id__lt=below)[: limit + 1] if below else found[: limit + 1])
    shown = [Row(r.pk, r.sentence, r.url, clock.local(r.at), r.read_at is not None) for r in rows[:limit]]
    return Page(shown, shown[-1].pk if len(rows) > limit else 0)


def unread(actor: Actor, on: date) -> int:
    """How many unread notices this person has, counted to 99; one look into a partial index."""
    return _unread(actor.account, actor.posts(on))


def preferences(account: int) -> list[Switch]:
    """Every switch of a person, in the order of the kinds."""
    off = set(Silence.objects.filter(account=account).values_list("kind", "channel"))
    rows = [Switch(k, p.name, "app", CHANNELS["app"], (k, "app") not in off) for k, p in phrases.items()]
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


def _silent(account: int | None, channel: str) -> QuerySet[Silence, str]:
    return Silence.objects.filter(account=account or 0, channel=channel).values_list("kind", flat=True)


def _unread(account: int | None, posts: list[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM notifications_notice n WHERE read_at IS NULL"
            " AND (account = %s OR post = ANY(%s)) AND NOT EXISTS (SELECT FROM notifications_silence s"
            f" WHERE s.account = %s AND s.kind = n.kind AND s.channel = 'app') LIMIT {MANY}) AS few",
            [account, posts, account],
        )
        return int(cursor.fetchone()[0])
