"""Pictures of every screen at 1280 and 390 px, for docs/screens: taken when TRAM_SCREENS names a folder."""

import io
import os
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from tests.journeys.province import Province
from tests.journeys.screens import DESK, KEYS, PASSWORDS, PHONE, SCREENS, Screen

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PAPERS = {
    "in-phieu-giai-quyet": "Phiếu giải quyết văn bản đến", "in-so-1": "Sổ đăng ký văn bản đến: bìa",
    "in-so-2": "Sổ đăng ký văn bản đến: trang 1",
}  # fmt: skip
COLOURS, TALLEST = 96, 1900


def keep(png: bytes, place: Path) -> None:
    """A picture in few colours, no taller than three windows, as WebP without loss."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture = picture.crop((0, 0, picture.width, min(picture.height, TALLEST)))
    picture.quantize(COLOURS, dither=Image.Dither.NONE).convert("RGB").save(place, "WEBP", lossless=True, method=4)


def look(page: Page, screen: Screen) -> bytes:
    """The screen as it stands after its act."""
    if screen.is_print:
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 718, "height": 1000})
    elif not page.locator("dialog[open], details.menu[open], .trio").count() or _width(page) < 700:
        grow(page)
    page.evaluate("for (const image of document.images) image.loading = 'eager'")
    for _ in range(100):
        if page.evaluate("[...document.images].every((image) => image.complete)"):
            break
        page.wait_for_timeout(60)
    page.wait_for_timeout(250)
    return page.screenshot()


def grow(page: Page) -> None:
    """Make the window as tall as the page, so that what sticks to its foot stands at the foot."""
    is_open = page.locator("dialog[open], details.menu[open]").count() > 0
    tall = page.evaluate("document.documentElement.scrollHeight")
    if not is_open:
        size = page.viewport_size or DESK
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(tall, TALLEST))})
    page.evaluate("scrollTo(0, 0)")


def _width(page: Page) -> int:
    return (page.viewport_size or DESK)["width"]


def paper(content: bytes, number: int = 0) -> bytes:
    """A page of a PDF as a picture."""
    out = io.BytesIO()
    pypdfium2.PdfDocument(content)[number].render(scale=1.3).to_pil().save(out, "PNG")
    return out.getvalue()


def test_pictures_of_every_screen(browser: Browser, live_server: Any) -> None:
    if not os.environ.get("TRAM_SCREENS"):
        pytest.skip("Đặt TRAM_SCREENS=<thư mục> để chụp mọi màn hình")
    folder, only = Path(os.environ["TRAM_SCREENS"]), os.environ.get("TRAM_SCREENS_ONLY", "").split()
    folder.mkdir(parents=True, exist_ok=True)
    province = Province(letters=90)
    KEYS.update(province.keys)
    PASSWORDS.update(province.passwords)
    troubles: list[str] = []
    for screen in [one for one in SCREENS if not only or one.name in only]:
        for size in (DESK, PHONE):
            context = province.enter(browser, live_server.url, screen.who, viewport=size, has_touch=size == PHONE)
            context.set_default_timeout(6000)
            try:
                page = context.new_page()
                page.goto(screen.address.format(**KEYS))
                if screen.act:
                    screen.act(page)
                keep(look(page, screen), folder / f"{screen.name}-{size['width']}.webp")
            except Exception as error:
                troubles.append(f"{screen.name} {size['width']}: {str(error)[:300]}")
            context.close()
    papers(province.enter(browser, live_server.url, "hoa"), folder)
    (folder / "README.md").write_text(gallery(), "utf-8")
    assert not troubles, "\n".join(troubles)


def papers(context: Any, folder: Path) -> None:
    """What Trạm prints: the book's cover and first page, and the slip of one document."""
    slip = context.request.get("/van-ban-den/{closed}/phieu-giai-quyet.pdf".format(**KEYS))
    keep(paper(slip.body()), folder / "in-phieu-giai-quyet.webp")
    page = context.new_page()
    page.goto("/so/incoming/{year}".format(**KEYS))
    with page.expect_download() as download:
        page.get_by_role("button", name="In sổ").click()
    book = Path(download.value.path()).read_bytes()
    for number in (0, 1):
        keep(paper(book, number), folder / f"in-so-{number + 1}.webp")
    context.close()


def gallery() -> str:
    """The page that shows them all."""
    lines = [
        "# Mọi màn hình của Trạm",
        "",
        "Chụp trên tỉnh mẫu ở 1280 px (máy bàn) và 390 px (điện thoại). Chụp lại:",
        "",
    ]
    lines += ["```sh", "TRAM_SCREENS=docs/screens .venv/bin/pytest tests/journeys/test_screens.py", "```", ""]
    for screen in SCREENS:
        lines += [f"## {screen.title}", ""]
        lines += [f'<img src="{screen.name}-1280.webp" width="640" alt="{screen.title}, máy bàn">']
        lines += [f'<img src="{screen.name}-390.webp" width="195" alt="{screen.title}, điện thoại">', ""]
    lines += ["## Năm bài cũ: tệp gốc, xem lại, trên cổng", ""]
    lines += [f'<img src="bai-cu-00{number}.webp" width="820" alt="Bài cũ {number + 1}">' for number in range(5)]
    lines += ["", "## Giấy in", ""]
    for name, title in PAPERS.items():
        lines += [f'<img src="{name}.webp" width="420" alt="{title}">']
    return "\n".join(lines) + "\n"
