"""Template tags and filters of the skin: icons, days, numbers, stamps, deadline chips, idempotency keys."""

import re
import uuid
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.template import Context, defaulttags
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.template.defaulttags import CsrfTokenNode, URLNode
from django.utils import timezone
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SPRITE = Path(__file__).parent.parent / "static" / "web" / "icons.svg"
URGENCIES = {"1": ("KHẨN", ""), "2": ("THƯỢNG KHẨN", "double"), "3": ("HỎA TỐC", "flash-urgent")}
URGENCY_WORDS = {"khẩn": "1", "urgent": "1", "thượng khẩn": "2", "very_urgent": "2", "hỏa tốc": "3", "express": "3"}
SOON_DAYS = 2
SOON_SHARE = 0.2


@cache
def shapes() -> dict[str, str]:
    """Name of each icon -> its SVG shapes, read once from the sprite."""
    text = SPRITE.read_text(encoding="utf-8")
    return dict(re.findall(r'<symbol id="([a-z-]+)">(.+?)</symbol>', text))


def icon(name: str) -> SafeString:
    """A stroke icon; words beside it carry the meaning, so it is hidden from screen readers.

    The shape stands in the page itself: no request, and fragments carry their icons along. KeyError for an unknown name.
    """
    # Shapes come from our own sprite, never from input.
    return mark_safe(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">{shapes()[name]}</svg>')


class Icon(template.Node):
    """An icon whose name is known when the page is shown."""

    def __init__(self, name: FilterExpression) -> None:
        self.name = name

    def render(self, context: Context) -> str:
        """Its shape."""
        return icon(self.name.resolve(context))


@register.tag("icon")
def icon_tag(parser: Parser, token: Token) -> template.Node:
    """An icon by its name: one written in the template is a part of its text, for a page shows some forty."""
    _, given = token.split_contents()
    name = parser.compile_filter(given)
    return Icon(name) if name.filters or not isinstance(name.var, str) else TextNode(icon(name.var))


class Fixed(template.Node):
    """An address that takes no key, looked up once: it stays while the program runs, and every page shows its menu."""

    def __init__(self, node: URLNode) -> None:
        self.node, self.found = node, ""

    def render(self, context: Context) -> str:
        """The address; "" where it was asked for `as` a name, which then holds it."""
        name = self.node.asvar
        if not self.found:
            told = self.node.render(context)
            self.found = context[name] if name else told
        if not name:
            return self.found
        context[name] = self.found
        return ""


@register.tag("url")
def url(parser: Parser, token: Token) -> template.Node:
    """Django's own; what takes no key is not looked up anew each time."""
    node = defaulttags.url(parser, token)
    named = node.view_name
    return node if node.args or node.kwargs or named.filters or not isinstance(named.var, str) else Fixed(node)


class Csrf(CsrfTokenNode):
    """Django's own, put together once a page: a list has a form in every row."""

    def render(self, context: Context) -> str:
        """The hidden field."""
        if "csrf" not in context.render_context:
            context.render_context["csrf"] = super().render(context)
        told: str = context.render_context["csrf"]
        return told


@register.tag("csrf_token")
def csrf_token(_parser: Parser, _token: Token) -> template.Node:
    """The field that proves that a form is ours."""
    return Csrf()


@register.simple_tag
def idempotency() -> SafeString:
    """The hidden key that makes a POST count once, however often it is sent. Put it beside {% csrf_token %}."""
    # A key of our own making, without a letter to escape.
    return mark_safe(f'<input type="hidden" name="idempotency_key" value="{uuid.uuid4()}">')


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


@register.filter
def ngay(value: date | datetime | None) -> str:
    """dd/mm/yyyy, in local time; "" for None."""
    if not value:
        return ""
    return f"{_local(value) if isinstance(value, datetime) else value:%d/%m/%Y}"


@register.filter
def gio(value: datetime | None) -> str:
    """HH:MM, in local time; "" for None."""
    return f"{_local(value):%H:%M}" if value else ""


@register.filter
def ngay_gio(value: datetime | None) -> str:
    """14:05 ngày 12/03/2026; "" for None."""
    return f"{gio(value)} ngày {ngay(value)}" if value else ""


@register.filter
def so(value: int | float | Decimal | None) -> str:
    """A number as Vietnamese write it: 1.234,5; a float keeps at most two decimals; "" for None."""
    if value is None:
        return ""
    if isinstance(value, float):
        text = f"{value:,.2f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:,}"
    return text.translate(str.maketrans(",.", ".,"))


@register.filter
def co_tep(size: int | None) -> str:
    """A file's size in bytes as people say it: 240 KB, 8,4 MB, 2,1 GB."""
    if size is None:
        return ""
    for unit, share in (("GB", 1024**3), ("MB", 1024**2)):
        if size >= share:
            return f"{so(round(size / share, 1))} {unit}"
    return f"{so(max(1, round(size / 1024)))} KB"


@register.filter
def gach(struck: Mapping[str, list[str]], field: str) -> SafeString:
    """What stood in a field of a row before it was corrected, struck through."""
    return (
        format_html_join("", "<del>{}</del> ", ((old,) for old in struck[field])) if field in struck else SafeString()
    )


@register.filter
def slip_line(field: Any) -> str:
    """Classes of a form field's line on the slip."""
    return "line bad" if field.errors else "line"


class Chip(StrEnum):
    """Trạng thái hạn: which of the deadline chips."""

    LATE, SOON, FINE, PAUSED, DONE, DONE_LATE, NONE = "late", "soon", "fine", "paused", "done", "done-late", "none"


CHIP_ICONS = {
    Chip.LATE: "warn",
    Chip.SOON: "clock",
    Chip.FINE: "clock",
    Chip.PAUSED: "pause",
    Chip.DONE: "check",
    Chip.DONE_LATE: "check",
    Chip.NONE: "",
}


def _part(row: object, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)


def _is_soon(days: int, period: int | None) -> bool:
    return days <= SOON_DAYS or bool(period and days <= period * SOON_SHARE)


@register.simple_tag
def deadline(row: object) -> SafeString:
    """The chip of a deadline: colour, icon and words.

    `row` is a mapping or object with: `due_on` (date or None), `today` (date), `days_left` (working days from today,
    or from `done_on` when done, to `due_on`; its sign is ignored when late), and where known `done_on`, `period_days`
    (length of the whole period in working days) and `paused` (why the clock stands still).
    """
    due, done, paused = _part(row, "due_on"), _part(row, "done_on"), _part(row, "paused")
    days = abs(_part(row, "days_left") or 0)
    late = bool(due and (done or _part(row, "today")) > due)
    if done:
        chip, words = (
            (Chip.DONE_LATE, f"Xong, trễ {days} ngày" if days else "Xong, trễ") if late else (Chip.DONE, "Xong")
        )
    elif paused:
        chip, words = Chip.PAUSED, "Chờ bổ sung" if paused is True else str(paused)
    elif not due:
        chip, words = Chip.NONE, "Không hạn"
    elif late:
        chip, words = Chip.LATE, f"Quá hạn {days} ngày" if days else "Quá hạn"
    else:
        chip = Chip.SOON if _is_soon(days, _part(row, "period_days")) else Chip.FINE
        words = f"Còn {days} ngày" if days else "Hạn hôm nay"
    # Lists bear one in every row: a template of its own would cost ten times as much, each `format_html` twice.
    day = ngay(due)
    title, heard = (f' title="Hạn {day}"', f'<span class="vh">, hạn {day}</span>') if due else ("", "")
    drawn = icon(CHIP_ICONS[chip]) if CHIP_ICONS[chip] else ""
    return mark_safe(f'<span class="state {chip.value}"{title}>{drawn}{conditional_escape(words)}{heard}</span>')


@register.simple_tag
def stamp(urgency: object) -> SafeString:
    """The urgency stamp; nothing for an ordinary paper.

    `urgency` is 0..3 as in edXML (normal, khẩn, thượng khẩn, hỏa tốc), or its name in Vietnamese or English.
    """
    name = str(getattr(urgency, "value", urgency) or "").lower()
    words, shape = URGENCIES.get(URGENCY_WORDS.get(name, name), ("", ""))
    return format_html('<span class="stamp {}">{}</span>', shape, words) if words else SafeString()
