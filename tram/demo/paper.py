"""A letter on paper: as the tagged PDF that an office issues, and as the scan of a paper copy."""

import json
from dataclasses import asdict
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from time import struct_time
from typing import cast

import pypdfium2
import typst
from PIL import Image, ImageChops, ImageFilter

from tram.demo.days import dateline
from tram.demo.letters import LetterFact

STAMPS = {"normal": "", "urgent": "KHẨN", "very_urgent": "THƯỢNG KHẨN", "flash": "HỎA TỐC"}
DOTS_PER_INCH = 200


def as_pdf(fact: LetterFact) -> bytes:
    """The letter as a tagged A4 PDF in the layout of Nghị định 30/2020/NĐ-CP, Phụ lục I."""
    chance = Random(f"{fact.code} {fact.signer_name}")
    page = asdict(fact) | {
        "issued_on": fact.issued_on.isoformat(),
        "due_on": None,
        "dateline": dateline(fact.place, fact.issued_on),
        "urgency": STAMPS[fact.urgency],
        "hand": [chance.randint(-6, 6), chance.randint(3, 8), chance.randint(-4, 3), chance.randint(6, 12)],
    }
    made = _compiler().compile(sys_inputs={"fact": json.dumps(page, ensure_ascii=False)}, format="pdf")
    return cast(bytes, made)


def as_scan(fact: LetterFact) -> bytes:
    """The same letter as an office scanner gives it: a grey PDF without text, slightly askew, with grain, 200 dpi."""
    chance = Random(fact.code)
    with pypdfium2.PdfDocument(as_pdf(fact)) as document:
        pages = [_scanned(page.render(scale=DOTS_PER_INCH / 72).to_pil(), chance) for page in document]
    made_on = struct_time((*fact.issued_on.timetuple()[:3], 8, 0, 0, 0, 1, 0))
    out = BytesIO()
    first, *rest = pages
    first.save(out, "PDF", save_all=True, append_images=rest, resolution=DOTS_PER_INCH, quality=72,
               creationDate=made_on, modDate=made_on)  # fmt: skip
    return out.getvalue()


def printed(order: tuple[LetterFact, str]) -> bytes:
    """One letter as a file; nothing for one that came on paper alone."""
    fact, form = order
    if form == "paper":
        return b""
    return as_scan(fact) if form == "scan" else as_pdf(fact)


def _scanned(page: Image.Image, chance: Random) -> Image.Image:
    grey = page.convert("L").rotate(chance.uniform(-0.9, 0.9), Image.Resampling.BICUBIC, fillcolor=255)
    grain = Image.frombytes("L", grey.size, chance.randbytes(grey.width * grey.height))
    grain = grain.filter(ImageFilter.BoxBlur(1)).point([value * 24 // 255 for value in range(256)])
    return ImageChops.subtract(grey.filter(ImageFilter.GaussianBlur(0.5)), grain)


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(str(Path(__file__).parent / "templates" / "demo" / "letter.typ"))
