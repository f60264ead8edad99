"""An article stands in several categories: one names its place, each lists it, from the moment it is let out until it leaves."""

import json
import re
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client

from tests.cast import AT, FOUNDED
from tests.news.desk import TEXT, Desk
from tests.news.pages import OLD
from tests.news.test_pages import HERE, bring
from tests.news.test_writing import TYPED, send, text_of
from tests.portal.readers import asked
from tests.portal.test_lists import ATOM, addresses, many, rows_read, said
from tests.portal.test_scan import behind, scanned
from tram.audit.queries import latest
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.news.commands.publish import pass_on, present, publish, revise, send_back, withdraw
from tram.news.commands.write import begin, translate, write
from tram.news.models import Article, Filing, OldFile, Publication
from tram.organisation.commands.posts import appoint, create_post
from tram.portal.rules.addresses import place_word
from tram.portal.screens.looking import ELSEWHERE

SITE = "/cong/co-quan/so-khoa-hoc-va-cong-nghe"
OWN, PRESS, NOTICE = "hoat-dong-cua-co-quan", "thong-cao-bao-chi", "thong-bao"


def public(desk: Desk, *also: str) -> Article:
    by: dict[str, Any] = {"actor": desk.who("lan"), "at": AT}
    article = begin(agency=desk.cast.units["skhcn"], category="activity", also=also, content=TEXT, **by)
    return let_out(desk, article)


def let_out(desk: Desk, article: Article) -> Article:
    article = present(actor=desk.who("nga"), at=AT, article=article)
    publish(actor=desk.who("phuc"), at=AT, article=pass_on(actor=desk.who("nga"), at=AT, article=article))
    return Article.objects.get(pk=article.pk)


def listing(reader: Client, slug: str) -> list[str]:
    """The categories in whose lists an article stands: those of the province and those of its agency say the same."""
    found = []
    for category in (OWN, PRESS, NOTICE):
        lists = {slug in addresses(said(reader.get(f"{site}/muc/{category}"))) for site in ("/cong", SITE)}
        found += [category] * all(lists)
        assert len(lists) == 1
    return found


def test_each_of_its_categories_lists_it_and_the_main_one_names_its_place(desk: Desk, reader: Client) -> None:
    article = public(desk, "press", "notice", "activity")
    assert Article.objects.get().also == ["notice", "press"], (
        "in the order of the catalogue; its own place is no further one"
    )
    assert listing(reader, article.slug) == [OWN, PRESS, NOTICE] and article.slug in said(reader.get("/cong/bao-chi"))
    page = said(reader.get(f"/cong/tin/{article.slug}"))
    own = re.findall(r'<a href="/cong/co-quan/[^"]+/muc/([^"]+)">[^<]+</a>', page[page.index("Chuyên mục: ") :])[:3]
    assert own == [OWN, NOTICE, PRESS]
    names = ["Hoạt động của cơ quan", "Thông báo", "Thông cáo báo chí"]
    told = json.loads(re.search(r"ld\+json\">(.*?)</script>", page)[1])  # type: ignore[index]
    assert told["articleSection"] == names
    feed = f"/cong/muc/{PRESS}/moi/"
    assert [one.text for one in fromstring(reader.get(f"{feed}rss.xml").content).iter("category")] == names
    atom = fromstring(reader.get(f"{feed}atom.xml").content)
    assert [one.attrib["term"] for one in atom.iter(f"{ATOM}category")] == names
    assert json.loads(reader.get(f"{feed}feed.json").content)["items"][0]["tags"] == names
    assert said(reader.get("/cong")).count(f'href="/cong/tin/{article.slug}"') == 1, "the front tells it once"


def test_what_a_draft_is_given_changes_nothing_until_it_is_let_out(desk: Desk, reader: Client) -> None:
    article, nga = public(desk, "press"), desk.who("nga")
    article = revise(actor=nga, at=AT, article=article, correction="Đổi chuyên mục")
    write(actor=nga, at=AT, article=article, base=1, content=TEXT, also=["notice"])
    assert listing(reader, article.slug) == [OWN, PRESS]
    page = text_of(desk.cast.signed_in(Client(), "nga"), f"/xem-thu/tin-bai/{article.pk}")
    assert "Thông báo</a>" in page and "Người ngoài chưa đọc được" in page
    article = let_out(desk, Article.objects.get(pk=article.pk))
    assert listing(reader, article.slug) == [OWN, NOTICE]
    assert "đã lưu bản 2: chuyên mục" in text_of(desk.cast.signed_in(Client(), "nga"), f"/tin-bai/{article.pk}")
    assert latest([article.ref], ["news.published"])[article.ref][1]["categories"] == ["activity", "notice"]
    withdraw(actor=nga, at=AT, article=article, reason="Gỡ để thử")
    assert listing(reader, article.slug) == [] and not Filing.objects.exists()


def test_the_lists_follow_the_publish_log_and_nobody_writes_them(desk: Desk, reader: Client) -> None:
    article = public(desk, "press")
    out = Publication.objects.get(article=article)
    deeds: list[Any] = [
        lambda: Filing.objects.create(
            publication=out, category="notice", agency=out.agency, language="vi", told_at=out.since_at
        ),
        lambda: Filing.objects.filter(category="press").delete(),
        lambda: Filing.objects.update(category="notice"),
        lambda: Publication.objects.filter(pk=out.pk).update(also=["notice"]),
    ]
    for deed in deeds:
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    assert listing(reader, article.slug) == [OWN, PRESS]
    assert scanned() == []
    behind("news_filing", "UPDATE news_filing SET category = 'notice' WHERE category = 'press'")
    assert scanned(21) == [f"/cong/tin/{article.slug}: {ELSEWHERE}"]
    behind("news_publication", "UPDATE news_publication SET also = '{notice}'")
    assert scanned(42) == [f"/cong/tin/{article.slug}: {ELSEWHERE}"], "not where it was let out"


def test_too_many_and_unknown_ones_are_told_and_what_was_chosen_stays(desk: Desk) -> None:
    lan, five = desk.cast.signed_in(Client(), "lan"), ["direction", "policy", "plan", "reform", "economy"]
    answer = send(lan, "/tin-bai/moi", **TYPED, also=five)
    page = answer.content.decode()
    assert answer.status_code == 422 and "Đã chọn 5 chuyên mục ngoài chuyên mục chính" in page
    assert len(re.findall(r'name="also"[^>]*checked', page)) == 5 and '<details class="field stack bad" open>' in page
    assert send(lan, "/tin-bai/moi", **TYPED, also=["bia"]).status_code == 422 and not Article.objects.exists()
    here = send(lan, "/tin-bai/moi", **TYPED, also=five[:4])["Location"]
    assert "cũng đăng ở Chỉ đạo, điều hành; Chính sách" in text_of(lan, here)
    article = Article.objects.get()
    send(lan, f"{here}/sua", **{**TYPED, "base": "1", "held": "1"}, viec="luu")
    assert Article.objects.get().also == [], "nothing ticked is nothing further"
    with pytest.raises(Invalid):
        write(actor=desk.who("lan"), at=AT, article=article, base=2, content=TEXT, also=["bia"])


def test_who_files_an_article_elsewhere_is_one_of_the_two(desk: Desk) -> None:
    """They do not let it out themselves, and nobody does who saw it where it stood before."""
    article, nga = desk.passed(), {"actor": desk.who("nga"), "at": AT}
    post = create_post(
        actor=Actor.system(), at=AT, unit=desk.cast.units["skhcn"], title="Duyệt đăng thứ hai", rank=81, roles=["publisher"],
        since=FOUNDED,
    )  # fmt: skip
    appoint(actor=Actor.system(), at=AT, post=post, account=desk.cast.accounts["nga"], since=FOUNDED)
    send_back(article=article, reason="Thêm chuyên mục", **nga)
    write(article=article, base=1, content=TEXT, also=["press"], **nga)
    pass_on(article=present(article=article, **nga), **nga)
    with pytest.raises(Refused, match="Người viết không tự cho đăng"):
        publish(actor=desk.who("nga"), at=AT, article=article)
    with pytest.raises(WrongState, match="mà bạn xem"):
        publish(actor=desk.who("phuc"), at=AT, article=article, seen=1)
    assert publish(actor=desk.who("phuc"), at=AT, article=article, seen=2).also == ["press"]


def test_a_translation_is_begun_where_its_original_stands(desk: Desk) -> None:
    made = translate(actor=desk.who("lan"), at=AT, article=public(desk, "press"), language="en")
    assert (made.category, made.also) == ("activity", ["press"])


def test_old_articles_come_to_the_categories_that_were_told(desk: Desk) -> None:
    nga = desk.cast.signed_in(Client(), "nga")
    assert bring(nga, ("a.txt", OLD.encode()), category="notice", also=["press"]).status_code == 200
    file = OldFile.objects.get()
    assert (file.category, file.also) == ("notice", ["press"])
    send(nga, f"{HERE}/{file.pk}", viec="xem", nhan=file.taken, category="notice", also=["press", "policy"])
    page = nga.get(f"{HERE}/{file.pk}").content.decode()
    assert re.findall(r'name="also" value="(\w+)"[^>]*checked', page) == ["policy", "press"]
    send(nga, f"{HERE}/{file.pk}", viec="xac-nhan", nhan=file.taken, category="notice", also=["policy"])
    assert Article.objects.values_list("category", "also").get() == ("notice", ["policy"])


def test_a_list_is_one_walk_however_many_stand_before_its_place(desk: Desk, reader: Client) -> None:
    """A category that all of the newest pass by, read from its middle, in the province and in an agency."""
    many(public(desk, "press"), 60)
    many(public(desk), 400)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE news_publication, news_filing, news_article, news_revision")
    middle = Publication.objects.filter(until_at=None, also=["press"]).order_by("-since_at")[30]
    for site in ("/cong", SITE):
        place = f"{site}/muc/{PRESS}?sau={place_word((middle.since_at, middle.pk))}"
        found = [one for one in asked(reader, place) if "news_filing" in one]
        assert len(found) == 1 and rows_read(found) <= 4 * 26 + 4, place
        assert len(addresses(said(reader.get(place)))) == 25
