"""Figures that were published are for everybody: as a page, as CSV, JSON and Excel, with what they mean and whose they are."""

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.test import Client

from tests.cast import AT, FOUNDED, Cast
from tests.followup.sheets import cells
from tests.news.desk import TEXT, Desk
from tests.portal.readers import asked
from tests.visits.test_figures import FIGURE, OCTOBER, SYSTEM, visited
from tram.kernel.actors import Actor
from tram.news.rules.content import Block
from tram.organisation.commands.posts import appoint, create_post
from tram.portal.models import Site
from tram.portal.rules.kept import KEPT
from tram.visits.commands.figures import enter_population, publish_ranking

MONTH = "/cong/so-lieu/luot-truy-cap/2026-10"


@pytest.fixture
def chair(cast: Cast) -> Actor:
    """Who publishes for the province."""
    told = {"actor": SYSTEM, "at": AT, "since": FOUNDED}
    post = create_post(unit=cast.units["province"], title="Phó Chủ tịch", rank=80, roles=["vice_chair"], **told)
    appoint(post=post, account=cast.accounts["nga"], **told)
    visited(cast.xa.pk, 300)
    enter_population(actor=cast.binh, at=AT, agency=cast.xa, **FIGURE)
    return cast.actor("nga")


def test_a_published_month_is_there_for_people_and_programs(cast: Cast, chair: Actor, reader: Client) -> None:
    assert "Chưa có bảng số liệu nào" in reader.get("/cong/so-lieu").content.decode()
    assert reader.get(MONTH).status_code == 404
    publish_ranking(actor=chair, at=AT, agency=cast.province, month=OCTOBER, document="12/BC-UBND ngày 05/11/2026")
    page = reader.get(MONTH).content.decode()
    for words in (
        "1/1",
        "75,00",
        "4.000",
        "Niên giám thống kê 2025, đến 31/12/2025",
        "12/BC-UBND",
        "09:00 16/11/2026",
        "47/2020",
    ):
        assert words in page, words
    whole = json.loads(reader.get(f"{MONTH}/json").content)
    assert whole["publisher"] == "Ủy ban nhân dân tỉnh Lào Cai" and whole["definitions"]["Dân số"] and whole["licence"]
    (row,) = whole["rows"]
    assert (row["visits"], row["people"], row["rate"], row["counted_on"]) == (300, 4000, 75.0, "2025-12-31")
    assert {column["name"] for column in whole["columns"]} == set(row)
    answer = reader.get(f"{MONTH}/csv")
    assert answer["Content-Disposition"].startswith("attachment") and not answer.cookies
    head, line = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert dict(zip(head, line, strict=True))["visits"] == "300"
    assert any("Ủy ban nhân dân xã Tả Phìn" in map(str, row) for row in cells(reader.get(f"{MONTH}/xlsx").content))
    assert reader.get(f"{MONTH}/xls").status_code == 404


def test_what_was_published_is_seen_at_once_and_figures_alone_open_no_portal(
    desk: Desk, cast: Cast, chair: Actor, reader: Client
) -> None:
    publish_ranking(actor=chair, at=AT, agency=cast.province, month=OCTOBER)
    assert not Site.objects.exists() and reader.get("/")["Location"].startswith("/dang-nhap")
    desk.public()
    assert "75,00" in reader.get(MONTH).content.decode() and MONTH in reader.get("/cong/so-lieu").content.decode()
    enter_population(actor=cast.binh, at=AT, agency=cast.xa, **{**FIGURE, "people": 2000})
    assert "75,00" in reader.get(MONTH).content.decode(), "as it was published"
    front = reader.get("/cong").content.decode()
    assert f'href="{MONTH}">Lượt truy cập, tháng 10/2026' in front and "hạng 1/1" in front and "75" in front
    publish_ranking(actor=chair, at=AT, agency=cast.province, month=OCTOBER, reason="Đính chính dân số")
    page = reader.get(MONTH).content.decode()
    assert "150,00" in page and "Đính chính dân số" in page and "Công bố lần" in page


def test_many_months_ask_as_often_as_one_and_invented_ones_are_not_there(
    cast: Cast, chair: Actor, reader: Client
) -> None:
    enter_population(actor=cast.binh, at=AT, agency=cast.xa, **{**FIGURE, "since": date(2026, 8, 1)})
    by = {"actor": chair, "at": AT, "agency": cast.province}
    publish_ranking(month=OCTOBER, **by)
    few = asked(reader, "/cong/so-lieu")
    assert len(few) == 4
    for month in (8, 9):
        publish_ranking(month=date(2026, month, 1), **by)
    assert len(asked(reader, "/cong/so-lieu")) == len(few)
    page = reader.get("/cong/so-lieu").content.decode()
    assert (
        page.index("luot-truy-cap/2026-10") < page.index("luot-truy-cap/2026-09") < page.index("luot-truy-cap/2026-08")
    )
    for typed in ("10-2026", "2026-1", "2026-13", "9999-99", "2026-10 ", "x"):
        assert reader.get(f"/cong/so-lieu/luot-truy-cap/{typed}").status_code == 404


def test_its_address_alone_in_a_paragraph_of_an_article_is_a_small_table_with_its_source(
    desk: Desk, cast: Cast, chair: Actor, reader: Client
) -> None:
    own = (Block("paragraph", f"http://localhost:8000{MONTH}"), Block("paragraph", f"Xem {MONTH}"))
    place = f"/cong/tin/{desk.public(replace(TEXT, body=(*TEXT.body, *own))).slug}"
    before = reader.get(place).content.decode()
    assert "<table" not in before and f"<p>http://localhost:8000{MONTH}" not in before and f"<p>Xem {MONTH}" in before
    publish_ranking(actor=chair, at=AT, agency=cast.province, month=OCTOBER, document="12/BC-UBND")
    KEPT.forget()
    page = reader.get(place).content.decode()
    table = page.split('<figure class="ranking">')[1].split("</figure>")[0]
    for words in ("75,00", "4.000", "công bố 16/11/2026, 12/BC-UBND", f'href="{MONTH}"', "<caption>", 'scope="row">'):
        assert words in table, words
