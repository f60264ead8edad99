"""Figures are for everybody: a page, downloads, a block of an article, a box on the front; what is withdrawn is nowhere."""

import csv
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from tests.cast import AT
from tests.followup.sheets import cells
from tests.hostile.payloads import PAYLOADS
from tests.indicators.keeping import PLACE, PRESS, Keeping, entry
from tests.news.desk import TEXT, Desk
from tests.portal.readers import asked
from tests.portal.test_hostile import live
from tests.portal.test_scan import behind, scanned
from tram.indicators.commands.figures import approve, withdraw, write
from tram.indicators.models import Figure, Publication
from tram.kernel.actors import Actor
from tram.news.rules.content import Block
from tram.portal.models import Site
from tram.portal.rules.charts import Given, chart, told
from tram.search.commands import rebuild
from tram.search.models import Card
from tram.visits.sockets import shown

PLACES = ("/cong", "/cong/so-lieu", "/cong/so-do/trang.xml", "/cong/tim?q=mat do dien thoai&muc=so-lieu")
NEW, CATALOGUE = "/cong/so-lieu/moi/rss.xml", "/cong/so-lieu/danh-muc"


def said(answer: Any) -> str:
    return str(answer.content.decode())


def mended(house: Keeping, value: str = "32,5") -> None:
    figure = Figure.objects.order_by("pk")[0]
    told = entry("30/9/2008", value, reason="Doanh nghiệp báo cáo lại")
    write(**house.by("lan"), figure=figure, entry=told, seen=figure.version, submits=True)
    approve(**house.by("dung"), figure=figure, seen=figure.version + 1)


def test_a_figure_stands_everywhere_with_its_source_and_withdrawn_nowhere(house: Keeping, reader: Client) -> None:
    assert reader.get(PLACE).status_code == 404 and "Chưa có bảng số liệu nào" in said(reader.get("/cong/so-lieu"))
    waiting = house.entered("30/9/2008", "42", code="agencies_with_lan")
    out = house.public()
    page = said(reader.get(PLACE))
    for words in ("<strong>32</strong> máy/100 dân", "đến ngày 30/09/2008", PRESS, "dân số trung bình", '"@type": "Dataset"', "47/2020", "Sở Khoa học và Công nghệ"):  # fmt: skip
        assert words in page, words
    assert "<svg" not in page and "<script src" not in page
    for place in PLACES:
        answer = reader.get(place)
        assert PLACE in said(answer) and "mang-noi-bo" not in said(answer), place
    assert Card.objects.get(kind="portal.figure").key == out.series_id
    rebuild(actor=Actor.system(), at=AT, kind="portal.figure")
    assert shown.find("indicators.series").public([out.series.ref, waiting.ref])[out.series.ref].url == PLACE
    withdraw(**house.by("son"), figure=Figure.objects.get(pk=out.figure_id), reason="qzlydo")
    gone = reader.get(PLACE)
    assert gone.status_code == 410 and "đã rút số liệu" in said(gone) and "qzlydo" not in said(gone)
    for place in PLACES:
        assert PLACE not in said(reader.get(place)), place
    assert {reader.get(f"{PLACE}/{form}").status_code for form in ("json", "xlsx", "csv")} == {404}
    assert not Card.objects.filter(kind="portal.figure").exists()


def test_programs_get_it_with_definition_unit_source_and_licence(house: Keeping, reader: Client) -> None:
    house.public(value="≥ 31,5")
    mended(house)
    whole = json.loads(reader.get(f"{PLACE}/json").content)
    (row,) = whole["rows"]
    assert (row["value"], row["comparator"], row["ends_on"], row["document"]) == (32.5, "", "2008-09-30", PRESS)
    assert "trước đây ≥ 31,5: Doanh nghiệp báo cáo lại" in row["corrections"] and whole["definitions"]["Định nghĩa"]
    assert whole["licence"] and whole["unit"] == "máy/100 dân" and whole["name_en"] == "Telephone density"
    assert {one["name"] for one in whole["columns"]} == set(row)
    answer = reader.get(f"{PLACE}/csv")
    head, line = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert dict(zip(head, line, strict=True))["value"] == "32.5" and not answer.cookies
    notes = cells(reader.get(f"{PLACE}/xlsx").content)
    assert any(PRESS in map(str, row) for row in notes)
    assert reader.get(f"{PLACE}/xls").status_code == 404 == reader.get("/cong/so-lieu/luot-truy-cap").status_code


def test_feeds_tell_a_figure_and_its_correction_as_two_items(house: Keeping, reader: Client) -> None:
    house.public(value="31,5")
    agency = f"/cong/co-quan/{Site.objects.exclude(agency=None).get().slug}/so-lieu/moi"
    feeds = ("/cong/so-lieu/moi", agency, PLACE)
    first = {json.loads(reader.get(f"{place}/feed.json").content)["items"][0]["id"] for place in feeds}
    mended(house)
    for place in feeds:
        (item,) = json.loads(reader.get(f"{place}/feed.json").content)["items"]
        assert item["title"] == "Sửa: Mật độ điện thoại, đến ngày 30/09/2008: 32,5 máy/100 dân"
        assert "Trước đây 31,5. Lý do sửa: Doanh nghiệp báo cáo lại." in item["summary"] and PRESS in item["summary"]
        assert {item["id"]} != first and f'id="{item["id"].partition("#")[2]}"' in said(reader.get(PLACE))
        assert item["title"] in said(reader.get(f"{place}/rss.xml")) and item["id"] in said(
            reader.get(f"{place}/atom.xml")
        )
        assert reader.get(f"{place}/rss").status_code == 404
    assert f'type="application/rss+xml" title="Mật độ điện thoại" href="{PLACE}/rss.xml"' in said(reader.get(PLACE))
    assert f'href="{NEW}"' in said(reader.get("/cong/so-lieu"))
    withdraw(**house.by("son"), figure=Figure.objects.get(), reason="Sai nguồn")
    assert not json.loads(reader.get(f"{feeds[0]}/feed.json").content)["items"]
    assert reader.get(f"{PLACE}/rss.xml").status_code == 404


def test_the_catalogue_tells_programs_what_there_is(house: Keeping, reader: Client) -> None:
    assert json.loads(reader.get(f"{CATALOGUE}.json").content)["dcat:dataset"] == []
    house.public()
    house.public("31/12/2008", "33")
    (one,) = json.loads(reader.get(f"{CATALOGUE}.json").content)["dcat:dataset"]
    assert (one["dct:identifier"], one["schema:unitText"], one["schema:size"]) == ("phone_density", "máy/100 dân", 2)
    assert one["dct:temporal"]["dcat:startDate"] == "2008-09-30" and one["dct:temporal"]["dcat:endDate"] == "2008-12-31"
    assert (
        "47/2020" in one["dct:rights"] and one["dct:source"] and one["dct:modified"]["@value"].startswith("2026-11-16")
    )
    for file in one["dcat:distribution"]:
        answer = reader.get(file["dcat:downloadURL"].removeprefix("http://localhost:8000"))
        assert answer.status_code == 200 and answer["Content-Type"].startswith(file["dcat:mediaType"])
    head, line = csv.reader(StringIO(reader.get(f"{CATALOGUE}.csv").content.decode("utf-8-sig")))
    told = dict(zip(head, line, strict=True))
    assert told["unit"] == "máy/100 dân" and told["licence"] and told["json"].endswith(f"{PLACE}/json")
    assert reader.get(f"{CATALOGUE}.xlsx").status_code == 200 and reader.get(f"{CATALOGUE}.xml").status_code == 404
    assert f"{CATALOGUE}.json" in said(reader.get("/cong/so-lieu"))


def test_its_address_alone_in_a_paragraph_is_the_figure_and_follows_it_at_once(
    desk: Desk, house: Keeping, reader: Client
) -> None:
    own = (Block("paragraph", f"http://localhost:8000{PLACE}"), Block("paragraph", f"Xem {PLACE}"))
    place = f"/cong/tin/{desk.public(replace(TEXT, body=(*TEXT.body, *own))).slug}"
    before = said(reader.get(place))
    assert '<figure class="counted"' not in before and f"<p>http://localhost:8000{PLACE}" not in before
    assert f"<p>Xem {PLACE}" in before
    house.public()
    block = said(reader.get(place)).split('<figure class="counted"')[1].split("</figure>")[0]
    for words in ("<strong>32</strong> máy/100 dân", "đến ngày 30/09/2008", PRESS, f'href="{PLACE}"'):
        assert words in block, words
    assert "<svg" not in block
    mended(house)
    assert "<strong>32,5</strong>" in said(reader.get(place)), "kept pages are outdated at once"
    for period, value in (("31/12/2008", "34"), ("31/12/2009", "40")):
        house.public(period, value)
    page = said(reader.get(place))
    assert "<svg" in page and "<strong>40</strong>" in page and "tăng qua các kỳ" in page
    assert "Sửa ngày 16/11/2026: trước đây 32. Doanh nghiệp báo cáo lại" in said(reader.get(PLACE))
    for figure in Figure.objects.all():
        withdraw(**house.by("son"), figure=figure, reason="Sai nguồn")
    assert '<figure class="counted"' not in said(reader.get(place))


def test_lists_and_fronts_ask_as_often_for_many_as_for_one(house: Keeping, reader: Client) -> None:
    house.public()
    places = ("/cong", "/cong/so-lieu", PLACE, NEW, f"{CATALOGUE}.json")
    few = {place: len(asked(reader, place)) for place in places}
    for number in range(2009, 2015):
        house.public(f"31/12/{number}", str(number - 1975))
    for code, value in (
        ("agencies_with_lan", "42"),
        ("internet_subscribers", "≥ 11.900"),
        ("portal_visit_rank", "5/56"),
    ):
        house.public("30/9/2008", value, code=code)
    assert {place: len(asked(reader, place)) for place in few} == few
    front, whole = said(reader.get("/cong")), said(reader.get("/cong/so-lieu"))
    assert front.count('class="number"') == 3 and whole.count('class="number"') == 4 and "5/56" in whole
    assert Site.objects.get(agency=None).generation > 1


def test_hostile_words_stay_words_and_the_scan_holds_each_figure_against_its_record(
    house: Keeping, reader: Client
) -> None:
    for number, payload in enumerate(PAYLOADS[::75], start=2009):
        house.public(f"31/12/{number}", "30", publisher=payload[:200], note=payload[:300])
    for place, drawn in ((PLACE, ["<svg>"]), ("/cong/so-lieu", []), ("/cong", [])):
        assert live(said(reader.get(place))).found == drawn, place
    json.loads(reader.get(f"{PLACE}/json").content)
    assert not [one for one in scanned() if "so-lieu" in one and "nhật ký" in one]
    behind(
        "indicators_publication",
        "UPDATE indicators_publication SET value = 99 WHERE id = %s",
        Publication.objects.earliest("pk").pk,
    )
    assert [one for one in scanned(30) if one.startswith(f"{PLACE}: Nội dung đang công khai không phải")]


@pytest.mark.parametrize("is_line", [True, False])
def test_a_chart_keeps_within_its_field_and_no_words_touch(is_line: bool) -> None:
    given = [
        Given(date(2000 + n, 12, 31), Decimal(value), str(value), str(2000 + n))
        for n, value in enumerate((3, -2, 0, 8, 8, 1, 4, 9, 2))
    ]
    made = chart(given, is_line=is_line)
    assert made is not None and made.is_line == is_line and chart(given[:2], is_line=is_line) is None
    assert all(0 <= float(one.x) <= 480 and 0 <= float(one.y) <= 190 for one in made.marks)
    named = [float(one.x) for one in made.marks if one.label]
    assert all(b - a >= 46 for a, b in zip(named, named[1:], strict=False)) and made.marks[-1].text == "2"
    flat = chart([replace(one, value=Decimal(0)) for one in given], is_line=is_line)
    assert flat is not None and told(given).endswith("lúc tăng lúc giảm.") and "không đổi" in told(given[3:5])
