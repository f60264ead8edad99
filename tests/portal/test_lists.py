"""Lists, feeds, maps and the search show the open rows of the publish log, all of them and nothing else, at one cost."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.db import connection, transaction
from django.db.models.functions import TruncMonth
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT
from tests.news.desk import TEXT, Desk
from tests.portal.readers import asked
from tram.kernel.actors import Actor
from tram.news.commands.publish import withdraw
from tram.news.models import Address, Article, Publication, Revision
from tram.news.queries.public import months
from tram.portal.pages.finding import ASKED, TOO_OFTEN
from tram.search.commands import rebuild
from tram.search.models import Card

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def said(answer: Any) -> str:
    return str(answer.content.decode())


def many(article: Article, count: int, category: str = "activity") -> None:
    """More of the same, as the commands leave them, an hour apart."""
    row = Publication.objects.get(article=article)
    revision = row.revision
    own = article.slug.rpartition("-")[2]
    articles = [
        replaced(article, pk=None, slug=f"bai-{n}-cua-{own}", title=f"Bài {n}", began_at=AT) for n in range(count)
    ]
    Article.objects.bulk_create(articles)
    Address.objects.bulk_create([Address(slug=one.slug, article=one, since_at=AT) for one in articles])
    content = [revision.content | {"title": one.title} for one in articles]
    revisions = Revision.objects.bulk_create(
        [replaced(revision, pk=None, article=one, content=says) for one, says in zip(articles, content, strict=True)]
    )
    Publication.objects.bulk_create(
        [
            replaced(row, pk=None, article=one, revision=said, category=category, since_at=AT - timedelta(hours=n))
            for n, (one, said) in enumerate(zip(articles, revisions, strict=True))
        ]
    )


def replaced(row: Any, **told: Any) -> Any:
    """The same row with other values, not yet in the table."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    copy = type(row)(**values)
    for name, value in told.items():
        setattr(copy, name, value)
    copy._state.adding = True
    return copy


def addresses(page: str) -> set[str]:
    """Addresses of articles on a page."""
    return set(re.findall(r"/cong/tin/([a-z0-9-]+)", page))


def walked(reader: Client, address: str) -> set[str]:
    """Addresses of articles on a page and on all older ones."""
    found, following = set[str](), address
    while following:
        page = said(reader.get(following))
        found |= addresses(page)
        older = re.search(r'href="([^"]+)">Tin cũ hơn', page)
        following = older[1].replace("&amp;", "&") if older else ""
    return found


def open_rows() -> set[str]:
    return set(Publication.objects.filter(until_at=None).values_list("article__slug", flat=True))


def test_all_that_is_served_stands_in_the_log_and_all_that_is_open_is_served(desk: Desk, reader: Client) -> None:
    article = desk.public()
    many(article, 60)
    desk.draft(replace(TEXT, title="Bài nháp"))
    for gone in Article.objects.filter(title__in=["Bài 0", "Bài 33"]):
        withdraw(actor=desk.who("nga"), at=AT, article=gone, reason="Gỡ để thử")
    assert len(open_rows()) == 59
    for address in ("/cong", "/cong/muc/hoat-dong-cua-co-quan", "/cong/co-quan/so-khoa-hoc-va-cong-nghe"):
        assert walked(reader, address) == open_rows(), address
    maps = [one.text or "" for one in fromstring(reader.get("/sitemap.xml").content).iter(f"{MAP}loc")]
    assert [one.rpartition("/")[2] for one in maps] == ["trang.xml", "2026-11.xml"]
    listed = said(reader.get("/cong/so-do/2026-11.xml"))
    assert addresses(listed) == open_rows() and fromstring(listed).tag == f"{MAP}urlset"
    for address in sorted(open_rows())[:3]:
        assert reader.get(f"/cong/tin/{address}").status_code == 200
    rebuild(actor=Actor.system(), at=AT, kind="portal.article")
    assert set(Card.objects.values_list("key", flat=True)) == set(
        Publication.objects.filter(until_at=None).values_list("article", flat=True)
    )


def test_lists_cost_the_same_for_one_and_for_fifty_and_count_nothing(desk: Desk, reader: Client) -> None:
    article = desk.public()
    places = (
        "/cong", "/cong/muc/hoat-dong-cua-co-quan", "/cong/co-quan/so-khoa-hoc-va-cong-nghe", "/cong/tin-moi/rss.xml",
        f"/cong/tin/{article.slug}", "/cong/so-do/2026-11.xml",
    )  # fmt: skip
    cost: dict[str, int] = {}
    for count in (1, 50):
        many(article, count - 1)
        for place in places:
            found = asked(reader, place)
            assert cost.setdefault(place, len(found)) == len(found), place
            assert not [one for one in found if "COUNT(" in one.upper()]
    # an article: sites, province, address, row, corrections, its languages, rating, what readers said, what else its agency told, who asks;
    # a front: also which ranking was published last and what figures, both once a second in each process
    assert max(cost.values()) <= 10, cost


def test_an_article_reads_hardly_more_rows_among_three_hundred_than_alone(desk: Desk, reader: Client) -> None:
    article = desk.public()
    alone = rows_read(asked(reader, f"/cong/tin/{article.slug}"))
    many(article, 300)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE news_publication, news_article, news_address, news_revision")
    assert rows_read(asked(reader, f"/cong/tin/{article.slug}")) <= alone + 20


def test_the_months_of_the_map_are_stepped_through_and_not_counted_out(desk: Desk, reader: Client) -> None:
    many(desk.public(), 500)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE news_publication")
    with CaptureQueriesContext(connection) as found:
        told = months(AT)
    rows = Publication.objects.annotate(month=TruncMonth("since_at")).values_list("month", flat=True).distinct()
    assert told == sorted(rows, reverse=True) and [f"{one:%m}" for one in told] == ["11", "10"]
    assert rows_read([one["sql"] for one in found]) <= 3 * len(told) + 6
    shown = said(reader.get("/sitemap.xml"))
    assert [f"/cong/so-do/2026-{month}.xml" in shown for month in ("11", "10", "09")] == [True, True, False]


def rows_read(statements: list[str]) -> int:
    """How many rows these statements touch where they may enter by every index there is, those they throw away included."""

    def touched(plan: dict[str, Any]) -> int:
        parts = plan.get("Plans", [])
        removed = sum(count for name, count in plan.items() if name.startswith("Rows Removed"))
        own = 0 if parts else plan["Actual Rows"]
        return int(plan["Actual Loops"] * (own + removed)) + sum(touched(part) for part in parts)

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plans = []
        for statement in statements:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}")
            plans += [one["Plan"] for one in cursor.fetchone()[0]]
    return sum(map(touched, plans))


def test_what_stood_in_a_category_that_is_no_more_is_read_still(desk: Desk, reader: Client) -> None:
    many(desk.public(), 1, category="bo-roi")
    slug = Article.objects.get(title="Bài 0").slug
    assert reader.get(f"/cong/tin/{slug}").status_code == 200
    for address in ("/cong", "/cong/co-quan/so-khoa-hoc-va-cong-nghe"):
        assert slug in said(reader.get(address))


@pytest.mark.parametrize("word", ["", "x", "1_2_3", "99999999999999999999_1", "0_0", "1'_1", "٣_1"])
def test_a_place_that_no_page_gave_is_no_trouble(desk: Desk, reader: Client, word: str) -> None:
    desk.public()
    answer = reader.get("/cong/muc/hoat-dong-cua-co-quan", {"sau": word})
    assert answer.status_code == 200 and (TEXT.title in said(answer)) is (word != "0_0")


def test_feeds_are_read_by_machines(desk: Desk, reader: Client) -> None:
    article = desk.public(replace(TEXT, title='Mở cửa "bưu điện" & <đọc báo>'))
    url = f"http://localhost:8000/cong/tin/{article.slug}"
    for site in ("/cong", "/cong/co-quan/so-khoa-hoc-va-cong-nghe"):
        rss = reader.get(f"{site}/tin-moi/rss.xml")
        (item,) = fromstring(rss.content).iter("item")
        assert item.findtext("title") == 'Mở cửa "bưu điện" & <đọc báo>' and item.findtext("link") == url
        assert item.findtext("pubDate") == "Mon, 16 Nov 2026 09:00:00 +0700"
        assert rss["Content-Type"] == "application/rss+xml; charset=utf-8"
        (entry,) = fromstring(reader.get(f"{site}/tin-moi/atom.xml").content).iter(f"{ATOM}entry")
        assert entry.findtext(f"{ATOM}id") == url and entry.findtext(f"{ATOM}updated") == "2026-11-16T09:00:00+07:00"
        (one,) = json.loads(reader.get(f"{site}/tin-moi/feed.json").content)["items"]
        assert one["url"] == url and one["authors"] == [{"name": "Sở Khoa học và Công nghệ"}]
        rss = reader.get(f"{site}/muc/hoat-dong-cua-co-quan/moi/rss.xml")
        assert [item.findtext("link") for item in fromstring(rss.content).iter("item")] == [url]
        assert "Hoạt động của cơ quan · " in fromstring(rss.content).findtext("channel/title", "")
        assert f'href="{site}/muc/hoat-dong-cua-co-quan/moi/rss.xml"' in said(
            reader.get(f"{site}/muc/hoat-dong-cua-co-quan")
        )
        assert not list(fromstring(reader.get(f"{site}/muc/thong-cao-bao-chi/moi/rss.xml").content).iter("item"))
    assert "/cong/muc/thong-cao-bao-chi/moi/atom.xml" in said(reader.get("/cong/bao-chi"))
    for absent in ("/cong/tin-moi/khac.xml", "/cong/muc/khong-co/moi/rss.xml", "/cong/muc/thong-bao/moi/khac.xml"):
        assert reader.get(absent).status_code == 404, absent
    robots = said(reader.get("/robots.txt"))
    assert "Disallow: /\n" in robots and "Sitemap: http://localhost:8000/sitemap.xml" in robots


def test_readers_find_with_and_without_marks_what_is_public(desk: Desk, reader: Client) -> None:
    body = (*TEXT.body, replace(TEXT.body[0], text="Nơi vui chơi lành mạnh của thanh niên."))
    article = desk.public(replace(TEXT, body=body))
    desk.draft(replace(TEXT, title="Nháp về nơi lành mạnh", body=body))
    for words in ("lanh manh", "lành mạnh", '"lành mạnh"', "tap huan", "Tập huấn", "loai:vanbanden lanh manh"):
        page = said(reader.get("/cong/tim", {"q": words}))
        assert addresses(page) == {article.slug}, words
    assert "Không có tin bài, văn bản" in said(reader.get("/cong/tim", {"q": "khinh khí cầu"}))
    assert "Gõ vài chữ" in said(reader.get("/cong/tim"))
    assert "&lt;script&gt;" in said(reader.get("/cong/tim", {"q": "<script>"}))
    withdraw(actor=desk.who("nga"), at=AT, article=article, reason="Gỡ để thử")
    assert "Không có tin bài, văn bản" in said(reader.get("/cong/tim", {"q": "lanh manh"}))


def test_who_searches_without_end_is_held_back(reader: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ASKED, "times", 2)
    assert [reader.get("/cong/tim?q=a").status_code for _ in range(3)] == [200, 200, 429]
    assert TOO_OFTEN in said(reader.get("/cong/tim?q=a")) and reader.get("/cong/tim").status_code == 200
