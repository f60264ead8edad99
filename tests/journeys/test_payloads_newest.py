"""The newest rooms' doors for hostile texts, in Chromium: none runs, with the policy off and on, and each stands there as it was typed.

Of pages that show one text a few; TRAM_PAYLOADS=all takes every text through every door.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Browser

from tests.cast import build
from tests.hostile.newest import COMMENTED, CORRECTED, NUMBERS, OPINED, Newest, code
from tests.hostile.payloads import PAYLOADS
from tests.journeys.programs import cells_alive, told_to_programs
from tests.journeys.shelf import browsed, taken
from tests.journeys.shelf import shelf as shelf
from tram.portal.rules.telling import NO_XML

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
IS_WHOLE = os.environ.get("TRAM_PAYLOADS") == "all"
EVERY, ALONE, READ = (1, 1, 48) if IS_WHOLE else (8, 21, 120)
"""Of pages that are alike so many are one that is looked at; of texts that stand alone; of pages with a data block."""
SITE, SERIES = "/cong/co-quan/so-khoa-hoc-va-cong-nghe", "/cong/so-lieu/mat-do-dien-thoai"


@dataclass(frozen=True)
class Door:
    """A page, which payloads stand there, in which fields ("title=300": of each so many letters), who opens it."""

    address: str
    numbers: Iterable[int]
    told: str
    who: str = ""

    @property
    def fields(self) -> list[int]:
        """How much of each payload stands in each field."""
        return [int(field.partition("=")[2] or 9999) for field in self.told.split()]


def lists(house: Newest) -> Iterator[Door]:
    """Pages on which many stand at once."""
    yield Door("/cong/to-chuc", NUMBERS, "name=200 address=300 phone=60")
    yield Door(f"{SITE}/to-chuc", NUMBERS, "title=120 name=240 words phone=60 email=120")
    yield Door("/cong/bao-chi", NUMBERS, "title=120 name=240 words phone=60 email=120 hours=300")
    yield Door(f"{SITE}/lich-tuan/2026-11-16", NUMBERS, "what=300 place=200 chair=200 change=300")
    yield Door(SERIES, NUMBERS[:-CORRECTED], "publisher=200 document=300 link=300 note=300")
    yield Door(SERIES, NUMBERS[-CORRECTED:], "publisher=200 document=300 link=300 note=300 reason=500")
    yield Door(f"/cong/tin/{house.heard.slug}", NUMBERS, "caption label text who")
    for number, article in list(enumerate(house.articles))[::EVERY]:
        yield Door(f"/cong/tin/{article.slug}", NUMBERS[number * COMMENTED :][:COMMENTED], "text answer name=160")
    for number in range(len(NUMBERS[::OPINED]))[::EVERY]:
        those = NUMBERS[number * OPINED :][:OPINED]
        yield Door(f"/cong/du-thao/dt-{number}", those, "text answer name=160")
        yield Door(f"/du-thao/{house.drafts[number].pk}", those, "text name=160", "tam")
    last, figure = NUMBERS[-25:], "publisher=200 document=300 link=300 note=300 writer=240"
    yield Door("/cong/hoi-dap", last, "title=300 text=200")
    yield Door("/cong/du-thao", last, "title=300")
    yield Door("/cong/van-ban", last, "subject=500 code=45 issuer=200")
    yield Door("/cong/en", last, "title=300 lead")
    yield Door("/", NUMBERS[:25], "title", "tam")
    yield Door("/thong-bao", NUMBERS[-20:], "sentence", "tam")
    yield Door("/cau-hoi", NUMBERS[:25], "title=300", "tam")
    yield Door("/du-thao", last, "title=300 writer=240", "tam")
    yield Door("/cong-khai/ngoai", last, "subject=500 issuer=200 code=45 bringer=240", "hoa")
    yield Door("/danh-ba-cong", NUMBERS, "title=120", "tam")
    yield Door("/lich-tuan?tuan=2026-11-16", NUMBERS, "what=300 place=200 chair=200", "tam")
    yield Door("/dien-mao", NUMBERS[-50:], "slogan=120 foot=200 writer=240 why=200", "tam")
    yield Door(f"/chi-tieu/{house.series.pk}", NUMBERS[-50:], "publisher=200 document=300", "lan")
    yield Door(
        f"/chi-tieu/bang/{house.sheet.pk}",
        NUMBERS,
        "name about value publisher=200 document=300 link=300 note=299 reason=500",
        "lan",
    )
    yield Door(f"/chi-tieu/cho-duyet?bang={house.sheets[0].pk}", NUMBERS[:400], f"{figure} reason=500", "dung")
    yield Door(f"/tin-bai/{house.heard.pk}", NUMBERS, "caption text who", "nga")
    yield Door(f"/xem-thu/tin-bai/{house.heard.pk}", NUMBERS, "caption text who", "nga")


def alone(house: Newest, n: int) -> list[Door]:
    """The pages on which a payload stands by itself."""
    paper = "issuer=200 subject=500 code=45 position=100 name=50 relations file=255 bringer=240"
    figure = "publisher=200 document=300 link=300 note=300 writer=240"
    told = (
        (f"/cong/hoi-dap/hoi-{n}", "title=300 text answer name=160 head=300", ""),
        (f"/cong/du-thao/dt-{n}", "title=300 purpose text summary why=500 file=255 head=300", ""),
        (f"/cong/co-quan/cq-{n}/to-chuc", "words address=300 phone=60 email=120 hours=300 name=200", ""),
        (f"/cong/co-quan/cq-{n}", "slogan=120 foot=200 name=200", ""),
        (f"/cong/van-ban/vbn-{n}", "subject=500 issuer=200 signer=250 code=45 link=45 file=255", ""),
        (f"/cong/tin/en-{n}", "title=300 lead byline correction=500 head=300", ""),
        (f"/cong/hoi-dap/ma/{code(n)}", "reason=500", ""),
        (f"/cau-hoi/{house.waiting[n].pk}", "typed_title=300 typed_text title=300 text name=160", "tam"),
        (f"/cau-hoi/{house.waiting[n].pk}/tra-loi", "title=300 text", "tam"),
        (f"/cau-hoi/{house.asked[n].pk}", "title=300 answer answerer=240 publisher=240", "tam"),
        (f"/du-thao/{house.drafts[n].pk}", "title=300 purpose text file=255 publisher=240", "tam"),
        (f"/danh-ba-cong/vi-tri/{house.posts[n].pk}", "title=120 words phone=60 email=120 publisher=240", "tam"),
        (f"/lich-tuan/muc/{house.items[n].pk}", "what=300 place=200 chair=200", "tam"),
        (f"/cong-khai/ngoai/{house.papers[n].pk}", paper, "hoa"),
        (f"/chi-tieu/so-lieu/{house.figures[n].pk}", figure, "lan"),
        (f"/chi-tieu/cho-duyet?bang={house.sheets[n].pk}", "name=255 bringer=240", "dung"),
        (f"/tin-bai/{house.english[n].pk}", "title=300 lead", "nga"),
        (f"/xem-thu/tin-bai/{house.english[n].pk}", "title=300 lead byline", "nga"),
        (f"/tin-bai/{house.english[n].pk}/sua", "title=300 lead", "nga"),
    )
    return [Door(address, [n], fields, who) for address, fields, who in told]


def programs(house: Newest) -> Iterator[Door]:
    """What programs read; people may open it too."""
    last = NUMBERS[-20:]
    for form in ("rss.xml", "atom.xml", "feed.json"):
        yield Door(f"/cong/hoi-dap/moi/{form}", last, "title=300 name=200")
        yield Door(f"/cong/du-thao/moi/{form}", last, "title=300 name=200")
        yield Door(f"/cong/van-ban/moi/{form}", last, "title=300 name=200")
        yield Door(f"/cong/so-lieu/moi/{form}", [], "")
        yield Door(f"/cong/co-quan/cq-40/tin-moi/{form}", [40], "site=200")
    for form in ("csv", "json", "xlsx"):
        yield Door(f"{SERIES}/{form}", NUMBERS, "publisher=200 document=300 link=300 note=300")
        yield Door(f"/cong/so-lieu/danh-muc.{form}", [], "")
    yield Door(f"{SITE}/lich-tuan.ics", NUMBERS, "what=300 place=200 chair=200")
    yield Door("/cong/du-thao/han-gop-y.ics", [], "")
    yield Door("/cong/so-do/trang.xml", [], "")
    for number in NUMBERS[::READ]:
        yield Door(f"/cong/hoi-dap/hoi-{number}", [number], "title=300 text answer")
        yield Door(f"/cong/tin/en-{number}", [number], "title=300 lead")
        yield Door(f"/cong/van-ban/vbn-{number}", [number], "subject=500 code=45")
        yield Door(f"/cong/co-quan/cq-{number}/to-chuc", [number], "name=200 words address=300")


def squeezed(text: str) -> str:
    """Without blanks, as pages may break lines where they like, and without letters that XML and calendars have no place for; a
    slash in the name of a file is another letter."""
    return "".join(text.translate(NO_XML).split()).replace("∕", "/")


def eaten(door: Door, text: str) -> list[str]:
    """What ought to stand on a page, as often as it has fields, and does not."""
    told, missing = squeezed(text), []
    for number in door.numbers:
        pieces = [squeezed(PAYLOADS[number][:most]) for most in door.fields]
        missing += [
            f"{door.address}: {piece!r} in {door.told}"
            for piece in set(pieces)
            if told.count(piece) < sum(other.startswith(piece) for other in pieces)
        ]
    return missing


def test_the_newest_doors_show_every_text_and_run_none(browser: Browser, shelf: str) -> None:
    house = Newest(build())
    clients = {"": Client()} | {
        who: house.cast.signed_in(Client(), who) for who in ("tam", "hoa", "lan", "dung", "nga")
    }
    single = [alone(house, number) for number in NUMBERS[::ALONE]]
    some = single if IS_WHOLE else [[doors[place % len(doors)]] for place, doors in enumerate(single)]
    shown, read = [*lists(house), *(door for doors in some for door in doors)], list(programs(house))
    pages = [taken(clients[door.who], door.address) for door in (*shown, *read)]
    off = browsed(browser, shelf, pages, is_off=True, reads=True)
    missing = [words for door, text in zip(shown, off.shown, strict=False) for words in eaten(door, text)]
    for door, page in zip(read, pages[len(shown) :], strict=True):
        missing += eaten(door, told_to_programs(page))
        assert not cells_alive(page) and "nosniff" in page.headers["X-Content-Type-Options"], door.address
    assert not missing and not any(off.leads) and off[:3] == (0, [], []), (missing[:9], set(off.leads), off[:3])
    on = browsed(browser, shelf, pages[::EVERY], is_off=False)
    assert on[:3] == (0, [], []), "and there is nothing to report"
    tried = sum(len(list(door.numbers)) * len(door.fields) for door in (*shown, *read))
    print(f"{tried} texts in fields of {len(pages)} pages")  # noqa: T201
