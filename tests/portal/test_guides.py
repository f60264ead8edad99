"""An article that guides to a procedure is heard on the procedure's page: after a second person's act, until it is taken back."""

import json
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT
from tests.news.desk import TEXT, Desk
from tests.news.test_writing import TYPED, form_of, send, signed_in, text_of
from tests.portal.test_languages import let_out, said
from tests.portal.test_recordings import TOLD, WORDS, brought
from tests.portal.test_scan import behind, scanned
from tram.files.commands import look
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, Refused
from tram.news.commands.publish import publish, withdraw
from tram.news.models import Article, Publication
from tram.portal.screens import procedures as screens

GAMES = "cap-diem-tro-choi-dien-tu"
HERE = f"/cong/thu-tuc/{GAMES}"


def guide(desk: Desk, **more: Any) -> Any:
    """What is said in a guide with a recording."""
    block = replace(brought(desk), **TOLD, text="\n".join(WORDS))
    return replace(TEXT, body=(*TEXT.body, block), procedure=GAMES, **more)


def test_it_is_chosen_on_the_writing_page_and_let_out_by_another(desk: Desk, reader: Client) -> None:
    lan = signed_in(desk, "lan")
    wrong = send(lan, "/tin-bai/moi", **TYPED, procedure="khong-co")
    assert wrong.status_code == 422 and "Thủ tục này không còn trong danh mục" in wrong.content.decode()
    here = send(lan, "/tin-bai/moi", **TYPED)["Location"]
    send(lan, f"{here}/sua", viec="giu")
    typed = form_of(lan, f"{here}/sua") | {"procedure": GAMES}
    assert send(lan, f"{here}/sua", **typed, viec="luu").status_code == 303
    shown = text_of(lan, here)
    assert "<dd>Cấp giấy chứng nhận đủ điều kiện" in shown and "đã lưu bản 2: hướng dẫn thủ tục" in shown
    assert "Hướng dẫn thủ tục" in text_of(lan, f"{here}/so-sanh?den=2")
    article = Article.objects.get()
    assert "hướng dẫn</h2>" not in said(reader, HERE)
    with pytest.raises(Refused):
        publish(actor=desk.who("lan"), at=AT, article=article)
    with pytest.raises(Invalid, match="Thủ tục này không còn"):
        desk.draft(replace(TEXT, procedure="hop-bao-tren-trang"))


def test_everybody_hears_it_where_they_read_of_the_procedure(desk: Desk, reader: Client) -> None:
    content = guide(desk)
    waiting = desk.passed(content)
    assert reader.get(HERE).status_code == 200 and content.title not in said(reader, HERE)
    publish(actor=desk.who("phuc"), at=AT, article=waiting)
    page = reader.get(HERE).content.decode()
    file = f"/cong/tin/{waiting.slug}/tep/{content.body[-1].file}/moi.mp3"
    assert '<h2 id="nghe">Nghe hướng dẫn</h2>' in page, "what was kept is made anew at once"
    assert f'<audio controls preload="none" src="{file}"' in page and reader.get(file).status_code == 200
    assert "Nói <span>tiếng Hmông</span> · Người nói: Giàng A Páo" in page and "&lt;b&gt;Ua tsaug" in page
    assert f'<a href="/cong/tin/{waiting.slug}">{TEXT.title}</a>' in page and "Tiếng Việt · Sở Khoa học" in page
    told = json.loads(page.split('ld+json">')[1].split("</script>")[0])["subjectOf"][0]
    assert told["contentUrl"] == f"http://localhost:8000{file}"
    assert f'<a href="{HERE}">Thủ tục: Cấp giấy chứng nhận' in said(reader, f"/cong/tin/{waiting.slug}")
    assert content.title not in said(reader, "/cong/thu-tuc/gia-han-diem-tro-choi-dien-tu")
    assert said(reader, "/cong/thu-tuc").count(" · nghe được bằng tiếng Hmông") == 1
    assert "/cong/tieng/hmv" not in said(reader, "/cong")
    hmong = replace(content, title="Nyob zoo", lead="Ua tsaug", body=(replace(TEXT.body[0], text="Hmoob"),))
    made = let_out(desk, Article.objects.get(pk=waiting.pk), hmong, "hmv")
    assert f'<div lang="hmv"><p class="file"><a href="/cong/tin/{made.slug}">Nyob zoo</a>' in said(reader, HERE)
    assert '<a href="/cong/tieng/hmv" hreflang="hmv" lang="hmv">Hmoob</a>' in said(reader, "/cong")
    assert scanned() == []
    withdraw(actor=desk.who("phuc"), at=AT, article=waiting, reason="Đọc nhầm mức phí")
    page = reader.get(HERE).content.decode()
    assert "nghe được" not in said(reader, "/cong/thu-tuc") and "/cong/tieng/hmv" not in said(reader, "/cong")
    assert "hướng dẫn</h2>" not in page and "Nyob zoo" not in page and reader.get(file).status_code == 404


def test_what_a_stamp_of_secrecy_takes_is_heard_no_more(desk: Desk, reader: Client) -> None:
    content = guide(desk)
    desk.public(content)
    key = content.body[-1].file
    assert key in said(reader, HERE)
    look(actor=Actor.system(), at=AT, file=UUID(key), level="secret")
    page = reader.get(HERE).content.decode()
    assert key not in page and "Đọc hướng dẫn" in page and "nghe được" not in said(reader, "/cong/thu-tuc")


def test_a_row_pointed_elsewhere_at_the_database_shows_nothing(desk: Desk, reader: Client) -> None:
    desk.public(replace(TEXT, procedure=GAMES))
    other = "/cong/thu-tuc/hop-bao-trong-nuoc"
    behind("news_publication", "UPDATE news_publication SET procedure = 'hop-bao-trong-nuoc' WHERE until_at IS NULL AND id > %s", 0)  # fmt: skip
    assert Publication.objects.get().procedure == "hop-bao-trong-nuoc"
    assert TEXT.title not in said(reader, other) and TEXT.title not in said(reader, HERE)


def test_one_guide_costs_as_many_queries_as_many(desk: Desk) -> None:
    content, counts = guide(desk), []
    for number in (1, 5):
        for _ in range(number):
            desk.public(content)
        with CaptureQueriesContext(connection) as asked:
            shown = screens._guides(GAMES, AT)
        counts.append(len(asked))
    assert len(shown) == 6 and counts == [4, 4], "the open rows, the sites of agencies (two), the files"
