"""No address of the house leads anywhere else, whatever stands in its parameters: each that any page reads, on every page."""

import re
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import PASSWORD, Cast
from tests.hostile.payloads import SCHEMES
from tests.house.plan import TRAM
from tests.portal.readers import afresh as afresh
from tram.web.after import next_path, place_here
from tram.web.views import wrong_state

READ = re.compile(r"""(?:GET|POST|data)(?:\.get)?\W{1,3}["']([a-z_-]{1,24})["']""")
USUAL = ("next", "url", "return", "return_to", "redirect", "continue", "goto", "tiep", "ve", "back", "target", "dest")
PLACES = (
    *SCHEMES, "https://evil.example/", "//evil.example", "///evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
    "/\n/evil.example", "\t//evil.example", "https:evil.example", "https:/evil.example", "http:\\\\evil.example", "//evil.example\\@testserver",
    "https://testserver@evil.example/", "https://evil.example#testserver", "https://evil.example?testserver", "//evil。example", "//ｅvil.example/",
    "/%09/evil.example", "/%5cevil.example", "%2f%2fevil.example", "/..//evil.example", "/.//evil.example", ".evil.example", "@evil.example",
    "https://testserver.evil.example/", "//[::ffff:1.2.3.4]/", "//0x01020304/", "/\u2028/evil.example", "\ufeff//evil.example", "/\x00/evil.example",
)  # fmt: skip
SOME = ("//evil.example/x", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:evil.example")


def leads(place: str) -> str:
    """Where a browser goes from a page of ours (WHATWG: blanks at the ends and tabs fall away, \\ is /): "" for this site."""
    told = re.sub(r"[\t\n\r]", "", place.strip("".join(map(chr, range(33))))).replace("\\", "/")
    told = re.sub(r"^/{2,}", "//", re.sub(r"^(https?):/*", r"\1://", told, flags=re.IGNORECASE))
    whole = urljoin("http://testserver/trang", told)
    return "" if whole.startswith("http://testserver/") else whole


def pages(patterns: Any, before: str = "") -> list[str]:
    """Every address without a part that changes."""
    found = []
    for one in patterns:
        if isinstance(one, URLResolver):
            found += pages(one.url_patterns, before + str(one.pattern))
        elif isinstance(one, URLPattern) and "<" not in before + str(one.pattern) and "^" not in str(one.pattern):
            found.append(f"/{before}{one.pattern}")
    return found


@pytest.mark.parametrize("name", ["next", "Referer"])
def test_a_place_elsewhere_is_no_place(name: str) -> None:
    asked = RequestFactory()
    for place in PLACES:
        if name == "next":
            assert not leads(next_path(asked.get("/", {"next": place}), "/")), place
            assert not leads(next_path(asked.post("/", {"next": place}), "/")), place
            assert not leads(place_here(place)), place
        else:
            request = asked.post("/viec", headers={"Referer": f"http://testserver{place}"})
            for back in re.findall(r'href="([^"]*evil[^"]*)"', wrong_state(request, "Đã xong.").content.decode()):
                assert not leads(back), place
    assert place_here("/tin-bai?sau=3#cuoi") == "/tin-bai?sau=3#cuoi" and place_here("/tìm?q=án") == "/tìm?q=án"


def test_no_parameter_of_any_page_leads_away(cast: Cast) -> None:
    names = {*USUAL, *(name for path in TRAM.rglob("*.py") for name in READ.findall(path.read_text()))}
    assert {"next", "q", "sau", "viec", "tiep", "muc"} <= names
    addresses = pages(get_resolver().url_patterns)
    assert len(addresses) > 80
    for who in ("", "nga"):
        client = cast.signed_in(Client(), who) if who else Client()
        for number, address in enumerate(addresses):
            answer = client.get(address, dict.fromkeys(names, SOME[(number + len(who)) % len(SOME)]))
            given = [answer.get(header, "") for header in ("Location", "HX-Redirect", "HX-Location", "Refresh", "Link")]
            body = "" if answer.streaming else answer.content.decode(errors="replace")
            given += re.findall(r"""(?:href|action|formaction|hx-get|hx-post|src)="([^"]*evil\.example[^"]*)""", body)
            assert not [place for place in given if place and leads(place)], (who, address, given)


def test_nobody_is_sent_away_after_signing_in(cast: Cast) -> None:
    for place in SOME:
        told = {"login": "hoa", "password": PASSWORD, "next": place}
        answer = Client().post("/dang-nhap?next=" + place.replace("\t", "%09"), told)
        assert answer.status_code in (302, 303) and not leads(answer["Location"]), place
