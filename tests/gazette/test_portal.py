"""Readers look through documents by agency, kind and year, find them by number and by words, and read one whole."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client

from tests.cast import AT
from tests.gazette.public import Publishing
from tests.news.desk import TEXT, Desk
from tests.portal.readers import asked
from tests.portal.test_lists import replaced
from tram.gazette.commands.letters import withdraw
from tram.gazette.models import Publication
from tram.gazette.rules import effect, personal_numbers, slug_of
from tram.kernel.actors import Actor
from tram.news.rules.content import Block
from tram.outgoing.models import Outgoing, Version
from tram.portal.pages import documents
from tram.portal.queries import document_titles
from tram.portal.rules.kept import KEPT
from tram.portal.screens.documents import MOST_PAGES
from tram.search.commands import rebuild
from tram.search.models import Card
from tram.visits.sockets import shown

SITE = "/cong/co-quan/so-khoa-hoc-va-cong-nghe/van-ban"


def said(answer: Any) -> str:
    return str(answer.content.decode())


def slugs(page: str) -> list[str]:
    """Addresses of documents on a page, in their order."""
    return re.findall(r'<h2><a href="/cong/van-ban/([a-z0-9-]+)"', page)


def many(out: Publication, count: int) -> list[Publication]:
    """More of the same, as the commands leave them: decisions and letters by turns, a week apart back into 2025."""
    version = out.letter.versions.get(number=out.letter.version)
    letters = Outgoing.objects.bulk_create(
        [
            replaced(out.letter, pk=None, proof_code=None, number=1000 + n, code_number=f"{1000 + n}")
            for n in range(count)
        ]
    )
    Version.objects.bulk_create([replaced(version, pk=None, document=one) for one in letters])
    return Publication.objects.bulk_create(
        [
            replaced(
                out, pk=None, letter=one, slug=f"so-{n}", code=f"{1000 + n}/QĐ-SKHCN", since_at=AT - timedelta(hours=n),
                kind=("decision", "official_letter")[n % 2], issued_date=AT.date() - timedelta(weeks=n),
            )
            for n, one in enumerate(letters)
        ]
    )  # fmt: skip


def walked(reader: Client, address: str) -> list[str]:
    """Documents on a page and on all older ones."""
    found, following = list[str](), address
    while following:
        page = said(reader.get(following))
        found += slugs(page)
        older = re.search(r'href="([^"]+)">Văn bản cũ hơn', page)
        following = older[1] if older else ""
    return found


def test_readers_narrow_lists_and_lists_cost_the_same_for_one_and_for_sixty(house: Publishing, reader: Client) -> None:
    out, cost = house.public(), dict[str, int]()
    places = ["/cong", "/cong/van-ban", SITE, f"{SITE}/loc/cong-van/2026", "/cong/van-ban/moi/rss.xml"]
    for count in (0, 60):
        more = many(out, count)
        for place in (*places, f"/cong/van-ban/{out.slug}", "/cong/so-do/van-ban-2026-11.xml"):
            found = asked(reader, place)
            assert cost.setdefault(place, len(found)) == len(found), place
            assert not [one for one in found if "COUNT(" in one.upper()]
    assert max(cost.values()) <= 10, cost
    every = [out, *more]
    for address, fits in (
        ("/cong/van-ban", lambda _: True),
        (f"{SITE}/loc/quyet-dinh/tat-ca", lambda one: one.kind == "decision"),
        ("/cong/van-ban/loc/tat-ca/2025", lambda one: one.issued_date.year == 2025),
        ("/cong/van-ban/loc/quyet-dinh/2025", lambda one: one.kind == "decision" and one.issued_date.year == 2025),
    ):
        wanted = sorted(filter(fits, every), key=lambda one: (one.issued_date, one.pk), reverse=True)
        assert walked(reader, address) == [one.slug for one in wanted] != [], address
    for address in (
        "loc/bao-cao/tat-ca",
        "loc/khong-co/2025",
        "loc/tat-ca/1999",
        "loc/tat-ca/x",
        "khong-co",
        "loc/tat-ca/٢٠٢٥",
    ):
        assert reader.get(f"/cong/van-ban/{address}").status_code == 404, address
    assert "Sở Khoa học và Công nghệ" in said(reader.get("/cong/co-quan"))
    KEPT.forget()
    rebuild(actor=Actor.system(), at=AT, kind="portal.document")
    assert set(Card.objects.filter(kind="portal.document").values_list("key", flat=True)) == {
        one.letter_id for one in every
    }


def test_a_document_is_found_by_its_number_and_by_words_with_and_without_marks(
    house: Publishing, reader: Client
) -> None:
    out = house.public(house.issued(kind="decision", subject="Quy chế bảo vệ dữ liệu"))
    house.issued(kind="decision", subject="Quy chế bảo vệ dữ liệu bản chưa công khai")
    short = out.code.split("-")[0]
    for words in (
        out.code,
        short,
        short.lower().replace("đ", "d").replace("/", " "),
        "bao ve du lieu",
        "bảo vệ dữ liệu",
        '"dự toán năm 2027"',
    ):
        for part in ("", "van-ban", "sai"):
            assert slugs(said(reader.get("/cong/tim", {"q": words, "muc": part}))) == [out.slug], (words, part)
        assert slugs(said(reader.get("/cong/tim", {"q": words, "muc": "tin-bai"}))) == []
    assert slugs(said(reader.get("/cong/tim", {"q": "báo về dư liệu"}))) == [out.slug], "forgiven, and said so"


def test_a_document_says_all_that_is_public_of_it(house: Publishing, reader: Client) -> None:
    old = house.issued(kind="decision", subject="Quy chế làm việc")
    letter = house.issued(kind="decision", subject="Quy chế làm việc <mới>", before=old, relation="replaces")
    out = house.public(letter, effective_on=date(2026, 12, 1), effective_until=date(2027, 12, 31))
    page = said(reader.get(f"/cong/van-ban/{out.slug}"))
    for told in (
        f"<h1>Quyết định {out.code}</h1>", "Quy chế làm việc &lt;mới&gt;", "16/11/2026", "Nguyễn Văn Sơn",
        "Sở Khoa học và Công nghệ", "rà soát dự toán năm 2027", "Trân trọng./.", f"{old.code} ngày 16/11/2026", "Thay thế",
        "Chưa có hiệu lực: hiệu lực từ ngày 01/12/2026. Chưa bị thu hồi, thay thế hay đính chính.", f'rel="canonical" href="http://localhost:8000/cong/van-ban/{out.slug}"',
        f'href="/xac-minh/{letter.proof_code}"', "ban-quet-", "Trích dẫn văn bản này",
    ):  # fmt: skip
        assert told in page, told
    assert "Bưu điện tỉnh" not in page and "Số 1 Hoàng Liên" not in page, (
        "where it was sent is nobody's business outside"
    )
    data = json.loads(page.split('ld+json">')[1].split("</script>")[0])
    assert data["@type"] == "Legislation" and data["legislationIdentifier"] == out.code
    assert data["legislationDateOfApplicability"] == "2026-12-01" and len(data["encoding"]) == 1
    assert f"/cong/van-ban/{out.slug}" not in page.split("Thay thế")[1].split("</div>")[0], "the old one is not public"
    feed = fromstring(reader.get(f"{SITE}/moi/atom.xml").content)
    assert out.code in "".join(feed.itertext()) and reader.get(f"{SITE}/moi/x").status_code == 404
    assert [
        one["url"].rpartition("/")[2] for one in json.loads(reader.get("/cong/van-ban/moi/feed.json").content)["items"]
    ] == [out.slug]
    ref, page_url = f"gazette.document/{letter.pk}", f"/cong/van-ban/{out.slug}"
    assert document_titles([ref, "documents/12"], AT) == {ref: (f"Quyết định {out.code}: {out.subject}", page_url)}
    assert shown["gazette.document"].public([ref])[ref].title == f"Quyết định {out.code}"
    withdraw(actor=house.office.who("hoa"), at=AT, letter=letter, reason="Thử")
    assert document_titles([ref], AT) == {} == shown["gazette.document"].public([ref])


def test_its_pages_are_looked_at_in_the_browser_for_as_long_as_it_is_public(house: Publishing, reader: Client) -> None:
    letter = house.issued()
    out = house.public(letter)
    page = said(reader.get(f"/cong/van-ban/{out.slug}"))
    images = re.findall(r'<img src="(/cong/van-ban/[^"]+)"', page.split('class="sheets"')[1].split("</details>")[0])
    assert images and "Xem trang giấy trong trình duyệt" in page
    first = reader.get(images[0])
    body = b"".join(first.streaming_content)
    assert first.status_code == 200 and first["Content-Type"] in ("image/jpeg", "image/png") and len(body) <= 90_000
    assert first["X-Robots-Tag"] == "noindex"
    again = reader.get(images[0], headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    stem = images[0].rpartition("-")[0]
    for absent in (f"{stem}-0", f"{stem}-{MOST_PAGES + 1}", f"{stem}-999999999999"):
        assert reader.get(absent).status_code == 404, absent
    withdraw(actor=house.office.who("hoa"), at=AT, letter=letter, reason="Thử")
    assert reader.get(images[0]).status_code == 404


def test_a_page_that_cannot_be_drawn_in_time_is_not_tried_for_everybody_who_asks(
    house: Publishing, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, tried = house.public(), list[str]()
    monkeypatch.setattr("tram.files.queries.draw", lambda *_told, **_more: tried.append("once"))
    image = re.findall(r'<img src="(/cong/van-ban/[^"]+)"', said(reader.get(f"/cong/van-ban/{out.slug}")))[0]
    assert [reader.get(image).status_code for _ in range(3)] == [404] * 3 and tried == ["once"]
    assert reader.get(f"{image.rpartition('-')[0]}-999").status_code == 404 and len(documents.UNDRAWN._seen) == 1
    documents.UNDRAWN._seen.clear()


def test_its_address_in_an_article_is_a_card_for_as_long_as_it_is_public(house: Publishing, reader: Client) -> None:
    out = house.public()
    place = f"/cong/van-ban/{out.slug}"
    own = (Block("paragraph", f"http://localhost:8000{place}"), Block("paragraph", f"http://khac.example{place}"))
    article = Desk(house.office.cast).public(replace(TEXT, body=(*TEXT.body, *own)))
    card = f'<a href="{place}">Công văn {out.code}: Rà soát dự toán năm 2027</a>'
    page = said(reader.get(f"/cong/tin/{article.slug}"))
    assert card in page and f"<p>http://khac.example{place}</p>" in page
    withdraw(actor=house.office.who("hoa"), at=AT, letter=out.letter, reason="Thử")
    page = said(reader.get(f"/cong/tin/{article.slug}"))
    assert card not in page and f"localhost:8000{place}" not in page and "Học viên làm bài" in page


@pytest.mark.parametrize(
    ("days", "said_of_it", "holds"),
    [
        ((None, None), "", True),
        ((date(2026, 1, 1), None), "Hiệu lực từ ngày 01/01/2026.", True),
        ((date(2026, 12, 1), None), "Chưa có hiệu lực: hiệu lực từ ngày 01/12/2026.", True),
        ((date(2026, 1, 1), date(2026, 11, 16)), "Hiệu lực từ ngày 01/01/2026 đến hết ngày 16/11/2026.", True),
        ((date(2026, 1, 1), date(2026, 11, 15)), "Hết hiệu lực từ sau ngày 15/11/2026.", False),
    ],
)
def test_a_document_holds_on_its_days(days: tuple[date | None, date | None], said_of_it: str, holds: bool) -> None:
    assert effect(*days, AT.date()) == (said_of_it, holds)


def test_words_of_addresses_and_numbers_of_cards() -> None:
    assert slug_of("Quyết định", "12/QĐ-UBND", date(2026, 3, 5), 7) == "quyet-dinh-12-qd-ubnd-2026-7"
    assert personal_numbers("Số 001099012345, ĐT 0912345678, mã 9001099012345.") == ["001099012345"]
