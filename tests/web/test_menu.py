"""The menu: the item of the page that is open, and of no other."""

import re

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_page_outside_the_menu_marks_no_item(cast: Cast, client: Client) -> None:
    client = cast.signed_in(client, "hoa")
    marked = re.compile(r'href="([^"]+)" aria-current="page" title')
    assert marked.findall(client.get("/").content.decode()) == ["/"]
    assert marked.findall(client.get("/khong-co").content.decode()) == []
    assert marked.findall(client.get("/to-chuc/vang-mat").content.decode()) == ["/to-chuc"]
