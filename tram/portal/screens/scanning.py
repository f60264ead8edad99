"""What a self-scan sees: all that is public, step by step, held against the publish log, the audit and the catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.urls import reverse

from tram.agendas import queries as weeks
from tram.audit.queries import latest, latest_within
from tram.contacts import queries as contacts
from tram.contacts.models import Publication as Contact
from tram.gazette.queries import public as gazette
from tram.indicators.queries import figures as counted
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
from tram.portal.screens import agendas, articles, documents, figured, figures, indicators, maps
from tram.portal.screens.figures import MOST_MONTHS
from tram.portal.screens.looking import (
    FILE_IS_OTHER,
    NO_RECORD,
    PUT_BACK,
    TAKE_DOWN,
    Seen,
    against_record,
    asked,
    in_its_lists,
    looked,
    on_disk,
    on_page,
)
from tram.search.queries import cards_of
from tram.skins.models import Skin
from tram.skins.queries import mark_of, public_skins
from tram.vietnamese.dates import short
from tram.visits.queries import published, published_months
from tram.voices import queries as voices

PARTS = (
    "articles", "documents", "papers", "voices", "drafts", "skins", "contacts", "weeks", "article_cards", "document_cards", "paper_cards", "voice_cards",
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
TOLD_OF = (
    "contacts.agency_published",
    "contacts.person_published",
    "contacts.agency_withdrawn",
    "contacts.person_withdrawn",
)
LET_OUT = ("agendas.published", "agendas.withdrawn")
COUNTED = ("indicators.approved", "indicators.withdrawn")
RANKED = ("visits.ranking_published",)
MADE_PUBLIC = ("gazette.published", "gazette.withdrawn", "gazette.closed")


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
        case "contacts":
            rows = contacts.public_rows(after, AT_ONCE)
            keys, seen = [one.pk for one in rows], list(_contacts(rows, at))
        case "weeks":
            out = weeks.public_weeks(after, AT_ONCE)
            keys, seen = list(out), list(_weeks(list(out.values()), at))
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
    kept, filed = news.digests_kept([one.article for one in found], at), news.filed_of([one.article for one in found])
    for one in found:
        context = articles.article(one)
        place = urlsplit(context["canonical"]).path
        record = told.get(ref_of("news", "article", one.article))
        odd = list(against_record(place, one.agency, record, OPENED[:2], {one.digest, kept[one.article]}))
        yield from odd or in_its_lists(place, one.agency, record, filed[one.article])
        said = voices.comments_of(one.article)
        yield from _said(place, one.agency, said)
        words = [one.content.title, one.content.lead, one.content.byline, one.content.source_label, *_words(said)]
        files = open_files(one.content.files)
        names = [card.name for card in files.values()]
        yield from on_page(
            place, one.agency, "article", context, [*words, *(block.words for block in one.content.body), *names]
        )
        yield from on_disk(place, one.agency, files.values(), since)


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
            if gazette.public_of(at, slugs=[line.slug]):
                yield Seen(reverse("portal:document", args=[line.slug]), line.agency, NO_RECORD, TAKE_DOWN)
            continue
        context = documents.document(found)
        place = urlsplit(context["canonical"]).path
        record = told.get(refs[line.slug])
        yield from against_record(place, line.agency, record, MADE_PUBLIC[:1], {gazette.digest(found)})
        words = [line.subject, line.code, found.signer, *found.bases, *found.paragraphs]
        shown = document_files(found)
        yield from on_page(place, line.agency, "document", context, [*words, *(card.name for card in shown)])
        if len(shown) < len(found.files):
            yield Seen(place, line.agency, FILE_IS_OTHER, PUT_BACK)
        yield from on_disk(place, line.agency, shown, since)


def _voices(keys: list[int], at: datetime) -> Iterator[Seen]:
    lines = voices.public_of(keys)
    told = latest([ref_of("voices", "voice", line.voice) for line in lines], ANSWERED)
    for line in lines:
        place = reverse("portal:question", args=[line.slug])
        record = told.get(ref_of("voices", "voice", line.voice))
        yield from against_record(place, line.agency, record, ANSWERED[:1], {voices.digest(line)})
        yield from looked(place, line.agency, asked(place, at), [line.title, line.text, line.answer, line.name])


def _drafts(keys: list[int], at: datetime, since: datetime | None) -> Iterator[Seen]:
    lines = voices.drafts_of(keys)
    told = latest([ref_of("voices", "draft", line.draft) for line in lines], PUT_OUT)
    for line in lines:
        found, place = voices.draft_at(line.slug), reverse("portal:draft", args=[line.slug])
        if isinstance(found, voices.Gone):
            if voices.drafts_of([line.draft]):
                yield Seen(place, line.agency, NO_RECORD, TAKE_DOWN)
            continue
        shown = draft_files(found)
        record = told.get(ref_of("voices", "draft", line.draft))
        yield from against_record(place, line.agency, record, PUT_OUT[:2], {found.digest})
        said, _ = voices.opinions_on(line.draft, limit=MOST_OPINIONS)
        yield from _said(place, line.agency, said)
        words = [line.title, line.purpose, found.text, found.summary, found.short_reason, *_words(said)]
        yield from looked(place, line.agency, asked(place, at), [*words, *(card.name for card in shown)])
        if found.file and not shown:
            yield Seen(place, line.agency, FILE_IS_OTHER, PUT_BACK)
        yield from on_disk(place, line.agency, shown, since)


def _skins(worn: list[Skin], since: datetime | None) -> Iterator[Seen]:
    """How sites look: by a person's act, the picture as it was drawn."""
    told, known = latest([one.agency.ref for one in worn], WORN), faces([one.agency_id for one in worn])
    home = province()
    for one in worn:
        place = known[one.agency_id].url if one.agency_id in known else home.url
        yield from against_record(place, one.agency_id, told.get(one.agency.ref), WORN[:2], {mark_of(one)})
        yield from looked(place, one.agency_id, "", [one.slogan, one.foot])
        cards = open_files([one.logo] if one.logo else []).values()
        if one.logo and [card.sha256 for card in cards] != [one.logo_sha256]:
            yield Seen(place, one.agency_id, FILE_IS_OTHER, PUT_BACK)
        yield from on_disk(place, one.agency_id, cards, since)


def _contacts(rows: list[Contact], at: datetime) -> Iterator[Seen]:
    """How agencies and their people are reached: each by an act; the page of an agency and its press room as readers get them."""
    told, known = latest([contacts.about_of(one) for one in rows], TOLD_OF), faces([one.agency_id for one in rows])
    for one in rows:
        site = known.get(one.agency_id, province())
        place, record = articles.people_url(site), told.get(contacts.about_of(one))
        yield from against_record(place, one.agency_id, record, TOLD_OF[:2], {contacts.digest(one)})
        yield from looked(place, one.agency_id, "" if one.post_id else asked(place, at), contacts.words_of(one))
        if one.post_id is None:
            press = articles.press_url(site)
            yield from looked(press, one.agency_id, asked(press, at), [])


def _weeks(out: list[tuple[int, date]], at: datetime) -> Iterator[Seen]:
    """Weeks of leaders: the last that the record has of a week is that it was let out, with all that its page tells."""
    known = faces([agency for agency, _ in out])
    told = latest_within([ref_of("organisation", "unit", agency) for agency, _ in out], LET_OUT, "monday")
    for agency, monday in out:
        place, found = agendas.week_url(known.get(agency, province()), monday), weeks.public_week(agency, monday)
        if isinstance(found, weeks.Gone):
            if weeks.open_week(agency, monday):
                yield Seen(place, agency, NO_RECORD, TAKE_DOWN)
            continue
        record = told.get((ref_of("organisation", "unit", agency), short(monday)))
        yield from against_record(place, agency, record, LET_OUT[:1], {found.digest})
        words = [word for one in found.entries for word in (one.what, one.place, one.chair)]
        yield from looked(place, agency, asked(place, at), words)


def _series(keys: list[int]) -> Iterator[Seen]:
    """Indicators by periods: each figure as the record of its approving has it."""
    lines = counted.shown_of(keys=keys)
    told = latest([ref_of("indicators", "figure", one.figure) for line in lines for one in line.points], COUNTED)
    for line in lines:
        place = figured.url_of(line.slug)
        for one in line.points:
            record = told.get(ref_of("indicators", "figure", one.figure))
            yield from against_record(place, line.agency, record, COUNTED[:1], {one.digest})
        words = [word for one in line.points for word in (one.publisher, one.document, one.link, one.note)]
        words += [old.reason for one in line.points for old in one.corrections]
        yield from on_page(place, line.agency, "indicator", indicators.indicator(line), [line.title, *words])


def _said(place: str, agency: int, lines: list[voices.Line]) -> Iterator[Seen]:
    """What readers said that stands under an article or a draft: each of it let out by a person."""
    told = latest([ref_of("voices", "voice", line.voice) for line in lines], ANSWERED)
    for line in lines:
        record = told.get(ref_of("voices", "voice", line.voice))
        yield from against_record(f"{place}#y-kien", agency, record, ANSWERED[:1], {voices.digest(line)})


def _words(lines: list[voices.Line]) -> Iterator[str]:
    for line in lines:
        yield from (line.name, line.text, line.answer)


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
        yield from against_record(place, home.unit, latest([ref], RANKED).get(ref), RANKED, {found.document})
        words = [
            found.publisher,
            found.document,
            found.reason,
            *(f"{one.name} {one.source}" for one in found.standings),
        ]
        yield from on_page(place, home.unit, "ranking", context, words)


def _places(at: datetime) -> Iterator[Seen]:
    """Every other address of the site map, by the very view that readers get. Their words are those of articles, but for names."""
    names = {face.url: (face.agency, [face.name]) for face in [province(), *all_faces(at)]}
    for url, _ in maps.places_told(at):
        place = urlsplit(url).path
        agency, words = names.get(place, (0, []))
        yield from looked(place, agency, asked(place, at), words)
