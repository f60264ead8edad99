"""A copy on paper: the block of the copy under the last words of the paper that is copied (Phụ lục I, Phần II, Mục II)."""

import io
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import Image

MM = 72 / 25.4
BOTTOM_MARGIN, APART = 20 * MM, 10 * MM
PALEST_INK = 190


def copied(original: pdfium.PdfDocument, block: pdfium.PdfDocument) -> bytes:
    """The original's pages with the block on the last of them, or on a sheet of its own where there is no room."""
    last = original[len(original) - 1]
    upper, lower = _inked(block[0])
    _top, words_end = _inked(last)
    is_upright_a4 = (
        abs(last.get_width() - 210 * MM) < 3 and abs(last.get_height() - 297 * MM) < 3 and not last.get_rotation()
    )
    if is_upright_a4 and words_end + APART + (lower - upper) <= last.get_height() - BOTTOM_MARGIN:
        drawn = block.page_as_xobject(0, original).as_pageobject()
        drawn.transform(pdfium.PdfMatrix().translate(0, upper - words_end - APART))
        last.insert_obj(drawn)
        last.gen_content()
    else:
        original.import_pages(block)
    out = io.BytesIO()
    original.save(out)
    return out.getvalue()


def picked(original: pdfium.PdfDocument, pages: Sequence[int]) -> bytes:
    """Those pages alone, counted from 1, for an extract."""
    made, out = pdfium.PdfDocument.new(), io.BytesIO()
    made.import_pages(original, [page - 1 for page in pages])
    made.save(out)
    return out.getvalue()


def _inked(page: pdfium.PdfPage) -> tuple[float, float]:
    """Where ink begins and ends, in points from the upper edge; an empty page has none."""
    image: Image.Image = page.render(scale=1, grayscale=True).to_pil()
    box = image.point([255 if shade < PALEST_INK else 0 for shade in range(256)]).getbbox()
    return (float(box[1]), float(box[3])) if box else (0.0, 0.0)
