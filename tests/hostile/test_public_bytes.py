"""Every address of the portal, one of each route: what nobody has let out says nothing there, and none leads away."""

import re
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.test import Client

from tests.cast import Cast
from tests.hostile.opened import WORD, Opened
from tests.hostile.test_redirects import READ, SOME, USUAL, leads
from tests.house.plan import TRAM
from tests.portal.readers import afresh as afresh
from tests.portal.test_scan import scanned
from tram.portal.pages.finding import ASKED
from tram.portal.urls import urlpatterns

SILENT = {
    "front_typed", "sites", "find_question", "ask", "follow", "ranking", "ranking_file", "catalogue", "agendas", "agendas_feed", "agenda",
    "people", "people_found", "procedures", "procedures_found", "procedure", "sheet", "skin_preview", "article_preview", "sitemap", "map", "robots",
    "nothing", "open_data", "alerts", "alerts_confirm", "alerts_mine", "alerts_stop",
}  # fmt: skip
"""Routes that say nothing of what is public of the Sở, or not these words."""
BYTES = {"picture", "attachment", "document_file", "document_page", "draft_file", "logo"}
"""Files."""
TAKING = {"ask", "comment", "opine", "find_question", "alerts", "alerts_confirm", "alerts_mine", "alerts_stop"}
"""Where strangers send something."""


def asked(client: Client, address: str, **more: Any) -> tuple[int, str]:
    """The answer, perhaps one that is kept: its status; its headers and its words, those in a workbook too."""
    ASKED._seen.clear()
    answer = client.get(address, **more)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    try:
        with ZipFile(BytesIO(body)) as package:
            body += b"".join(package.read(name) for name in package.namelist())
    except BadZipFile:
        pass
    return answer.status_code, f"{dict(answer.headers)}\n{body.decode(errors='replace')}".replace(address, "")


def speaking(client: Client, addresses: dict[str, list[str]]) -> set[str]:
    """Where the word stands, or a file is given."""
    found = set()
    for name, places in addresses.items():
        for place in places:
            status, words = asked(client, place)
            if WORD.lower() in words.lower() or (name in BYTES and status == 200):
                found.add(place)
    return found


def led_away(client: Client, addresses: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Where an address leads to another site, whatever its parameters and its last part say."""
    names = {*USUAL, *(name for path in TRAM.rglob("*.py") for name in READ.findall(path.read_text()))}
    found = []
    for number, (name, places) in enumerate(addresses.items()):
        told = dict.fromkeys(names, SOME[number % len(SOME)])
        for place in (places[-1], f"{places[0]}//evil.example"):
            sent = [client.get(place, told)]
            sent += [client.post(place, told)] if name in TAKING else []
            for answer in sent:
                given = [answer.get(header, "") for header in ("Location", "Refresh", "Link", "Content-Location")]
                body = "" if answer.streaming else answer.content.decode(errors="replace")
                given += re.findall(r"""(?:href|action|formaction|src)="([^"]*evil\.example[^"]*)""", body)
                found += [(place, one) for one in given if one and leads(one)]
    return found


def test_no_address_leads_away_and_what_is_taken_back_is_at_none(cast: Cast, client: Client) -> None:
    house = Opened(cast)
    addresses = house.addresses()
    assert set(addresses) == {one.name for one in urlpatterns}, "a new route: say where it leads"
    assert led_away(client, addresses) == []
    mute = {place for name in set(addresses) - SILENT for place in addresses[name]} - speaking(client, addresses)
    assert not mute, "else their silence afterwards says nothing"
    assert scanned() == []
    house.take_back()
    assert speaking(client, addresses) == set()
