"""Pages that were rendered before, many in one window of Chromium: what ran in them, whom they asked, what they show."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.test import Client
from playwright.sync_api import Browser

from tram.portal import queries
from tram.portal.pages.finding import ASKED
from tram.portal.rules.kept import KEPT, OLDER

STATIC = Path(queries.__file__).parents[1]
COUNT = """
if (top === self) {
  window.fired = []; window.reports = [];
  Object.defineProperty(window, "ran", { set() { window.fired.push(1); } });
}
addEventListener("securitypolicyviolation", (event) => top.reports.push(`${location.pathname} ${event.violatedDirective} ${event.blockedURI}`));
"""
READ = """
Array.from(document.querySelectorAll("iframe"), ({ contentDocument: page }) => {
  if (!page) return ["", ""];
  const all = Array.from(page.querySelectorAll("*")), texts = [page.documentElement?.textContent ?? ""], leads = [];
  for (const one of all) for (const { name, value } of one.attributes) {
    texts.push(value);
    if (["href", "src", "action", "formaction", "data", "poster", "cite"].includes(name) && value) {
      let scheme = "?";
      try { scheme = new URL(value, page.baseURI).protocol; } catch {}
      if (!["http:", "https:", "mailto:", "tel:", "webcal:"].includes(scheme) && !value.startsWith("data:image/")) leads.push(value);
    }
  }
  return [texts.join("\\n"), leads.join("\\n")];
})
"""
AT_ONCE = 60


class Page(NamedTuple):
    """What the house answered."""

    body: bytes
    headers: dict[str, str]


class Browsed(NamedTuple):
    """How often something ran, what the policy reported, who else was asked; of each page what it shows and where else it leads."""

    fired: int
    reports: list[str]
    asked: list[str]
    shown: list[str]
    leads: list[str]


class Shelf(BaseHTTPRequestHandler):
    """Gives the pages that were rendered before, and the house's own scripts and styles."""

    pages: dict[str, Page] = {}

    def do_GET(self) -> None:
        """One of them."""
        place = self.path.partition("?")[0]
        body, headers = self.pages.get(place, Page(b"", {}))
        if not headers:
            found = next(STATIC.glob(f"*{place}"), None) if place.startswith("/static/") else None
            body = found.read_bytes() if found else b""
            kind = {".css": "text/css", ".js": "text/javascript"}.get(Path(place).suffix, "image/png")
            headers = {"Content-Type": kind, "Cache-Control": "max-age=600"}
        self.send_response(200)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Silent."""


@pytest.fixture
def shelf() -> Iterator[str]:
    """Where it stands."""
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
    told = {
        name: answer[name]
        for name in ("Content-Type", "X-Content-Type-Options", "Content-Disposition")
        if name in answer
    }
    return Page(bytes(answer.content), {**told, "Content-Security-Policy": policy})


def browsed(browser: Browser, shelf: str, pages: list[Page], *, is_off: bool, reads: bool = False) -> Browsed:
    """Many pages at once, each in a frame; `is_off`: without the policy."""
    asked, fired, reports, read = list[str](), 0, list[str](), list[list[str]]()
    for start in range(0, len(pages), AT_ONCE):
        Shelf.pages = {f"/{number}": one for number, one in enumerate(pages[start : start + AT_ONCE], start=start)}
        frames = "".join(f"<iframe src={place}></iframe>" for place in Shelf.pages)
        Shelf.pages[f"/all-{start}"] = Page(f"<!doctype html>{frames}".encode(), {"Content-Type": "text/html"})
        context = browser.new_context(
            bypass_csp=is_off
        )  # a window for each: after some thousand frames one has no room left
        context.add_init_script(COUNT)
        page = context.new_page()
        page.on("request", lambda one: asked.append(one.url))
        page.on("dialog", lambda one: (asked.append(one.message), one.dismiss()))
        page.goto(f"{shelf}/all-{start}", wait_until="load")
        ran, said = page.evaluate("[fired.length, reports]")
        fired, reports = fired + ran, reports + said
        read += page.evaluate(READ) if reads else []
        context.close()
    elsewhere = [url for url in asked if not url.startswith((shelf, "data:", "blob:"))]
    return Browsed(fired, reports, elsewhere, [text for text, _ in read], [leads for _, leads in read])
