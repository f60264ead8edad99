"""Scans of letters that bear a stamp, as a scanner gives them at 200 dpi."""

import io
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont

from tests.reading.generated import letter
from tests.reading.printed import pdf_of

RED, BLACK = (200, 30, 30), (20, 20, 20)
FONTS = Path("/usr/share/fonts/truetype")
FACES = ("liberation/LiberationSerif-Bold.ttf", "dejavu/DejaVuSerif-Bold.ttf")


def scan(
    seed: int,
    stamp: str = "",
    *,
    colour: tuple[int, int, int] = RED,
    size: int = 34,
    angle: float = 0,
    form: str = "JPEG",
) -> bytes:
    """One generated letter with a framed stamp under its number; grey paper, perhaps turned by some degrees."""
    page = pypdfium2.PdfDocument(pdf_of(letter(seed)))[0].render(scale=200 / 72).to_pil().convert("RGB")
    if stamp:
        _press(page, stamp, colour, size)
    page = page.rotate(angle, fillcolor=(255, 255, 255), resample=Image.Resampling.BICUBIC)
    file = io.BytesIO()
    page.save(file, form, quality=85, resolution=200)
    return file.getvalue()


def _press(page: Image.Image, stamp: str, colour: tuple[int, int, int], size: int) -> None:
    draw, face = ImageDraw.Draw(page), next(FONTS / one for one in FACES if (FONTS / one).exists())
    font = ImageFont.truetype(str(face), size)
    at = (int(0.16 * page.width), int(0.165 * page.height))
    left, top, right, bottom = draw.textbbox(at, stamp, font=font)
    frame = (left - 14, top - 10, right + 14, bottom + 10)
    draw.rectangle(frame, fill="white")
    draw.rectangle(frame, outline=colour, width=3)
    draw.text(at, stamp, font=font, fill=colour)
