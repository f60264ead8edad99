"""Whoever works on an article sees it as it would stand on the portal before it is let out; nobody else sees a word of it."""

from dataclasses import replace

from django.test import Client

from tests.cast import AT
from tests.news.desk import TEXT, Desk
from tests.portal.test_hostile import illustrated
from tests.portal.test_reading import FULL, said
from tram.news.commands.publish import pass_on, present, revise
from tram.news.commands.write import write

HERE = "/xem-thu/tin-bai/{}"


def test_a_draft_is_seen_as_it_would_stand_there_and_by_nobody_outside(desk: Desk, reader: Client) -> None:
    article = desk.draft(FULL)
    for name in ("lan", "nga", "phuc", "son"):
        page = said(desk.cast.signed_in(Client(), name).get(HERE.format(article.pk)))
        assert "Xem thử bản 1." in page and "Người ngoài chưa đọc được" in page and '<th scope="col">Điểm</th>' in page
        assert "portal/portal.css" in page and "/danh-gia" not in page and "/y-kien" not in page
    for name in ("tuan", "hoa"):
        client = desk.cast.signed_in(Client(), name)
        gone = [client.get(HERE.format(pk)) for pk in (article.pk, 987654321)]
        assert [one.status_code for one in gone] == [404, 404]
    assert reader.get(HERE.format(article.pk)).status_code == 302
    assert reader.get(f"/cong/tin/{article.slug}").status_code == 404


def test_what_is_corrected_is_seen_beside_what_is_public(desk: Desk, reader: Client) -> None:
    article, picture, paper = illustrated(desk)
    nga = desk.cast.signed_in(Client(), "nga")
    page = said(nga.get(HERE.format(article.pk)))
    assert "bản mới nhất lúc" not in page, "it has the hour at which it was let out, not that of looking"
    assert "Ai cũng đang đọc được bản này" in page and f'href="/cong/tin/{article.slug}"' in said(
        nga.get(f"/tin-bai/{article.pk}")
    )
    assert f"/tep/{picture}/trang/1.jpg?rong=640" in page and f'href="/tep/{paper}/ke-hoach.pdf"' in page
    by = {"actor": desk.who("nga"), "at": AT}
    article = revise(article=article, correction="Số xã là 12, không phải 21", **by)
    write(article=article, base=1, content=replace(TEXT, title="Tít đã sửa"), category="activity", **by)
    page = said(nga.get(HERE.format(article.pk)))
    assert "Tít đã sửa" in page and "Số xã là 12" in page and "Người ngoài chưa đọc được" in page
    assert "Tít đã sửa" not in said(reader.get(f"/cong/tin/{article.slug}"))
    article = pass_on(actor=desk.who("nga"), at=AT, article=present(article=article, **by))
    assert "Tít đã sửa" in said(desk.cast.signed_in(Client(), "phuc").get(HERE.format(article.pk)))
