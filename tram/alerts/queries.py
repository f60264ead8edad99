"""What may be chosen, what there is to tell and to whom; for officials how many there are, never who."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Max, Min, Q, QuerySet

from tram.alerts.models import Item, Request, Round, Subscriber, Switch
from tram.alerts.rules.asking import EVERYWHERE as EVERYWHERE
from tram.alerts.rules.asking import hash_of as hash_of
from tram.alerts.rules.asking import opened, token_of
from tram.alerts.rules.asking import settled as settled
from tram.alerts.rules.asking import topic_of as topic_of
from tram.alerts.rules.asking import topic_word as topic_word
from tram.alerts.rules.letters import Line, Links, each_once
from tram.gazette.queries.public import public_of as documents_of
from tram.indicators.queries.figures import Shown, points_of, with_unit
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden
from tram.news.queries.public import categories, titles_of
from tram.notifications.queries import has_mail
from tram.organisation.models import Unit
from tram.voices.queries import DraftLine, drafts_of
from tram.web.addresses import address
from tram.web.rows import read

MOST_ITEMS = 400
"""So many of the newest are told of at one time, at most."""
FEW = 5
"""Below so many readers a number is not told: it could be somebody."""
PRESS = "news/press"
COUNTED = """
SELECT {what}, count(DISTINCT s.id) FROM alerts_subscriber s CROSS JOIN LATERAL jsonb_array_elements_text(s.topics) AS word
WHERE split_part(word, '@', 2) {whose} '0' GROUP BY 1
"""
BY_TOPIC = COUNTED.format(what="split_part(word, '@', 1)", whose="=")
BY_AGENCY = COUNTED.format(what="split_part(word, '@', 2)::bigint", whose="<>")


def topics() -> dict[str, str]:
    """What may be chosen: code -> name, in the order in which it is offered and told."""
    news = {f"news/{code}": name for code, name in categories().items() if code not in settled()["skipped"]}
    first = {PRESS: news.pop(PRESS)} if PRESS in news else {}
    others = {"documents": "Văn bản mới", "drafts": "Dự thảo lấy ý kiến", "figures": "Số liệu"}
    return first | others | news


def known_topics(words: Iterable[str]) -> list[str]:
    """Those of these that there are, each once, in the order of agencies and topics. One query at most."""
    told = {found for word in words if (found := topic_of(word)) and found[0] in topics()}
    wanted = {agency for _, agency in told} - {EVERYWHERE}
    there = {EVERYWHERE, *agency_names(wanted)}
    order = list(topics())
    there_are = sorted((one for one in told if one[1] in there), key=lambda one: (one[1], order.index(one[0])))
    return [topic_word(*one) for one in there_are]


def agency_names(agencies: Iterable[int]) -> dict[int, str]:
    """The names of agencies. No query for none."""
    keys = list(agencies)
    return dict(Unit.objects.filter(pk__in=keys, is_agency=True).values_list("pk", "name")) if keys else {}


def is_on() -> bool:
    """Whether mail is offered to readers. One query."""
    last = Switch.objects.order_by("-pk").values_list("is_on", flat=True).first()
    return last is None or last


def is_offered() -> bool:
    """Whether somebody may ask for mail now: it is offered, and there is a server that sends it. One query."""
    return has_mail() and is_on()


def switched_at() -> datetime | None:
    """When it was offered or ended last."""
    return Switch.objects.order_by("-pk").values_list("at", flat=True).first()


def asked_by(secret: str, at: datetime) -> Request | None:
    """The request whose link this is, while it may be confirmed."""
    since = at - timedelta(days=settled()["valid_days"])
    return Request.objects.filter(hash=hash_of(secret), asked_at__gt=since).exclude(address=b"").first()


def subscriber_of(secret: str) -> Subscriber:
    """Whose link this is; Hidden for a secret that nobody has."""
    found = Subscriber.objects.filter(hash=hash_of(secret)).first()
    if found is None:
        raise Hidden
    return found


def confirmed_with(secret: str) -> Subscriber | None:
    """Who confirmed by this link, which was used."""
    return Subscriber.objects.filter(confirmed_by=hash_of(secret)).first()


def secret_of(one: Subscriber) -> str:
    """The secret of their link, which is kept nowhere."""
    return token_of(settings.SECRET_KEY, "choose", one.seed)


def chosen_before(one: Request) -> list[str]:
    """What the owner of a requested address gets already; told to nobody but whoever opened the link in their mailbox."""
    return list(Subscriber.objects.filter(mark=bytes(one.mark)).values_list("topics", flat=True).first() or [])


@dataclass(frozen=True, slots=True)
class Parcel:
    """Thư gửi một người: to whom, what, and by which secret they stop. Without lines there is nothing to say."""

    address: str
    secret: str
    lines: list[Line]
    more: int


def waiting(turn: Round) -> QuerySet[Subscriber]:
    """Who was not told yet in a round, in the order of their keys."""
    return Subscriber.objects.filter(is_hourly=turn.is_hourly, told_item__lt=turn.last_item).order_by("pk")


def items_of(turn: Round) -> list[Item]:
    """What somebody who waits in a round was not told, the oldest first; of very much the newest. Two queries."""
    oldest = waiting(turn).aggregate(oldest=Min("told_item"))["oldest"]
    if oldest is None:
        return []
    found = Item.objects.filter(pk__gt=oldest, pk__lte=turn.last_item).order_by("-pk")
    return list(found[:MOST_ITEMS])[::-1]


def last_item() -> int:
    """The key of what was found last."""
    return int(Item.objects.aggregate(last=Max("pk"))["last"] or 0)


def words_of(items: Iterable[Item]) -> list[str]:
    """The topics, as they are kept, by which somebody chose one of these."""
    return sorted({word for one in items for code in one.topics for word in _words(code, one)})


def _words(code: str, item: Item) -> set[str]:
    """By what somebody chose a thing of this topic: of the whole province, or of its agency."""
    return {topic_word(code, EVERYWHERE), topic_word(code, item.agency)}


def parcel(turn: Round, pk: int, items: Sequence[Item], lines: dict[int, Line]) -> Parcel | None:
    """What one reader is told now; None for one who stopped, or was told in the meantime. One query."""
    one = waiting(turn).filter(pk=pk).first()
    if one is None:
        return None
    mine = [
        (order, item)
        for item in items
        if item.pk in lines and item.pk > one.told_item and item.public_at > one.confirmed_at
        for order, code in enumerate(topics())
        if code in item.topics and not _words(code, item).isdisjoint(one.topics)
    ]  # fmt: skip
    mine.sort(key=lambda told: (told[0], told[1].kind == "correction", -told[1].pk))
    names = list(topics().values())
    told = each_once(replace(lines[item.pk], topic=names[order]) for order, item in mine)
    most = settled()["lines"]
    return Parcel(opened(one.address, settings.SECRET_KEY), secret_of(one), told[:most], max(0, len(told) - most))


def lines_of(items: Sequence[Item], at: datetime) -> dict[int, Line]:
    """What everybody may read of these things now, by the keys of the items, under no topic yet; what is public no more is left out. Five queries."""
    keys: dict[str, list[int]] = {}
    for one in items:
        keys.setdefault(one.kind, []).append(one.key)
    articles = titles_of([*keys.get("article", []), *keys.get("correction", [])], at)
    letters, papers = keys.get("letter", []), keys.get("paper", [])
    documents = {
        ("letter", line.letter) if line.letter else ("paper", line.paper): line
        for line in (documents_of(at, letters=letters, papers=papers) if letters or papers else [])
    }
    put = [*keys.get("draft", []), *keys.get("summary", [])]
    drafts = {line.draft: line for line in (drafts_of(put) if put else [])}
    points = points_of(keys["figure"]) if "figure" in keys else {}
    names, on, found = agency_names({one.agency for one in items}), local_day(at), dict[int, Line]()
    for one in items:
        told = None
        if one.kind in ("article", "correction") and one.key in articles:
            told = _article(one.kind, *articles[one.key])
        elif (one.kind, one.key) in documents:
            line = documents[one.kind, one.key]
            told = (
                f"{line.title}: {line.subject}",
                address("portal:document", line.slug),
                f"ngày {line.issued_date:%d/%m/%Y}",
            )
        elif one.kind in ("draft", "summary") and one.key in drafts:
            told = _draft(one.kind, drafts[one.key], on)
        elif one.kind == "figure" and one.key in points:
            told = _figure(points[one.key])
        if told:
            title, url, note = told
            note = " · ".join(filter(None, (names.get(one.agency, ""), note)))
            found[one.pk] = Line("", title, note, whole(url))
    return found


def _article(kind: str, title: str, slug: str) -> tuple[str, str, str]:
    return f"Đính chính: {title}" if kind == "correction" else title, address("portal:article", slug), ""


def _draft(kind: str, line: DraftLine, on: date) -> tuple[str, str, str] | None:
    url = address("portal:draft", line.slug)
    if kind == "summary":
        return (f"Bản tổng hợp ý kiến: {line.title}", url, "") if line.is_summed else None
    return (line.title, url, f"nhận ý kiến đến hết ngày {line.last_on:%d/%m/%Y}") if line.is_open(on) else None


def _figure(line: Shown) -> tuple[str, str, str]:
    point = line.last
    is_mended = bool(point.corrections) and point.corrections[0].until_at == point.since_at
    told = f"{line.title}, {point.period.words}: {with_unit(point.amount, line.indicator)}"
    return f"Sửa: {told}" if is_mended else told, address("portal:indicator", line.slug), ""


def whole(path: str) -> str:
    """An address with the host: the one that the installation calls its own."""
    return settings.TRAM_PUBLIC_URL.rstrip("/") + path


def host() -> str:
    """The host of the installation, as mail headers name it."""
    return urlsplit(settings.TRAM_PUBLIC_URL).hostname or "localhost"


def links_of(secret: str, portal: str) -> Links:
    """What stands at the foot of a mail."""
    return Links(
        portal, whole(address("portal:front")), whole(address("portal:alerts_mine", secret)),
        whole(address("portal:alerts_stop", secret)),
    )  # fmt: skip


def portal_name() -> str:
    """Whose portal it is, as a sender is called. One query."""
    root = Unit.objects.filter(parent=None, is_agency=True, abolished_on=None).order_by("pk").first()
    return f"Cổng thông tin điện tử {root.name.removeprefix('Ủy ban nhân dân ')}" if root else "Cổng thông tin điện tử"


def confirmation_link(secret: str) -> str:
    """Where whoever asked confirms."""
    return whole(address("portal:alerts_confirm", secret))


@dataclass(frozen=True, slots=True)
class Count:
    """Số người nhận một chủ đề. `number` is empty where it is told as "ít hơn 5"."""

    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Overview:
    """Việc gửi tin, cho quản trị: how many there are, of which topics, how the last rounds went."""

    is_on: bool
    switched: Switch | None
    readers: Count
    everywhere: list[Count]
    agencies: list[Count]
    rounds: list[Round]


def overview() -> Overview:
    """Numbers alone. Seven queries, for one reader and for thousands; counted through, as a page that is opened now and then may be."""
    of_topics, of_agencies = dict(read(BY_TOPIC)), dict(read(BY_AGENCY))
    names = agency_names(of_agencies)
    return Overview(
        is_on=is_on(), switched=Switch.objects.order_by("-pk").first(),
        readers=_count("Người nhận", Subscriber.objects.count()),
        everywhere=[_count(name, of_topics.get(code, 0)) for code, name in topics().items()],
        agencies=[_count(name, of_agencies[key]) for key, name in sorted(names.items(), key=lambda one: -of_agencies[one[0]])],
        rounds=list(Round.objects.filter(Q(sent__gt=0) | Q(unsent__gt=0) | Q(ended__gt=0)).order_by("-pk")[:10]),
    )  # fmt: skip


def _count(name: str, number: int) -> Count:
    return Count(name, None if 0 < number < FEW else number)
