"""More than three hundred hostile texts through every door that shows what somebody typed: in Chromium, the policy off and on."""

from collections.abc import Iterator

import pytest
from django.test import Client
from playwright.sync_api import Browser

from tests.cast import build
from tests.hostile.houseful import House
from tests.hostile.payloads import PAYLOADS
from tests.journeys.shelf import Page, browsed, taken
from tests.journeys.shelf import shelf as shelf

pytestmark = [pytest.mark.journey, pytest.mark.django_db]


def doors(house: House) -> Iterator[Page]:
    """Every door: what stands there once, for each payload; what stands there many times, in lists."""
    reader, nga, binh = Client(), Client(), Client()
    for number, payload in enumerate(PAYLOADS):
        yield taken(reader, f"/cong/tin/{house.slugs[number]}")
        if number % 8 == 0:
            yield taken(reader, f"/cong/van-ban/{house.documents[number]}")
        elif number % 8 == 4:
            yield taken(reader, "/cong/tim", q=payload)
    for address in ("/cong", "/cong/co-quan", "/cong/van-ban", "/cong/so-lieu", "/cong/so-lieu/luot-truy-cap/2026-10"):
        yield taken(reader, address)
    for number in range(0, len(PAYLOADS), 48):
        yield taken(reader, f"/cong/co-quan/{house.slugs[number]}")
        yield taken(reader, f"/cong/co-quan/{house.slugs[number]}/van-ban")
    house.cast.signed_in(nga, "nga")
    house.cast.signed_in(binh, "binh")
    yield taken(binh, f"/truy-cap/{house.cast.xa.pk}/dan-so")
    first = house.articles[0].pk - 1
    for address in ("/tin-bai", f"/tin-bai/{first}", f"/tin-bai/{house.long.pk}", f"/tin-bai/{house.long.pk}/sua",
                    f"/tin-bai/bai-cu/{house.old.pk}"):  # fmt: skip
        yield taken(nga, address)
    for article in house.articles[::48]:
        yield taken(nga, f"/tin-bai/{article.pk}")
        yield taken(nga, f"/tin-bai/{article.pk}/sua")
    for payload in PAYLOADS[::48]:
        yield taken(nga, "/tim", q=payload)


def test_nothing_that_somebody_typed_runs_or_calls(browser: Browser, shelf: str) -> None:
    assert len(PAYLOADS) >= 300
    pages = list(doors(House(build())))
    assert browsed(browser, shelf, pages, is_off=True)[:3] == (0, [], [])
    assert browsed(browser, shelf, pages[::8], is_off=False)[:3] == (0, [], []), "and there is nothing to report"
    html = {"Content-Type": "text/html; charset=utf-8"}
    raw = [Page(f"<!doctype html><p>{one}".encode(), html) for one in PAYLOADS[::4]]
    fired, _, asked, *_ = browsed(browser, shelf, raw, is_off=True)
    assert fired > 25 and len(asked) > 5, "where nobody escapes them they run, so the silence says something"
