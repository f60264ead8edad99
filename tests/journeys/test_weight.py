"""How much the first page of a member of staff weighs on the wire."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.cast import Cast

KB = 1000
PARTS = re.compile(r'<(?:link|script|img)[^>]+(?:href|src)="(/tinh/[^"]+)"')


def weight(address: str) -> int:
    """Bytes of a static file as it travels: text compressed beforehand, fonts as they are."""
    place = finders.find(address.removeprefix("/tinh/"))
    assert isinstance(place, str), address
    with open(place, "rb") as file:
        content = file.read()
    return len(content) if place.endswith(".woff2") else len(gzip.compress(content, 9))


@pytest.mark.parametrize("login", ["hoa", "son", "lan"])
def test_the_first_page_comes_in_six_requests_and_a_hundred_kilobytes(cast: Cast, client: Client, login: str) -> None:
    answer = cast.signed_in(client, login).get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    page = gzip.decompress(answer.content).decode()
    parts = set(PARTS.findall(page))
    assert len(parts) + 1 <= 6, parts
    assert len(answer.content) + sum(map(weight, parts)) <= 100 * KB
    assert len(answer.content) <= 12 * KB


def test_a_file_keeps_its_bytes_and_length(client: Client) -> None:
    answer = client.get("/suc-khoe/song", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers
