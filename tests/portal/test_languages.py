"""A translation goes the way of every article; the public is told in which language it reads, and never that there is one where none is."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from tests.cast import AT, build
from tests.documents.letters import post
from tests.news.desk import TEXT, Desk
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.news.commands.publish import appear, expire, pass_on, present, publish, schedule, withdraw
from tram.news.commands.write import Content, lock, translate, write
from tram.news.models import Article, Publication
from tram.news.queries.public import Gone, public_at
from tram.news.rules.content import Block
from tram.news.rules.filing import languages
from tram.portal.rules.kept import KEPT
from tram.tasks.models import Task

ENGLISH = Content(
    title="Training opens for commune officials",
    lead="On 16 November the department opened a course for sixty commune officials.",
    body=(
        Block("paragraph", "The course lasts three days; each commune sends two people."),
        Block("heading", "How it is taught"),
        Block("paragraph", "They work at computers."),
    ),
)


PLACES = "/cong/so-do/trang.xml"


def said(reader: Client, address: str, status: int = 200) -> str:
    """What a page says, made now."""
    KEPT.forget()
    answer = reader.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return str(answer.content.decode())


def let_out(desk: Desk, original: Article, content: Content = ENGLISH, language: str = "en") -> Article:
    """A translation by Lan, edited by Nga, let out by Phúc."""
    made = translate(actor=desk.who("lan"), at=AT, article=original, language=language)
    write(actor=desk.who("lan"), at=AT, article=made, base=1, content=content)
    present(actor=desk.who("lan"), at=AT, article=made)
    pass_on(actor=desk.who("nga"), at=AT, article=made)
    publish(actor=desk.who("phuc"), at=AT, article=made)
    return Article.objects.get(pk=made.pk)


def test_a_translation_is_let_out_by_a_second_person_and_stands_beside_its_original(desk: Desk, reader: Client) -> None:
    original = desk.public()
    assert 'hreflang="vi"' not in said(reader, f"/cong/tin/{original.slug}"), "one language alone offers no other"
    assert "Nothing has been published in English yet" in said(reader, "/cong/en")
    made = let_out(desk, original)
    assert made.slug == f"training-opens-for-commune-officials-{made.pk}"
    english = said(reader, f"/cong/tin/{made.slug}")
    assert '<html lang="en">' in english and "published <time" in english and "16 November 2026" in english
    assert "Đăng lúc" not in english and "Chuyên mục" not in english and "Bài này có ích" not in english
    assert json.loads(english.split('ld+json">')[1].split("</script>")[0])["inLanguage"] == "en"
    vietnamese = said(reader, f"/cong/tin/{original.slug}")
    for page in (english, vietnamese):
        for code, slug in (("vi", original.slug), ("en", made.slug), ("x-default", original.slug)):
            assert f'hreflang="{code}" href="http://localhost:8000/cong/tin/{slug}"' in page
    assert made.title in said(reader, "/cong/en") and TEXT.title not in said(reader, "/cong/en")
    for place in ("/cong", "/cong/muc/hoat-dong-cua-co-quan", "/cong/tin-moi/rss.xml"):
        assert made.title not in said(reader, place) and TEXT.title in said(reader, place)
    assert said(reader, f"/cong/tin/{original.slug.rsplit('-', 1)[0]}-{made.pk}", 301) == ""


def test_what_is_not_translated_is_never_shown_as_a_translation(desk: Desk) -> None:
    original = desk.public()
    lan, phuc = desk.who("lan"), desk.who("phuc")
    made = translate(actor=lan, at=AT, article=original, language="en")
    for content, why in (
        (TEXT, "Tít bài còn nguyên chữ"),
        (replace(ENGLISH, body=(*ENGLISH.body, TEXT.body[0])), "Khối 4 còn nguyên chữ"),
    ):
        made.refresh_from_db()
        write(actor=lan, at=AT, article=made, base=made.number, content=content)
        with pytest.raises(Invalid, match=why):
            present(actor=lan, at=AT, article=made)
    made.refresh_from_db()
    write(actor=lan, at=AT, article=made, base=made.number, content=ENGLISH)
    present(actor=lan, at=AT, article=made)
    pass_on(actor=desk.who("nga"), at=AT, article=made)
    with pytest.raises(Refused):
        publish(actor=lan, at=AT, article=made)
    withdraw(actor=phuc, at=AT, article=original, reason="Sai số liệu")
    with pytest.raises(WrongState, match="Bài tiếng Việt chưa đăng"):
        publish(actor=phuc, at=AT, article=made)
    with pytest.raises(WrongState, match="đã có bản dịch"):
        translate(actor=lan, at=AT, article=original, language="en")
    with pytest.raises(Invalid, match="Chọn ngôn ngữ"):
        translate(actor=lan, at=AT, article=original, language="xx")
    with pytest.raises(Refused):
        translate(actor=desk.who("tuan"), at=AT, article=original, language="km")
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=made.pk).update(original=None)


def test_a_translation_leaves_with_its_original(desk: Desk, reader: Client) -> None:
    original = desk.public()
    made = let_out(desk, original)
    withdraw(actor=desk.who("phuc"), at=AT, article=original, reason="Sai số liệu")
    assert isinstance(public_at(made.slug, AT), Gone)
    said(reader, f"/cong/tin/{made.slug}", 410)
    assert made.title not in said(reader, "/cong/en")
    said(reader, "/cong/tieng/%00", 404)


@pytest.mark.parametrize("by_the_clock", [False, True])
def test_a_translation_that_was_to_appear_does_not_outlive_its_original(desk: Desk, by_the_clock: bool) -> None:
    hour, system = timedelta(hours=1), Actor.system()
    original = desk.passed()
    publish(actor=desk.who("phuc"), at=AT, article=original, expires_at=AT + hour)
    made = translate(actor=desk.who("lan"), at=AT, article=original, language="en")
    write(actor=desk.who("lan"), at=AT, article=made, base=1, content=ENGLISH)
    present(actor=desk.who("lan"), at=AT, article=made)
    pass_on(actor=desk.who("nga"), at=AT, article=made)
    schedule(actor=desk.who("phuc"), at=AT, article=made, publish_at=AT + 2 * hour)
    if by_the_clock:
        assert expire(actor=system, at=AT + hour, article=original)
    else:
        withdraw(actor=desk.who("phuc"), at=AT, article=original, reason="Sai số liệu")
    assert appear(actor=system, at=AT + 2 * hour, article=made) is None
    made.refresh_from_db()
    assert made.state == "draft" and made.publish_at is None
    assert Task.objects.filter(about=made.ref, ended_at=None, post=desk.cast.posts["lan"]).exists()


@pytest.mark.django_db(transaction=True)
def test_an_original_that_leaves_and_a_translation_that_comes_never_wait_for_each_other(transactional_db: None) -> None:
    """The translation is asked for while the original is on its way out: it waits for it, holding nothing, and then is refused."""
    desk = Desk(build())
    original = desk.public()
    made = translate(actor=desk.who("lan"), at=AT, article=original, language="en")
    write(actor=desk.who("lan"), at=AT, article=made, base=1, content=ENGLISH)
    present(actor=desk.who("lan"), at=AT, article=made)
    pass_on(actor=desk.who("nga"), at=AT, article=made)

    def publishes() -> str:
        try:
            publish(actor=desk.who("phuc"), at=AT, article=made)
        except WrongState as refused:
            return str(refused)
        finally:
            connection.close()
        return "published"

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            lock(original)
            told = other.submit(publishes)
            waits_for_a_row()
            withdraw(actor=desk.who("phuc"), at=AT, article=original, reason="Sai số liệu")
        assert "đã gỡ" in told.result()
    assert not Publication.objects.filter(until_at=None).exists()


WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def waits_for_a_row() -> None:
    """Return when somebody stands in line for a lock of this database."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(WAITING)
            if cursor.fetchone() == (1,):
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")


def test_a_language_of_the_province_has_its_tag_and_its_list(desk: Desk, reader: Client) -> None:
    original = desk.public()
    said(reader, "/cong/tieng/tyz", 404)
    assert "/cong/tieng/" not in said(reader, PLACES) and "/cong/en<" not in said(reader, PLACES)
    said(reader, "/cong/tieng/xx", 404)
    hong = Content(title="Mở lớp hăn cán bộ xạ", lead="Vằn 16/11 Sở mở lớp hẩư cán bộ xạ hăn mảy.", body=ENGLISH.body)
    made = let_out(desk, original, hong, "tyz")
    page = said(reader, f"/cong/tin/{made.slug}")
    assert '<html lang="vi">' in page and '<article class="column story" lang="tyz">' in page
    assert f'lang="{languages()["tyz"].code}" aria-current="page">Tày<' in page
    assert "/cong/tieng/tyz</loc>" in said(reader, PLACES) and "/cong/en<" not in said(reader, PLACES)
    assert made.title in said(reader, "/cong/tieng/tyz") and made.title not in said(reader, "/cong/en")


def test_it_is_begun_from_the_page_of_its_original(desk: Desk, client: Client) -> None:
    original = desk.public()
    lan = desk.cast.signed_in(client, "lan")
    page = lan.get(f"/tin-bai/{original.pk}").content.decode()
    assert "Dịch sang" in page and "Tiếng Hmông" in page
    answer = post(lan, f"/tin-bai/{original.pk}/dich", {"tieng": "hmv"})
    made = Article.objects.get(original=original)
    assert answer["Location"] == f"/tin-bai/{made.pk}/sua"
    assert "Tiếng Hmông: " in lan.get(f"/tin-bai/{original.pk}").content.decode()
    assert "Bản dịch tiếng Hmông" in lan.get(f"/tin-bai/{made.pk}").content.decode()
    assert post(lan, f"/tin-bai/{original.pk}/dich", {"tieng": "xx"}).status_code == 422
