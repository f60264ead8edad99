"""Nothing that somebody wrote is run, and no bytes that somebody brought are shown: whatever stands in an article's fields."""

import io
import json
import uuid
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client
from PIL import Image

from tests.cast import AT
from tests.files.builders import pdf
from tests.hostile.payloads import PAYLOADS
from tests.news.desk import TEXT, Desk
from tests.portal.payloads import attacked
from tram.files.commands import destroy, look, release, store
from tram.kernel.actors import Actor
from tram.news.commands.publish import withdraw
from tram.news.models import Article
from tram.news.rules.content import Block
from tram.portal.queries import cards

RUNS = {"script", "iframe", "object", "embed", "base", "svg", "style", "math", "template"}
TAKEN = b"22.3364 N 103.8438 E"
INERT = {"href", "src", "srcset"}


class Live(HTMLParser):
    """Notes everything on a page that would run, load from elsewhere or lead elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.data: list[str] = []
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._in_data = tag == "script"
        if tag in RUNS and (tag, told) != ("script", {"type": "application/ld+json"}):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            ours = not value or value.startswith(("/", "#", "?", "data:image/svg+xml,", "http://localhost:8000/"))
            if name.startswith("on") or name == "style" or (name in INERT and not ours):
                self.found.append(f"{name}={value}")

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)
        self._in_data = False


def test_a_picture_is_offered_to_the_press_and_to_whoever_passes_the_article_on(desk: Desk, reader: Client) -> None:
    article, picture, _ = illustrated(desk)
    place = f"/cong/tin/{article.slug}/anh/{picture}-900"
    assert (
        f'og:image" content="http://localhost:8000{place}"' in reader.get(f"/cong/tin/{article.slug}").content.decode()
    )
    press = reader.get("/cong/bao-chi").content.decode()
    assert "Ảnh dùng được" in press and f'href="{place}" download' in press and article.title in press


def live(page: str) -> Live:
    read = Live()
    read.feed(page)
    read.close()
    return read


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_payloads_in_every_field_stay_words(desk: Desk, reader: Client) -> None:
    for payload in PAYLOADS[::120]:
        article = desk.public(attacked(payload))
        pages = {
            address: reader.get(address)
            for address in ("/cong", f"/cong/tin/{article.slug}", "/cong/muc/hoat-dong-cua-co-quan")
        }
        pages["/cong/tim"] = reader.get("/cong/tim", {"q": payload, "tiep": payload})
        for address, answer in pages.items():
            read = live(said(answer))
            assert answer.status_code == 200 and not read.found, (payload, address, read.found)
            for name in ("script-src 'self'", "default-src 'none'", "base-uri 'none'"):
                assert name in answer["Content-Security-Policy"] and "unsafe" not in answer["Content-Security-Policy"]
        told = json.loads(live(said(pages[f"/cong/tin/{article.slug}"])).data[0])
        assert told["description"] == article.revisions.get().content["lead"], "and the data block says it whole"


def test_no_address_leads_away(desk: Desk, reader: Client) -> None:
    article = desk.public()
    for name in ("next", "url", "return", "q", "sau", "tiep"):
        for place in ("https://example.com/", "//example.com", "/\\example.com", "javascript:alert(1)"):
            for address in ("/", "/cong", f"/cong/tin/{article.slug}", "/cong/tim"):
                answer = reader.get(address, {name: place})
                assert answer.get("Location", "/cong") == "/cong", (address, name, place)
                assert not live(said(answer)).found
    for address in ("/cong//example.com", "/cong/tin//example.com", "/cong/co-quan/%2f%2fexample.com"):
        assert reader.get(address).status_code == 404, address
    page = said(reader.get("/cong", headers={"Host": "localhost"}))
    assert "http://localhost:8000/cong" in page, "the address of the portal is ours, not what a request claims"
    assert reader.get("/cong", headers={"Host": "xau.example"}).status_code == 404


def photograph() -> bytes:
    """A picture that tells where it was taken."""
    made = io.BytesIO()
    light = Image.radial_gradient("L").resize((1200, 800))
    Image.merge("RGB", (light, Image.linear_gradient("L").resize(light.size), light.rotate(20))).save(
        made, "JPEG", quality=90, comment=TAKEN
    )
    return made.getvalue()


def illustrated(desk: Desk) -> tuple[Article, str, str]:
    """A public article with a picture and a file; their keys."""

    def brought(content: bytes, name: str) -> str:
        agency = desk.cast.units["skhcn"].pk
        return str(store(actor=desk.who("lan"), at=AT, stream=io.BytesIO(content), name=name, agency=agency).pk)

    picture, paper = brought(photograph(), "lop.jpg"), brought(pdf(), "ke-hoach.pdf")
    blocks = (
        Block("picture", file=picture, caption="Lớp học", credit="Lê An", consent="public", alt="Học viên", focus=(0, 1)),
        Block("file", file=paper, text="Kế hoạch lớp học"),
    )  # fmt: skip
    return desk.public(replace(TEXT, body=(*TEXT.body, *blocks))), picture, paper


def test_pictures_are_drawn_anew_and_files_are_downloads(desk: Desk, reader: Client) -> None:
    article, picture, paper = illustrated(desk)
    here = f"/cong/tin/{article.slug}"
    page = said(reader.get(here))
    assert f'{here}/anh/{picture}-640" srcset=' in page and 'alt="Học viên"' in page and "Ảnh: Lê An" in page
    assert f"{here}/anh/{picture}-640" in said(reader.get("/cong")) and "x-start y-end" in said(reader.get("/cong"))
    drawn = reader.get(f"{here}/anh/{picture}-640")
    body = b"".join(drawn.streaming_content)
    assert drawn["Content-Type"] == "image/jpeg" and len(body) <= 32_000 and TAKEN not in body
    assert Image.open(io.BytesIO(body)).size == (640, 427)
    given = reader.get(f"{here}/tep/{paper}/bat-ky-ten-nao.html")
    assert (
        given["Content-Disposition"] == 'attachment; filename="ke-hoach.pdf"'
        and given["Content-Type"] == "application/pdf"
    )
    for answer in (drawn, given):
        assert answer["X-Content-Type-Options"] == "nosniff" and answer["Content-Security-Policy"].startswith("sandbox")
        assert answer["X-Robots-Tag"] == "noindex" and not answer.cookies
    assert reader.get(f"{here}/anh/{picture}-640", headers={"If-None-Match": drawn["ETag"]}).status_code == 304
    for address in (
        f"{here}/tep/{picture}/lop.jpg", f"{here}/anh/{paper}-640", f"{here}/anh/{picture}-1800", f"{here}/anh/{uuid.uuid4()}-640",
        f"/tep/{paper}/ke-hoach.pdf",
    ):  # fmt: skip
        assert reader.get(address).status_code in (302, 404), address


def test_no_byte_of_a_file_without_an_open_row(desk: Desk, reader: Client) -> None:
    article, picture, paper = illustrated(desk)
    draft = desk.draft(replace(TEXT, title="Bài khác"))
    asked = (f"anh/{picture}-320", f"tep/{paper}/ke-hoach.pdf")
    for rest in asked:
        assert reader.get(f"/cong/tin/{article.slug}/{rest}").status_code == 200
        assert reader.get(f"/cong/tin/{draft.slug}/{rest}").status_code == 404
    withdraw(actor=desk.who("nga"), at=AT + timedelta(hours=1), article=article, reason="Gỡ để thử")
    for rest in asked:
        assert reader.get(f"/cong/tin/{article.slug}/{rest}").status_code == 404


def test_a_locked_or_destroyed_file_leaves_every_page_at_once(desk: Desk, reader: Client) -> None:
    article, picture, paper = illustrated(desk)
    here, told = f"/cong/tin/{article.slug}", {"Lớp học": picture, "Kế hoạch lớp học": paper}

    def named() -> list[str]:
        found = {words: said(reader.get("/cong/tim", {"q": f'"{words}"'})) for words in told}
        return [words for words, file in told.items() if file in said(reader.get(here)) or article.slug in found[words]]

    assert len(named()) == 2 and file_in_cards("Kế hoạch")
    by: Any = {"actor": Actor.system(), "at": AT, "file": paper}
    look(**by, level="secret")
    assert named() == ["Lớp học"] and not file_in_cards("Kế hoạch")
    release(**by)
    assert len(named()) == 2
    look(**by, level="secret", again=True)
    destroy(**by, level="secret")
    assert named() == ["Lớp học"] and not file_in_cards("Kế hoạch")


def file_in_cards(words: str) -> bool:
    return any(words in card.body for card in cards(list(Article.objects.values_list("pk", flat=True)), AT))


def test_letters_that_xml_has_no_place_for_break_no_feed(desk: Desk, reader: Client) -> None:
    desk.public(replace(TEXT, title="Tít \ufffe\uffff\x0b]]>", lead="Dẫn \uffff"))
    for address in ("/cong/tin-moi/rss.xml", "/cong/tin-moi/atom.xml", "/cong/so-do/2026-11.xml"):
        assert fromstring(reader.get(address).content) is not None


@pytest.mark.parametrize("number", [1, 2])
def test_a_table_names_its_columns_only_where_it_has_names(desk: Desk, reader: Client, number: int) -> None:
    rows = (("Xã", "Điểm"), ("Tân Lập", "2")) if number == 1 else (("Tân Lập", "2"), ("Y Tý", "3"))
    article = desk.public(replace(TEXT, body=(*TEXT.body, Block("table", rows=rows))))
    assert ("<th scope" in said(reader.get(f"/cong/tin/{article.slug}"))) is (number == 1)
