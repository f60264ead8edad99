"""More than three hundred hostile texts through every door that shows what somebody typed: in Chromium, the policy off and on."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser

from tests.cast import build
from tests.hostile.houseful import House
from tests.hostile.payloads import PAYLOADS
from tram.portal import queries
from tram.portal.pages.finding import ASKED
from tram.portal.rules.kept import KEPT, OLDER

pytestmark = [pytest.mark.journey, pytest.mark.django_db]
STATIC = Path(queries.__file__).parents[1]
COUNT = """
if (top === self) {
  window.fired = []; window.reports = [];
  Object.defineProperty(window, "ran", { set() { window.fired.push(1); } });
}
addEventListener("securitypolicyviolation", (event) => top.reports.push(`${location.pathname} ${event.violatedDirective} ${event.blockedURI}`));
"""
Page = tuple[str, dict[str, str]]
AT_ONCE = 60


class Shelf(BaseHTTPRequestHandler):
    """Gives the pages that were rendered before, and the house's own scripts and styles."""

    pages: dict[str, Page] = {}

    def do_GET(self) -> None:
        """One of them."""
        body, headers = self.pages.get(self.path.partition("?")[0], ("", {}))
        data = body.encode("utf-8", "surrogatepass")
        if not headers:
            found = (
                next(STATIC.glob(f"*{self.path.partition('?')[0]}"), None) if self.path.startswith("/static/") else None
            )
            data = found.read_bytes() if found else b""
            kind = {".css": "text/css", ".js": "text/javascript"}.get(Path(self.path).suffix, "image/png")
            headers = {"Content-Type": kind, "Cache-Control": "max-age=600"}
        self.send_response(200)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


@pytest.fixture
def shelf() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shelf)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def taken(client: Client, address: str, **query: str) -> Page:
    """A page as the house gives it to anybody, made for this one question."""
    for kept in (KEPT, OLDER):
        kept.forget()
    ASKED._seen.clear()
    answer = client.get(address, query)
    assert answer.status_code == 200, (address, answer.status_code)
    policy = answer["Content-Security-Policy"].replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    return answer.content.decode(), {"Content-Type": answer["Content-Type"], "Content-Security-Policy": policy}


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


def browsed(browser: Browser, shelf: str, pages: list[Page], *, is_off: bool) -> tuple[int, list[str], list[str]]:
    """Many pages at once, each in a frame: how often one ran something, what the policy reported, who else was asked."""
    context = browser.new_context(bypass_csp=is_off)
    context.add_init_script(COUNT)
    page, asked, fired, reports = context.new_page(), list[str](), 0, list[str]()
    page.on("request", lambda one: asked.append(one.url))
    page.on("dialog", lambda one: (asked.append(one.message), one.dismiss()))
    for start in range(0, len(pages), AT_ONCE):
        Shelf.pages = {f"/{number}": one for number, one in enumerate(pages[start : start + AT_ONCE], start=start)}
        frames = "".join(f"<iframe src={place}></iframe>" for place in Shelf.pages)
        Shelf.pages[f"/all-{start}"] = f"<!doctype html>{frames}", {"Content-Type": "text/html"}
        page.goto(f"{shelf}/all-{start}", wait_until="load")
        ran, said = page.evaluate("[fired.length, reports]")
        fired, reports = fired + ran, reports + said
    context.close()
    return fired, reports, [url for url in asked if not url.startswith((shelf, "data:", "blob:"))]


def test_nothing_that_somebody_typed_runs_or_calls(browser: Browser, shelf: str) -> None:
    assert len(PAYLOADS) >= 300
    pages = list(doors(House(build())))
    assert browsed(browser, shelf, pages, is_off=True) == (0, [], [])
    assert browsed(browser, shelf, pages[::8], is_off=False) == (0, [], []), "and there is nothing to report"
    raw = [(f"<!doctype html><p>{one}", {"Content-Type": "text/html; charset=utf-8"}) for one in PAYLOADS[::4]]
    fired, _, asked = browsed(browser, shelf, raw, is_off=True)
    assert fired > 25 and len(asked) > 5, "where nobody escapes them they run, so the silence says something"
