"""Looks of a site: which colours text may have on its pages, light and dark; what may be chosen. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

import yaml

from tram.kernel.verdicts import Invalid
from tram.vietnamese.calendar import CATALOGUE

HEX = re.compile(r"#?([0-9a-f]{6})", re.IGNORECASE | re.ASCII)
LIGHT, DARK = "fdfcf9", "16181b"
"""The ground of public pages (portal.css), on which the colour stands as text and which stands on it."""
USUAL = "a61b1b"
LEAST = 4.5
"""WCAG 2.2, 1.4.3: contrast of text."""
READY_IN_THE_DARK = 7.0
FINEST = 500


class Told(NamedTuple):
    """Diện mạo của một trang: what is empty is taken from the agency above. `colour`: six digits of sixteen."""

    colour: str = ""
    slogan: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Màu có sẵn: its name and its six digits."""

    name: str
    hex: str


@cache
def settled() -> dict[str, Any]:
    """What may be chosen (catalogue/portal_skins.yaml)."""
    with (CATALOGUE / "portal_skins.yaml").open(encoding="utf-8") as stream:
        told: dict[str, Any] = yaml.safe_load(stream)
    return told


def choices() -> list[Choice]:
    """The colours that have names, in the order of the catalogue."""
    return [Choice(one["name"], one["hex"]) for one in settled()["colours"]]


def colour_of(typed: str) -> str:
    """The six digits of a colour as somebody typed it; "" for anything else."""
    found = HEX.fullmatch(typed.strip())
    return found[1].lower() if found else ""


def must_fit(told: Told) -> None:
    """Raise Invalid: for what is no colour, for one that nobody can read, for words that are too long."""
    wrong = {}
    if told.colour and not colour_of(told.colour):
        wrong["colour"] = "Màu viết bằng sáu chữ số hoặc chữ từ a đến f, ví dụ 1b4b8f."
    elif told.colour and contrast(told.colour, LIGHT) < LEAST:
        near = nearest(told.colour)
        wrong["colour"] = (
            f"Chữ màu #{told.colour} trên nền trang chỉ tương phản {figure(contrast(told.colour, LIGHT))}; cần từ 4,5:1 mới đọc"
            f" được. Màu gần nhất đạt: #{near} ({figure(contrast(near, LIGHT))})."
        )
    for name, label in (("slogan", "Dòng giới thiệu"), ("foot", "Dòng chân trang")):
        most, has = settled()["longest"][name], len(getattr(told, name))
        if has > most:
            wrong[name] = f"{label} dài {has} chữ. Viết ngắn lại, nhiều nhất {most} chữ."
    if wrong:
        raise Invalid(wrong)


def digest(told: Told, logo: str) -> str:
    """The hash of what everybody sees; `logo`: the hash of the picture."""
    return sha256("\n".join((*told, logo)).encode()).hexdigest()


def figure(ratio: float) -> str:
    """A contrast as it is read, never rounded up: "4,49:1"."""
    return f"{int(ratio * 100) / 100:.2f}:1".replace(".", ",")


def contrast(one: str, other: str) -> float:
    """Of two colours, from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def nearest(colour: str) -> str:
    """The same hue, as little darker as makes it read on the light ground."""
    return _until(colour, LIGHT, LEAST, towards=0.0)


@cache
def in_the_dark(colour: str) -> str:
    """The same hue, as light as makes it read well on the dark ground."""
    return _until(colour, DARK, READY_IN_THE_DARK, towards=1.0)


def _until(colour: str, ground: str, least: float, towards: float) -> str:
    return next(found for found in _lightness(colour, towards) if contrast(found, ground) >= least)


def _lightness(colour: str, towards: float) -> Iterator[str]:
    """The colour itself, then with its lightness moved to an end step by step, of the same hue (OKLCH)."""
    lightness, a, b = _oklab(_linear(colour))
    yield colour
    for step in range(1, FINEST + 1):
        moved = lightness + (towards - lightness) * step / FINEST
        chroma = 1.0
        while (shown := _shown((moved, a * chroma, b * chroma))) is None and chroma > 0:
            chroma = round(chroma - 0.02, 2)
        yield shown or ("000000" if towards == 0.0 else "ffffff")


def _linear(colour: str) -> tuple[float, float, float]:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklab(linear: tuple[float, float, float]) -> tuple[float, float, float]:
    red, green, blue = linear
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _shown(lab: tuple[float, float, float]) -> str | None:
    """The colour as six digits; None for one that no screen shows."""
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    if not all(-0.0005 <= part <= 1.0005 for part in linear):
        return None
    parts = (min(max(part, 0.0), 1.0) for part in linear)
    encoded = (part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in parts)
    return "".join(f"{round(part * 255):02x}" for part in encoded)
