"""What a reader on a weak line must fetch before the first words stand there, and each time after."""

import gzip
import io
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from tests.cast import AT
from tests.news.desk import Desk
from tests.portal.test_hostile import illustrated
from tram.demo.painting import crest
from tram.skins.commands import Told, publish, try_on
from tram.skins.queries import mark_of

KB = 1000


def place(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found)


def size(reader: Client, address: str) -> int:
    answer = reader.get(address)
    return len(b"".join(answer.streaming_content) if answer.streaming else answer.content)


def dressed(desk: Desk) -> None:
    """Everybody's site in a colour and with a picture of its own."""
    by = {"actor": desk.who("tinh"), "at": AT, "agency": desk.cast.units["province"]}
    logo = ("bieu-trung.png", io.BytesIO(crest("0f6466")))
    publish(seen=mark_of(try_on(told=Told("0f6466", "Gần dân"), logo=logo, **by)), **by)


def test_a_first_page_comes_in_six_requests_and_sixty_kilobytes(desk: Desk, reader: Client) -> None:
    article, picture, _ = illustrated(desk)
    dressed(desk)
    style = place("portal/portal.css")
    font = place("portal/" + re.findall(r'url\("([^"]+)"\)', style.read_text())[0])
    shared = len(gzip.compress(style.read_bytes(), 9)) + font.stat().st_size
    image = len(b"".join(reader.get(f"/cong/tin/{article.slug}/anh/{picture}-640").streaming_content))
    for address in ("/cong", f"/cong/tin/{article.slug}", "/cong/tim?q=tap huan", "/cong/tin/khong-co"):
        answer = reader.get(address, headers={"Accept-Encoding": "gzip"})
        page = gzip.decompress(answer.content).decode()
        asked = {*re.findall(r'(?:<link rel="stylesheet"|<script)[^>]+(?:href|src)="([^"]+)"', page)}
        pictures = set(re.findall(r'<img[^>]* src="([^"]+)"', page))
        assert len(asked) <= 2 and len(pictures) <= 2 and "<script src" not in page
        own = sum(
            size(reader, one) for one in [*asked, *pictures] if one.startswith(("/cong/mau/", "/cong/bieu-trung/"))
        )
        assert 1 + len(asked) + 1 + len(pictures) <= 6
        assert len(answer.content) <= 12 * KB
        images = image * any("/anh/" in one for one in pictures)
        assert len(answer.content) + shared + images + own <= 60 * KB, (len(answer.content), shared, images, own)
        assert not answer.cookies
