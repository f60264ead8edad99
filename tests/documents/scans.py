"""Papers of many pages: letters set as PDFs and put together, as text or as a scanner leaves them."""

import io
import random
from functools import cache

import pypdfium2
import segno
from PIL import Image, ImageChops, ImageDraw

from tests.documents.letters import LETTER, letter, pdf_of
from tram.documents.rules import SEPARATOR

DPI = 150
PAPER = (1240, 1754)


@cache
def long_letter(number: int) -> bytes:
    """A letter of the Sở Tài chính on two pages."""
    more = "\n".join(f"{n}. Sở Tài chính rà soát, báo cáo nội dung thứ {n} trước ngày họp." for n in range(1, 45))
    text = LETTER.format(number=number, matter="rà soát dự toán").replace("Trân trọng", f"{more}\nTrân trọng")
    made = pdf_of(text)
    assert len(pypdfium2.PdfDocument(made)) == 2
    return made


def together(*papers: bytes) -> bytes:
    """PDFs one after the other in one."""
    whole = pypdfium2.PdfDocument.new()
    for paper in papers:
        whole.import_pages(pypdfium2.PdfDocument(paper))
    return saved(whole)


def saved(document: pypdfium2.PdfDocument) -> bytes:
    """The bytes of a document."""
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def drawn(paper: bytes) -> list[Image.Image]:
    """The pages of a PDF as pictures."""
    return [page.render(scale=DPI / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(paper)]


def blank() -> Image.Image:
    """An empty sheet, with the print of its other side shining through."""
    other = drawn(letter())[0].transpose(Image.Transpose.FLIP_LEFT_RIGHT).resize(PAPER)
    return other.point([235 - (255 - grey) // 8 for grey in range(256)])


def separator() -> Image.Image:
    """The code of a separator sheet on paper."""
    code = io.BytesIO()
    segno.make(SEPARATOR, error="h").save(code, kind="png", scale=20)
    sheet = Image.new("L", PAPER, 255)
    sheet.paste(Image.open(code).convert("L").resize((530, 530)), (355, 600))
    return sheet


def scanned(sheet: Image.Image, seed: int) -> Image.Image:
    """The sheet as an old scanner sees it: askew, with dust, noise, a dark edge and the holes of a punch."""
    chance = random.Random(seed)
    seen = sheet.resize(PAPER).rotate(chance.uniform(-1.2, 1.2), fillcolor=235)
    pen = ImageDraw.Draw(seen)
    wide, high = PAPER
    for _ in range(300):
        x, y = chance.randrange(wide), chance.randrange(high)
        pen.rectangle((x, y, x + chance.randrange(2), y + chance.randrange(2)), fill=chance.randrange(40, 120))
    pen.rectangle((0, 0, wide * 0.03, high), fill=20)
    for at in (0.35, 0.6):
        pen.ellipse((wide * 0.04, high * at, wide * 0.07, high * at + wide * 0.03), fill=10)
    noise = Image.effect_noise(PAPER, 24).point([grey // 4 for grey in range(256)])
    return ImageChops.subtract(seen, noise)


def scan(*sheets: Image.Image) -> bytes:
    """The sheets as one scanned PDF."""
    first, *rest = (scanned(sheet, seed) for seed, sheet in enumerate(sheets))
    kept = io.BytesIO()
    first.save(kept, "PDF", save_all=True, append_images=rest, resolution=DPI)
    return kept.getvalue()
