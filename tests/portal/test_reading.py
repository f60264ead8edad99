"""Readers see what two people agreed to, at its address, while its row is open, and nothing else of an article, ever."""

import gzip
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT, FOUNDED
from tests.news.desk import TEXT, Desk
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.news.commands.many import move_all
from tram.news.commands.publish import (
    appear,
    expire,
    pass_on,
    present,
    publish,
    readdress,
    revise,
    schedule,
    withdraw,
)  # fmt: skip
from tram.news.commands.write import begin, write
from tram.news.models import Article
from tram.news.rules.content import Block, Content
from tram.organisation.models import AgencyCode
from tram.portal import queries
from tram.visits.commands import counting
from tram.visits.rules import Batch, Counter
from tram.visits.sockets import shown

HOUR = timedelta(hours=1)
FULL = Content(
    title="Hội nghị bàn về bưu điện văn hóa xã",
    source_label="(laocai.gov.vn) -",
    lead="Ngày 11/6, mười hai xã bàn cách mở cửa bưu điện văn hóa cả tuần.",
    body=(
        Block("paragraph", "Mười hai điểm đã mở cửa cả tuần, người dân tới đọc báo & gửi thư."),
        Block("heading", "Kết quả bước đầu"),
        Block("quote", "Xã nào cũng cần một nơi như thế.", who="Ông Giàng A Bình"),
        Block("table", caption="Số điểm theo xã", rows=(("Xã", "Điểm"), ("Tân Lập", "2"))),
        Block("heading", "Việc tới đây", level=3),
        Block("document", "Kế hoạch 12/KH-UBND", ref="documents/12"),
    ),
    byline="Minh Anh",
    event_on=date(2026, 6, 11),
)


def said(answer: Any) -> str:
    return str(answer.content.decode())


def at(reader: Client, article: Article, **more: Any) -> Any:
    return reader.get(f"/cong/tin/{article.slug}", **more)


def test_an_article_says_all_that_was_agreed_to_and_each_thing_once(desk: Desk, reader: Client) -> None:
    article = desk.public(FULL)
    answer = at(reader, article)
    page = said(answer)
    words = page.split("<body>")[1]
    for told in (
        "<h1>Hội nghị bàn về bưu điện văn hóa xã</h1>", "(laocai.gov.vn) -", FULL.lead, "đọc báo &amp; gửi thư.",
        "<h2>Kết quả bước đầu</h2>", "<figcaption>Ông Giàng A Bình</figcaption>", '<th scope="col">Điểm</th>',
        "<td>Tân Lập</td>", "<h3>Việc tới đây</h3>", "Kế hoạch 12/KH-UBND", "Minh Anh", "09:00 ngày 16/11/2026",
        "việc diễn ra ngày", "11/06/2026", "Hoạt động của cơ quan", "Sở Khoa học và Công nghệ",
        "“Hội nghị bàn về bưu điện văn hóa xã”. Sở Khoa học và Công nghệ, Cổng thông tin điện tử tỉnh Lào Cai, ngày 16/11/2026",
    ):  # fmt: skip
        assert told in words, told
    assert words.count(FULL.lead) == 1
    assert answer.status_code == 200 and not answer.cookies
    assert f'<link rel="canonical" href="http://localhost:8000/cong/tin/{article.slug}">' in page


def test_structured_data_tells_the_same(desk: Desk, reader: Client) -> None:
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', said(at(reader, desk.public(FULL))))
    assert block
    told = json.loads(block[1])
    assert (told["@type"], told["headline"], told["author"]["name"]) == ("NewsArticle", FULL.title, "Minh Anh")
    assert told["datePublished"] == "2026-11-16T09:00:00+07:00"
    assert told["publisher"]["name"] == "Sở Khoa học và Công nghệ"


def test_a_page_is_made_once_for_everybody(desk: Desk, reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    article = desk.public()
    for address in ("/cong", f"/cong/tin/{article.slug}"):
        first = reader.get(address)
        monkeypatch.setattr(queries, "EVERY_SECONDS", 60.0)
        with CaptureQueriesContext(connection) as asked:
            again = desk.cast.signed_in(Client(), "lan").get(address)
            assert reader.get(address).content == again.content == first.content, "nothing of who asks stands in it"
        assert not [one for one in asked if "news_" in one["sql"] or "portal_" in one["sql"]]
        with CaptureQueriesContext(connection) as asked:
            packed = reader.get(address, headers={"Accept-Encoding": "gzip"})
            same = reader.get(address, headers={"If-None-Match": first["ETag"]})
        assert not asked.captured_queries
        assert gzip.decompress(packed.content) == first.content and packed["Content-Encoding"] == "gzip"
        assert packed["Content-Length"] == str(len(packed.content)), "kept pages go out in one piece"
        assert packed["Vary"] == "Accept-Encoding" and "unsafe" not in packed["Content-Security-Policy"]
        assert same.status_code == 304 and not same.content and same["Cache-Control"] == "public, no-cache"
        monkeypatch.setattr(queries, "EVERY_SECONDS", 0.0)


def test_what_is_let_out_and_taken_back_shows_at_once(desk: Desk, reader: Client) -> None:
    assert "chưa có tin nào" in said(reader.get("/cong"))
    article = desk.public()
    for address in ("/cong", "/cong/co-quan/so-khoa-hoc-va-cong-nghe", "/cong/muc/hoat-dong-cua-co-quan"):
        assert TEXT.title in said(reader.get(address)), address
    withdraw(actor=desk.who("nga"), at=AT + HOUR, article=article, reason="Số liệu sai, nội bộ")
    for address in ("/cong", "/cong/co-quan/so-khoa-hoc-va-cong-nghe", "/cong/muc/hoat-dong-cua-co-quan"):
        assert TEXT.title not in said(reader.get(address)), address
    gone = at(reader, article)
    assert gone.status_code == 410 and "Sở Khoa học và Công nghệ đã gỡ bài" in said(gone)
    assert "Số liệu sai" not in said(gone) and TEXT.title not in said(gone) and "noindex" in said(gone)


def test_a_second_passes_at_most_before_a_process_sees_it(
    desk: Desk, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hour = [100.0]
    monkeypatch.setattr(queries, "EVERY_SECONDS", 1.0)
    monkeypatch.setattr(queries, "monotonic", lambda: hour[0])
    queries.generations.forget()
    assert TEXT.title not in said(reader.get("/cong"))
    desk.public()
    assert TEXT.title not in said(reader.get("/cong")), "so the page was kept"
    hour[0] += 1.0
    assert TEXT.title in said(reader.get("/cong"))


def test_a_reader_does_not_notice_that_the_database_is_away_for_a_moment(
    desk: Desk, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> dict[int, int]:
        raise OperationalError("the connection is closed")

    article = desk.public()
    first = at(reader, article)
    monkeypatch.setattr(queries.connection, "close", lambda: None)
    monkeypatch.setattr(queries.Generations, "_ask", staticmethod(away))
    assert at(reader, article).content == first.content
    monkeypatch.setattr(queries.generations, "_found", {})
    assert reader.get("/cong").status_code == 503


def test_a_newer_draft_never_shows_and_a_correction_is_told(desk: Desk, reader: Client) -> None:
    article = desk.public()
    revise(actor=desk.who("nga"), at=AT + HOUR, article=article, correction="Sáu mươi hai cán bộ, không phải sáu mươi")
    changed = replace(TEXT, title="Tít mới chưa duyệt", lead=TEXT.lead.replace("sáu mươi", "sáu mươi hai"))
    write(actor=desk.who("nga"), at=AT + HOUR, article=article, base=1, content=changed)
    present(actor=desk.who("nga"), at=AT + HOUR, article=article)
    for address in ("/cong", f"/cong/tin/{article.slug}", "/cong/tin-moi/rss.xml", "/cong/tim?q=tap huan"):
        page = said(reader.get(address))
        assert (
            "Tít mới chưa duyệt" not in page
            and "sáu mươi hai" not in page
            and TEXT.title in page.replace("<mark>", "").replace("</mark>", "")
        ), address
    pass_on(actor=desk.who("nga"), at=AT + HOUR, article=article)
    publish(actor=desk.who("phuc"), at=AT + 2 * HOUR, article=article)
    page = said(at(reader, article))
    assert "Đính chính" in page and "không phải sáu mươi" in page and "11:00 ngày 16/11/2026" in page
    assert "CorrectionComment" in page and "bản mới nhất lúc" in page
    old = article.slug
    new = readdress(actor=desk.who("nga"), at=AT, article=Article.objects.get(pk=article.pk)).slug
    moved = reader.get(f"/cong/tin/{old}")
    assert moved.status_code == 301 and moved["Location"] == f"/cong/tin/{new}"


def test_scheduled_not_before_its_hour_and_expired_not_after(
    desk: Desk, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, system = desk.passed(), Actor.system()
    schedule(actor=desk.who("phuc"), at=AT, article=article, publish_at=AT + HOUR, expires_at=AT + 5 * HOUR)
    monkeypatch.setattr(clock, "now", lambda: AT)
    never = at(reader, article)
    assert never.status_code == 404 and TEXT.title not in said(reader.get("/cong"))
    assert never.content == reader.get("/cong/tin/bai-999").content, "not out yet and never written are the same answer"
    appear(actor=system, at=AT + HOUR, article=article)
    monkeypatch.setattr(clock, "now", lambda: AT + HOUR)
    assert at(reader, article).status_code == 200 and TEXT.title in said(reader.get("/cong"))
    expire(actor=system, at=AT + 5 * HOUR, article=article)
    monkeypatch.setattr(clock, "now", lambda: AT + 5 * HOUR)
    gone = at(reader, article)
    assert gone.status_code == 410 and "hết hạn đăng lúc 14:00 ngày 16/11/2026" in said(gone)


def test_what_is_not_public_is_not_there(desk: Desk, reader: Client) -> None:
    article = desk.public()
    drafts = [desk.draft(replace(TEXT, title="Bản nháp của Sở")), desk.passed(replace(TEXT, title="Chờ duyệt của Sở"))]
    tuan = begin(
        actor=desk.who("tuan"), at=AT, agency=desk.cast.units["stc"], category="notice",
        content=replace(TEXT, title="Nháp của Sở Tài chính"),
    )  # fmt: skip
    for slug in [*(one.slug for one in (*drafts, tuan)), article.slug + "0", article.slug[:-1], str(article.pk)]:
        assert reader.get(f"/cong/tin/{slug}").status_code == 404, slug
    for address in (
        "/cong", "/cong/muc/thong-bao", "/cong/co-quan", "/cong/tim?q=Nháp", "/cong/tim?q=Chờ duyệt", "/sitemap.xml",
        "/cong/so-do/2026-11.xml", "/cong/tin-moi/feed.json",
    ):  # fmt: skip
        page = said(reader.get(address))
        for hidden in ("Bản nháp của Sở", "Chờ duyệt của Sở", "Nháp của Sở Tài chính", drafts[1].slug):
            assert hidden not in page, address
    for address in (
        "/cong/co-quan/so-tai-chinh", "/cong/muc/activity", "/cong/xyz", "/cong/so-do/2026-13.xml", "/cong/so-do/x\x00.xml",
        "/cong/co-quan/a\x00b", "/cong/co-quan/a\x00b/muc/thong-bao", "/cong/co-quan/a\x00b/tin-moi/rss.xml",
    ):  # fmt: skip
        assert reader.get(address).status_code == 404, address
    assert reader.post(f"/cong/tin/{article.slug}").status_code in (403, 405, 422)


def test_an_agency_has_its_own_news_and_its_code_leads_there(desk: Desk, reader: Client) -> None:
    desk.public()
    other = begin(
        actor=desk.who("tuan"), at=AT, agency=desk.cast.units["stc"], category="notice",
        content=replace(TEXT, title="Quyết toán quý ba"),
    )  # fmt: skip
    assert other.slug
    AgencyCode.objects.create(unit=desk.cast.units["skhcn"], scheme="qd20", code="H38.12", since=FOUNDED)
    moved = reader.get("/cong/co-quan/h38.12")
    assert moved.status_code == 301 and moved["Location"] == "/cong/co-quan/so-khoa-hoc-va-cong-nghe"
    page = said(reader.get(moved["Location"]))
    assert TEXT.title in page and "Quyết toán" not in page and "Cổng thông tin điện tử tỉnh Lào Cai" in page
    assert "/cong/co-quan/so-khoa-hoc-va-cong-nghe/muc/thong-bao" in page
    assert "Chuyên mục này chưa có tin nào" in said(reader.get(moved["Location"] + "/muc/thong-bao"))
    assert "Sở Khoa học và Công nghệ" in said(reader.get("/cong/co-quan"))
    assert reader.get("/cong/co-quan/h38.13").status_code == 404


def test_the_first_address_is_the_portals_for_readers_and_the_desks_for_officials(desk: Desk, reader: Client) -> None:
    withdraw(actor=desk.who("nga"), at=AT, article=desk.draft(), reason="Trùng bài khác")
    assert reader.get("/")["Location"].startswith("/dang-nhap"), "there is no portal yet"
    assert reader.get("/cong/co-quan/so-khoa-hoc-va-cong-nghe").status_code == 404, "a draft opens no site"
    desk.public()
    assert reader.get("/")["Location"] == reader.get("/cong/")["Location"] == "/cong"
    assert desk.cast.signed_in(Client(), "lan").get("/").status_code == 200
    reader.cookies["may"] = "da-dang-nhap"
    assert reader.get("/")["Location"].startswith("/dang-nhap")


def test_reading_counts_for_the_page_and_its_agency_and_programs_count_for_nobody(
    desk: Desk, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    article, agency, top = desk.public(), desk.cast.units["skhcn"].pk, desk.cast.units["province"].pk
    counter = Counter()
    monkeypatch.setattr(counting, "counter", counter)
    chromium = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Chrome/148", "Sec-Fetch-Dest": "document"}
    for address in (
        f"/cong/tin/{article.slug}",
        f"/cong/tin/{article.slug}",
        "/cong",
        "/cong/tin-moi/rss.xml",
        "/cong/co-quan",
    ):
        assert reader.get(address, headers=chromium).status_code == 200
    for address in ("/cong/tin/khong-co", "/cong/tim?q=a", "/sitemap.xml"):
        reader.get(address, headers=chromium)
    counted = {(page, whose): pair for (page, whose, _day), pair in (counter.batch() or Batch({})).sums.items()}
    assert counted == {
        (article.ref, agency): [2, 0], ("portal.front/0", top): [1, 0], ("portal.sites/0", top): [1, 0]
    }  # fmt: skip


def test_a_reader_rates_an_article_in_one_tap(desk: Desk, reader: Client) -> None:
    article = desk.public()
    page = said(at(reader, article))
    assert 'action="/danh-gia"' in page and f'name="trang" value="{article.ref}"' in page
    assert page.count('name="diem"') == 5 and "từ năm phiếu" in page
    given = reader.post("/danh-gia", {"trang": article.ref, "diem": "4"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert given.status_code == 200 and TEXT.title in said(given)
    hidden = {"trang": desk.draft().ref, "diem": "4"}
    assert reader.post("/danh-gia", hidden, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 404


def test_whoever_lets_an_article_out_says_whether_it_is_scored_and_letting_out_again_keeps_it(
    desk: Desk, reader: Client
) -> None:
    sad, phuc, told = desk.passed(), desk.cast.signed_in(Client(), "phuc"), {"seen": 1, "takes_comments": "no"}
    door = f"/tin-bai/{sad.pk}/dang"
    assert 'name="takes_ratings"' in said(phuc.get(door))
    assert phuc.post(door, {**told, "takes_ratings": "no", "idempotency_key": f"{UUID(int=1)}"}).status_code == 303
    vote = {"trang": sad.ref, "diem": "4"}
    for _ in range(2):
        sad.refresh_from_db()
        assert "/danh-gia" not in said(at(reader, sad)), "nobody is asked for a score under an obituary"
        assert reader.post("/danh-gia", vote, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 404
        if sad.state == "published":
            revise(actor=desk.who("nga"), at=clock.now(), article=sad, correction="Sửa tên người")
            present(actor=desk.who("lan"), at=clock.now(), article=sad, seen=1)
            pass_on(actor=desk.who("nga"), at=clock.now(), article=sad, seen=1)
            assert move_all(actor=desk.who("phuc"), at=clock.now(), step="publish", articles={sad.pk: 1})[0] == 1
    assert sad.publications.filter(takes_ratings=False, takes_comments=False).count() == 3


def test_only_what_is_public_has_a_name_for_who_counts(desk: Desk) -> None:
    article, draft = desk.public(), desk.draft()
    asked = [article.ref, draft.ref, "news.article/x", "news.article/²", "news.article/" + "9" * 40, "news.article/1\n"]
    page = shown["news.article"].public(asked)
    assert list(page) == [article.ref] and page[article.ref].title == TEXT.title
    assert page[article.ref].url == f"/cong/tin/{article.slug}"


def test_every_page_says_in_one_line_what_it_is(desk: Desk, reader: Client) -> None:
    article = desk.public()
    for address in (
        "/cong",
        "/cong/tim",
        "/cong/van-ban",
        "/cong/co-quan",
        "/cong/thu-tuc",
        f"/cong/tin/{article.slug}",
    ):
        page = said(reader.get(address))
        assert page.count('name="description"') == 1 and 'content="noindex"' not in page, address


def test_robots_list_the_field_of_the_search_and_never_what_a_stranger_wrote_into_a_link(
    desk: Desk, reader: Client
) -> None:
    desk.public()
    canonical, listed = 'rel="canonical" href="http://localhost:8000/cong/tim"', 'content="noindex"'
    found = said(reader.get("/cong/tim?q=tap+huan"))
    assert canonical in found and listed not in found
    for words in (
        "tap+huan&tiep=1",
        "tap+huan+casino88.example",
        "tap+huan+nh%C3%A0+c%C3%A1i+uy+t%C3%ADn",
        "%F0%9F%8E%B0",
        "tap+huan+%F0%9F%8E%B0",
    ):
        page = said(reader.get(f"/cong/tim?q={words}"))
        assert listed in page and canonical not in page, words
    assert "/cong/tim" not in said(reader.get("/robots.txt")), (
        "a robot that may not look never sees that it may not list"
    )
