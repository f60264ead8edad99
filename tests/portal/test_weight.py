"""What a reader on a weak line must fetch before the first words stand there, and each time after."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.test import Client

from tests.news.desk import Desk
from tests.portal.test_hostile import illustrated

KB = 1000


def place(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found)


def test_a_first_page_comes_in_six_requests_and_sixty_kilobytes(desk: Desk, reader: Client) -> None:
    article, picture, _ = illustrated(desk)
    style = place("portal/portal.css")
    font = place("portal/" + re.findall(r'url\("([^"]+)"\)', style.read_text())[0])
    shared = len(gzip.compress(style.read_bytes(), 9)) + font.stat().st_size
    image = len(b"".join(reader.get(f"/cong/tin/{article.slug}/anh/{picture}-640").streaming_content))
    for address in ("/cong", f"/cong/tin/{article.slug}", "/cong/tim?q=tap huan", "/cong/tin/khong-co"):
        answer = reader.get(address, headers={"Accept-Encoding": "gzip"})
        page = gzip.decompress(answer.content).decode()
        asked = {*re.findall(r'(?:<link rel="stylesheet"|<script)[^>]+(?:href|src)="([^"]+)"', page)}
        pictures = set(re.findall(r'<img[^>]* src="([^"]+)"', page))
        assert len(asked) == 1 and len(pictures) <= 1 and "<script src" not in page
        assert 1 + len(asked) + 1 + len(pictures) <= 6
        assert len(answer.content) <= 12 * KB
        assert len(answer.content) + shared + image * len(pictures) <= 60 * KB, (len(answer.content), shared, image)
        assert not answer.cookies
