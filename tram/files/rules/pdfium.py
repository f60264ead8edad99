"""A program of its own that opens PDFs and pictures, so that a bad one ends this process and no other.

Run as `python -I pdfium.py`; it imports nothing of the house and reads requests from its input, one line of JSON each.
Every request is answered by a fork that limits itself before it opens the file, with one line of JSON or, when the file
ended it, an empty line. So what is slow to load is loaded once, and no file meets what another left behind.
"""

import ctypes
import io
import json
import os
import resource
import sys
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

Image.MAX_IMAGE_PIXELS = None

MEMORY = 2 * 1024 * 1024 * 1024
OUTPUT = 32 * 1024 * 1024
QUALITIES = (82, 66, 50, 40, 30)
FEW_COLOURS = 4096
PASSWORD = 4


def limit(seconds: int) -> None:
    """This process may not eat memory, time, or disk."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def probe_pdf(path: str, most: int) -> dict[str, Any]:
    """Pages, and the first page that has no size; what pdfium itself knows of locks, scripts and attachments."""
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadDocument(path.encode(), None)
    if not document:
        return {"locked": pdfium.FPDF_GetLastError() == PASSWORD, "opened": False}
    pages = pdfium.FPDF_GetPageCount(document)
    size = pdfium.FS_SIZEF()
    bad, large = 0, None
    for index in range(min(pages, most)):
        if not pdfium.FPDF_GetPageSizeByIndexF(document, index, ctypes.byref(size)):
            bad = index + 1
            break
        if large is None and max(size.width, size.height) > 14400:
            large = [index + 1, round(size.width * 0.352778), round(size.height * 0.352778)]
    return {
        "opened": True,
        "pages": pages,
        "bad_page": bad,
        "large_page": large,
        "restricted": pdfium.FPDF_GetSecurityHandlerRevision(document) >= 0,
        "scripts": pdfium.FPDFDoc_GetJavaScriptActionCount(document),
        "attachments": pdfium.FPDFDoc_GetAttachmentCount(document),
        "form": pdfium.FPDF_GetFormType(document),
    }


def probe_picture(path: str) -> dict[str, Any]:
    """Whether a picture can be read to its last row."""
    try:
        with Image.open(path) as picture:
            picture.draft("RGB", (64, 64))
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        return {"opened": False, "why": str(error)}
    return {"opened": True}


def draw(path: str, kind: str, page: int, width: int, out: str, most: int) -> dict[str, Any]:
    """Draw one page `width` pixels wide, in at most `most` bytes where quality allows."""
    if kind == "pdf":
        picture = _drawn_page(path, page, width)
    else:
        with Image.open(path) as opened:
            opened.draft("RGB", (width, width))
            picture = _on_white(ImageOps.exif_transpose(opened))
    height = max(1, round(picture.height * width / picture.width))
    if picture.width > width:
        picture = picture.resize((width, min(height, 4 * width)), Image.Resampling.LANCZOS)
    with open(out, "wb") as file:
        file.write(_small_drawing(picture, most) or _small_photograph(picture, most))
    return {"opened": True, "width": picture.width, "height": picture.height}


def _small_drawing(picture: Any, most: int) -> bytes:
    """A page of letters and lines has few colours: as a PNG of even fewer it stays sharp. Empty when it does not fit."""
    colours = picture.getcolors(FEW_COLOURS)
    if colours is None:
        return b""
    grey = all(max(colour) - min(colour) < 8 for _count, colour in colours)
    drawn = io.BytesIO()
    (picture.convert("L").quantize(16) if grey else picture.quantize(64)).save(drawn, "PNG", optimize=True)
    return drawn.getvalue() if drawn.tell() <= most else b""


def _small_photograph(picture: Any, most: int) -> bytes:
    """Everything else is a JPEG, in the best quality that fits."""
    for quality in QUALITIES:
        drawn = io.BytesIO()
        picture.save(drawn, "JPEG", quality=quality, optimize=True, progressive=True)
        if drawn.tell() <= most:
            break
    return drawn.getvalue()


def _on_white(picture: Any) -> Any:
    """Transparent pictures stand on white paper."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGB", picture.size, "white")
        paper.paste(picture, mask=picture.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _drawn_page(path: str, page: int, width: int) -> Any:
    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()  # else signatures and filled fields, which are parts of a form, would not be drawn
        sheet = document[page - 1]
        across, down = sheet.get_size()
        scale = min(width / max(across, 1), 4 * width / max(down, 1))
        return sheet.render(scale=scale, rev_byteorder=True).to_pil().convert("RGB")


def answer(words: list[str]) -> None:
    """`probe KIND PATH SECONDS MOST` or `draw KIND PATH SECONDS MOST PAGE WIDTH OUT`."""
    verb, kind, path, seconds, most = words[:5]
    limit(int(seconds))
    if verb == "draw":
        found = draw(path, kind, int(words[5]), int(words[6]), words[7], int(most))
    else:
        found = probe_pdf(path, int(most)) if kind == "pdf" else probe_picture(path)
    sys.stdout.write(json.dumps(found))


def serve() -> None:
    """Answer until the input ends, which it does when whoever asks is gone."""
    for line in sys.stdin:
        if os.fork() == 0:
            try:
                answer(json.loads(line))
                sys.stdout.flush()
            finally:
                os._exit(0)
        os.wait()
        sys.stdout.write("\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
