"""The files of the skin: small enough for a slow line, free of inline code, in the house's words."""

import gzip
import re
import unicodedata

import pytest
from django.template.loader import get_template

from tests.web.stage import WEB
from tram.web.templatetags.tram import shapes

STATIC = WEB / "static" / "web"
TEMPLATES = sorted((WEB / "templates" / "web").glob("*.html"))
BANNED = re.compile(r"không hợp lệ|vui lòng|rất tiếc", re.IGNORECASE)
BUDGET = 12 * 1024


@pytest.mark.parametrize("name", ["tram.css", "tram.js", "uploads.js"])
def test_style_and_script_fit_a_slow_line(name: str) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes())) <= BUDGET


def test_both_fonts_together_stay_under_70_kilobytes_and_carry_their_licence() -> None:
    assert sum(font.stat().st_size for font in (STATIC / "fonts").glob("*.woff2")) <= 70 * 1024
    assert "SIL Open Font License" in (STATIC / "fonts" / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_carries_inline_code_or_style(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"""\sstyle=|\son[a-z]+=["']|<style|hx-on|javascript:""", text, re.IGNORECASE)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize(
    "path", [*TEMPLATES, *STATIC.glob("[tu]*.js"), STATIC / "tram.css"], ids=lambda path: path.name
)
def test_every_word_is_composed_and_none_is_banned(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text(encoding="utf-8")
    assert text == unicodedata.normalize("NFC", text)
    assert not BANNED.search(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_template_parses_and_names_icons_that_exist(path) -> None:  # type: ignore[no-untyped-def]
    get_template(f"web/{path.name}")
    assert set(re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8"))) <= set(shapes())


@pytest.mark.parametrize("name", ["tram.js", "uploads.js"])
def test_the_scripts_never_evaluate_text(name: str) -> None:
    text = (STATIC / name).read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|document\.write|setAttribute\(\"style", text)
