"""What a self-scan sees: all that is public, step by step, held against the publish log, the audit and the catalogue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse

from tram.audit.queries import latest
from tram.files.queries import Card, altered
from tram.gazette.queries import public as gazette
from tram.indicators import queries as counted
from tram.kernel.actors import ANONYMOUS
from tram.kernel.refs import ref_of
from tram.news.queries import public as news
from tram.portal.queries import (
    DOCUMENT_KIND,
    DRAFT_KIND,
    FIGURE_KIND,
    KIND,
    PAPER_KIND,
    VOICE_KIND,
    all_faces,
    document_files,
    draft_files,
    faces,
    open_files,
    province,
)
from tram.portal.rules.watching import read, spam, strangers
from tram.portal.screens import articles, documents, figured, figures, indicators
from tram.portal.screens.figures import MOST_MONTHS
from tram.search.queries import cards_of
from tram.skins.models import Skin
from tram.skins.queries import mark_of, public_skins
from tram.visits.queries import published, published_months
from tram.voices import queries as voices

PARTS = (
    "articles", "documents", "papers", "voices", "drafts", "skins", "article_cards", "document_cards", "paper_cards", "voice_cards",
    "draft_cards", "series", "figure_cards", "figures", "places",
)  # fmt: skip
CARDS = {
    "article_cards": KIND, "document_cards": DOCUMENT_KIND, "paper_cards": PAPER_KIND, "voice_cards": VOICE_KIND,
    "draft_cards": DRAFT_KIND, "figure_cards": FIGURE_KIND,
}  # fmt: skip
AT_ONCE, MOST_OPINIONS = 50, 20_000
OPENED = ("news.published", "news.appeared", "news.withdrawn", "news.expired")
ANSWERED = ("voices.published", "voices.withdrawn")
PUT_OUT = ("voices.draft_published", "voices.draft_summary_published", "voices.draft_withdrawn", "voices.draft_closed")
WORN = ("skins.published", "skins.put_back", "skins.closed")
COUNTED = ("indicators.approved", "indicators.withdrawn")
RANKED = ("visits.ranking_published",)
MADE_PUBLIC = ("gazette.published", "gazette.withdrawn", "gazette.closed")
NO_RECORD = "Đang công khai mà nhật ký không ghi ai cho đăng."
OTHER = "Nội dung đang công khai không phải nội dung đã duyệt đăng."
FILE_IS_OTHER = "Một tệp đã duyệt công khai nay không còn như khi duyệt."
TAKE_DOWN = "Rút xuống ngay, rồi xem ai đã sửa cơ sở dữ liệu: tram audit verify"
PUT_BACK = "Chép lại tệp từ bản sao lưu: tram restore; hình vẽ lại thì chỉ cần xóa, hệ thống vẽ lại khi có người xem."
REVIEW = (
    "Đọc lại. Tin thật thì ghi là đã xem: tram manage scan_portal --settle SỐ --reason LÝ-DO; không phải thì rút xuống."
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Điều thấy: at which address, of which agency, what, and what to do; `is_bad` where nobody can have wanted it."""

    place: str
    agency: int
    sentence: str
    mend: str
    is_bad: bool = True
    of: str = ""
    """The very words in which it was seen: other words are another thing."""

    @property
    def mark(self) -> str:
        """Of this very thing."""
        return sha256(f"{self.sentence}\n{self.of}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Step:
    """Một bước tự kiểm: how much was looked at, what was seen, where the next begins; None at the end of the part."""

    looked: int
    seen: list[Seen]
    after: int | None


def step(part: str, after: int, at: datetime, since: datetime | None) -> Step:
    """The next things of a part, above `after`. `since`: when the last whole scan began."""
    match part:
        case "articles":
            keys = news.public_articles(at, after, AT_ONCE)
            seen = list(_articles(keys, at, since))
        case "documents":
            keys = gazette.public_letters(after, AT_ONCE)
            seen = list(_documents(gazette.public_of(at, letters=keys), at, since))
        case "papers":
            keys = gazette.public_papers(after, AT_ONCE)
            seen = list(_documents(gazette.public_of(at, papers=keys), at, since))
        case "voices":
            keys = voices.public_voices(after, AT_ONCE)
            seen = list(_voices(keys, at))
        case "drafts":
            keys = voices.public_drafts(after, AT_ONCE)
            seen = list(_drafts(keys, at, since))
        case "skins":
            worn = {one.pk: one for one in public_skins(after, AT_ONCE)}
            keys, seen = list(worn), list(_skins(list(worn.values()), since))
        case "series":
            keys = counted.public_series(after, AT_ONCE)
            seen = list(_series(keys))
        case part if part in CARDS:
            cards = dict(cards_of(CARDS[part], after, 10 * AT_ONCE))
            keys = list(cards)
            seen = list(_cards(CARDS[part], cards, _public_keys(part, keys, at)))
        case _:
            keys, seen = [], list(_figures() if part == "figures" else _places(at))
    return Step(len(keys), seen, keys[-1] if keys else None)


def _public_keys(part: str, keys: list[int], at: datetime) -> set[int]:
    match part:
        case "article_cards":
            return {one.article for one in news.public_of(keys, at)}
        case "document_cards":
            return {one.letter for one in gazette.public_of(at, letters=keys)}
        case "paper_cards":
            return {one.paper for one in gazette.public_of(at, papers=keys)}
        case "voice_cards":
            return {one.voice for one in voices.public_of(keys)}
        case "figure_cards":
            return {one.series for one in counted.shown_of(keys=keys)}
        case _:
            return {one.draft for one in voices.drafts_of(keys)}


def _articles(keys: list[int], at: datetime, since: datetime | None) -> Iterator[Seen]:
    found = news.public_of(keys, at)
    told = latest([ref_of("news", "article", one.article) for one in found], OPENED)
    kept = news.digests_kept([one.article for one in found], at)
    for one in found:
        context = articles.article(one)
        place = urlsplit(context["canonical"]).path
        record = told.get(ref_of("news", "article", one.article))
        yield from _against_record(place, one.agency, record, OPENED[:2], {one.digest, kept[one.article]})
        said = voices.comments_of(one.article)
        yield from _said(place, one.agency, said)
        words = [one.content.title, one.content.lead, one.content.byline, one.content.source_label, *_words(said)]
        files = open_files(one.content.files)
        names = [card.name for card in files.values()]
        yield from _page(
            place, one.agency, "article", context, [*words, *(block.words for block in one.content.body), *names]
        )
        yield from _files(place, one.agency, files.values(), since)


def _documents(lines: list[gazette.Line], at: datetime, since: datetime | None) -> Iterator[Seen]:
    refs = {
        line.slug: ref_of("outgoing", "document", line.letter)
        if line.letter
        else ref_of("gazette", "paper", line.paper)
        for line in lines
    }
    told = latest(list(refs.values()), MADE_PUBLIC)
    for line in lines:
        found = gazette.public_at(line.slug, at)
        if isinstance(found, gazette.Gone):
            continue
        context = documents.document(found)
        place = urlsplit(context["canonical"]).path
        record = told.get(refs[line.slug])
        yield from _against_record(place, line.agency, record, MADE_PUBLIC[:1], {gazette.digest(found)})
        words = [line.subject, line.code, found.signer, *found.bases, *found.paragraphs]
        shown = document_files(found)
        yield from _page(place, line.agency, "document", context, [*words, *(card.name for card in shown)])
        if len(shown) < len(found.files):
            yield Seen(place, line.agency, FILE_IS_OTHER, PUT_BACK)
        yield from _files(place, line.agency, shown, since)


def _voices(keys: list[int], at: datetime) -> Iterator[Seen]:
    lines = voices.public_of(keys)
    told = latest([ref_of("voices", "voice", line.voice) for line in lines], ANSWERED)
    for line in lines:
        place = reverse("portal:question", args=[line.slug])
        record = told.get(ref_of("voices", "voice", line.voice))
        yield from _against_record(place, line.agency, record, ANSWERED[:1], {voices.digest(line)})
        yield from _looked(place, line.agency, _asked(place, at), [line.title, line.text, line.answer, line.name])


def _drafts(keys: list[int], at: datetime, since: datetime | None) -> Iterator[Seen]:
    lines = voices.drafts_of(keys)
    told = latest([ref_of("voices", "draft", line.draft) for line in lines], PUT_OUT)
    for line in lines:
        found = voices.draft_at(line.slug)
        if isinstance(found, voices.Gone):
            continue
        place, shown = reverse("portal:draft", args=[line.slug]), draft_files(found)
        record = told.get(ref_of("voices", "draft", line.draft))
        yield from _against_record(place, line.agency, record, PUT_OUT[:2], {found.digest})
        said, _ = voices.opinions_on(line.draft, limit=MOST_OPINIONS)
        yield from _said(place, line.agency, said)
        words = [line.title, line.purpose, found.text, found.summary, found.short_reason, *_words(said)]
        yield from _looked(place, line.agency, _asked(place, at), [*words, *(card.name for card in shown)])
        if found.file and not shown:
            yield Seen(place, line.agency, FILE_IS_OTHER, PUT_BACK)
        yield from _files(place, line.agency, shown, since)


def _skins(worn: list[Skin], since: datetime | None) -> Iterator[Seen]:
    """How sites look: by a person's act, the picture as it was drawn."""
    told, known = latest([one.agency.ref for one in worn], WORN), faces([one.agency_id for one in worn])
    home = province()
    for one in worn:
        place = known[one.agency_id].url if one.agency_id in known else home.url
        yield from _against_record(place, one.agency_id, told.get(one.agency.ref), WORN[:2], {mark_of(one)})
        yield from _looked(place, one.agency_id, "", [one.slogan, one.foot])
        cards = open_files([one.logo] if one.logo else []).values()
        if one.logo and [card.sha256 for card in cards] != [one.logo_sha256]:
            yield Seen(place, one.agency_id, FILE_IS_OTHER, PUT_BACK)
        yield from _files(place, one.agency_id, cards, since)


def _series(keys: list[int]) -> Iterator[Seen]:
    """Indicators by periods: each figure as the record of its approving has it."""
    lines = counted.shown_of(keys=keys)
    told = latest([ref_of("indicators", "figure", one.figure) for line in lines for one in line.points], COUNTED)
    for line in lines:
        place = figured.url_of(line.slug)
        for one in line.points:
            record = told.get(ref_of("indicators", "figure", one.figure))
            yield from _against_record(place, line.agency, record, COUNTED[:1], {one.digest})
        words = [word for one in line.points for word in (one.publisher, one.document, one.link, one.note)]
        words += [old.reason for one in line.points for old in one.corrections]
        yield from _page(place, line.agency, "indicator", indicators.indicator(line), [line.title, *words])


def _said(place: str, agency: int, lines: list[voices.Line]) -> Iterator[Seen]:
    """What readers said that stands under an article or a draft: each of it let out by a person."""
    told = latest([ref_of("voices", "voice", line.voice) for line in lines], ANSWERED)
    for line in lines:
        record = told.get(ref_of("voices", "voice", line.voice))
        yield from _against_record(f"{place}#y-kien", agency, record, ANSWERED[:1], {voices.digest(line)})


def _words(lines: list[voices.Line]) -> Iterator[str]:
    for line in lines:
        yield from (line.name, line.text, line.answer)


def _files(place: str, agency: int, cards: Iterable[Card], since: datetime | None) -> Iterator[Seen]:
    for card in cards:
        if trouble := altered(card, since):
            yield Seen(place, agency, f"{trouble} Tệp {card.name}.", PUT_BACK)


def _against_record(
    place: str, agency: int, record: tuple[str, dict[str, Any]] | None, letting_out: tuple[str, ...], digests: set[str]
) -> Iterator[Seen]:
    """What stands there is what a person let out, by the last word of the audit. Older records tell no digest."""
    if record is None or record[0] not in letting_out:
        yield Seen(place, agency, NO_RECORD, TAKE_DOWN)
    elif digests != {record[1].get("digest", next(iter(digests)))}:
        yield Seen(place, agency, OTHER, TAKE_DOWN)


def _page(place: str, agency: int, template: str, context: dict[str, Any], words: list[str]) -> Iterator[Seen]:
    """The page as readers get it."""
    yield from _looked(place, agency, render_to_string(f"portal/{template}.html", context), words)


def _looked(place: str, agency: int, told: str, words: list[str]) -> Iterator[Seen]:
    """A page leads nowhere else and runs nothing; none of its words is of the list."""
    page = read(told)
    own = {urlsplit(url).hostname or "" for url in (settings.TRAM_PUBLIC_URL, settings.TRAM_FILES_URL)}
    text = "\n".join(words)
    for host in strangers(page.addresses, own):
        if host not in text:
            yield Seen(place, agency, f"Trang dẫn tới máy chủ lạ: {host}.", TAKE_DOWN)
    if page.running:
        yield Seen(place, agency, f"Trang có mã chạy được: {page.running[0]}.", TAKE_DOWN)
    if found := spam(text):
        yield Seen(
            place, agency, f"Có từ của danh mục cờ bạc, quảng cáo: {', '.join(found)}.", REVIEW, is_bad=False, of=text
        )


def _cards(kind: str, cards: dict[int, str], out: set[int]) -> Iterator[Seen]:
    for key, words in cards.items():
        if key not in out:
            place = f"/cong/tim ({words[:120]})"
            yield Seen(place, 0, "Ô tìm của cổng thấy một mục không ai cho đăng.", f"tram manage rebuild_index {kind}")


def _figures() -> Iterator[Seen]:
    """Rankings as they were published, each with the record of it."""
    home = province()
    for month in published_months(home.unit, MOST_MONTHS):
        found = published(home.unit, month)
        if found is None:
            continue
        ref = ref_of("visits", "ranking", found.ranking)
        context = figures.ranking(home, found)
        place = urlsplit(context["canonical"]).path
        yield from _against_record(place, home.unit, latest([ref], RANKED).get(ref), RANKED, {found.document})
        words = [
            found.publisher,
            found.document,
            found.reason,
            *(f"{one.name} {one.source}" for one in found.standings),
        ]
        yield from _page(place, home.unit, "ranking", context, words)


def _places(at: datetime) -> Iterator[Seen]:
    """Every other address of the site map, by the very view that readers get. Their words are those of articles, but for names."""
    names = {face.url: (face.agency, [face.name]) for face in [province(), *all_faces(at)]}
    for url, _ in articles.places_told(at):
        place = urlsplit(url).path
        agency, words = names.get(place, (0, []))
        yield from _looked(place, agency, _asked(place, at), words)


def _asked(place: str, at: datetime) -> str:
    """A page as a robot gets it, so that it is counted apart; "" where nothing stands."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", place, place
    request.META = {"SERVER_NAME": urlsplit(settings.TRAM_PUBLIC_URL).hostname, "HTTP_USER_AGENT": "Tram tu kiem (bot)"}
    request.at, request.actor = at, ANONYMOUS  # type: ignore[attr-defined]
    try:
        found = resolve(place)
    except Resolver404:
        return ""
    answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return answer.content.decode()
