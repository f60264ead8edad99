"""A stage for the skin: a template shown in Chromium under the real policy, with answers that a test gives."""

import mimetypes
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Page, Request, Route

from tests.journeys.axe import violations
from tram.kernel import clock
from tram.kernel.actors import ANONYMOUS, Actor, Hat
from tram.web import style

WEB = Path(style.__file__).parent
POLICY = "; ".join(
    f"{name} {' '.join(parts)}" for name, parts in settings.CONTENT_SECURITY_POLICY["DIRECTIVES"].items()
)
HAT = Hat(5, "Văn thư", 2, "Văn phòng", 1, "Sở Khoa học và Công nghệ", (), date(2020, 1, 1))
HOA = Actor(account=1, name="Lê Thị Hoa", hats=(HAT,), acting=HAT)
MENU = [
    ("Việc của tôi", "inbox", 12),
    ("Văn bản đến", "letter-in", 63),
    ("Văn bản đi", "letter-out", None),
    ("Sổ", "book", None),
]
NAV = [
    {"url": f"/muc-{place}", "label": label, "icon": icon, "count": count, "current": place == 1}
    for place, (label, icon, count) in enumerate(MENU)
]
Answer = Callable[[Request], tuple[int, str]]


def render(template: str, **context: object) -> str:
    """The template as the clerk Hoa would get it."""
    request = RequestFactory().get("/")
    request.actor, request.at = ANONYMOUS, clock.now()  # type: ignore[attr-defined]
    return render_to_string(template, {"actor": HOA, "nav": NAV, "hats": [], **context}, request)


class Stage:
    """One page in the browser; every request of it is answered here and remembered."""

    def __init__(self, page: Page, html: str, **answers: Answer) -> None:
        self.page, self.html, self.answers = page, html, answers
        self.asked: list[Request] = []
        self.trouble: list[str] = []
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda line: self.trouble.append(line.text) if line.type == "error" else None)
        page.route("**/*", self._answer)
        page.goto("http://tram.test/")

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path.startswith(settings.STATIC_URL):
            file = WEB / "static" / path.removeprefix(settings.STATIC_URL)
            route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file)[0] or "font/woff2")
            return
        name = path.strip("/")
        if name not in self.answers:
            route.fulfill(
                body=self.html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY}
            )
            return
        self.asked.append(route.request)
        status, body = self.answers[name](route.request)
        route.fulfill(status=status, body=body, content_type="text/html; charset=utf-8")

    def focused(self) -> str:
        """Id or words of what holds the cursor."""
        return str(self.page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()"))

    def violations(self) -> list[str]:
        """What axe finds, one line each."""
        return violations(self.page)


def body(content: str) -> str:
    """A bare page of the shell around some HTML."""
    return render("web/base.html").replace("</main>", f"<h1>Trang</h1>{content}</main>")
