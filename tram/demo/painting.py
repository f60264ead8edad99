"""A picture for articles of the demo: terraces under a morning sky, painted here, so that it is nobody's."""

import io
from math import sin

from PIL import Image, ImageDraw, ImageFilter

SKY, LAST = ((250, 226, 188), (158, 196, 214)), ((150, 186, 178), (38, 84, 58))
WIDE, HIGH, RIDGES = 1440, 960, 9


def _between(first: tuple[int, ...], last: tuple[int, ...], part: float) -> tuple[int, ...]:
    return tuple(round(one + (two - one) * part) for one, two in zip(first, last, strict=True))


def terraces(seed: int = 1) -> bytes:
    """A JPEG of WIDE x HIGH; another `seed` is another valley."""
    sky = Image.new("RGB", (1, 64))
    sky.putdata([_between(SKY[1], SKY[0], row / 63) for row in range(64)])
    picture = sky.resize((WIDE, HIGH), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    across = 260 + 310 * seed % 900
    draw.ellipse((across, 150, across + 120, 270), fill=(255, 244, 214))
    for ridge in range(RIDGES):
        part = ridge / (RIDGES - 1)
        top, swing = 330 + 560 * part**1.25, 90 * (1 - part) + 26
        edge = [
            (x, top + swing * sin(x / (150 + 22 * ridge) + seed * 1.7 + ridge * 2.3) + 14 * sin(x / 37 + ridge))
            for x in range(0, WIDE + 8, 8)
        ]
        draw.polygon([*edge, (WIDE, HIGH), (0, HIGH)], fill=_between(LAST[0], LAST[1], part))
        for line in range(1, 4):
            step = [(x, y + line * (9 + 7 * part)) for x, y in edge]
            draw.line(step, fill=_between(LAST[0], (226, 224, 160), 0.35 + 0.5 * part), width=1 + round(2 * part))
    made = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(0.8)).save(made, "JPEG", quality=86)
    return made.getvalue()


SIDE = 384


def crest(colour: str) -> bytes:
    """A PNG of SIDE x SIDE in shades of a colour: a sun over three ridges; nobody's emblem."""
    shade = tuple(int(colour[place : place + 2], 16) for place in (0, 2, 4))
    picture = Image.new("RGB", (SIDE, SIDE), _between(shade, (255, 255, 255), 0.86))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((212, 62, 300, 150), fill=_between(shade, (255, 226, 150), 0.8))
    for ridge, top in enumerate((196, 252, 312)):
        edge = [(x, top + 34 * sin(x / (58 - 9 * ridge) + 1.9 * ridge)) for x in range(0, SIDE + 4, 4)]
        draw.polygon([*edge, (SIDE, SIDE), (0, SIDE)], fill=_between(shade, (255, 255, 255), 0.55 - 0.25 * ridge))
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()
