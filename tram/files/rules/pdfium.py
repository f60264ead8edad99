"""A program of its own that opens PDFs, pictures and sounds, so that a bad one ends this process and no other.

Run as `python -I pdfium.py`; it imports nothing of the house but the readers of sounds, and reads requests from its input, one line of JSON each.
Every request is answered by a fork that limits itself before it opens the file, with one line of JSON or, when the file
ended it, an empty line. So what is slow to load is loaded once, and no file meets what another left behind.
"""

import ctypes
import io
import json
import os
import resource
import select
import sys
from importlib import import_module
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageOps

from tram.files.rules.sounding import rewritten
from tram.files.rules.sounds import Unsound

Image.MAX_IMAGE_PIXELS = None

IDLE_SECONDS = 120
"""A program that nobody asks for so long ends: it holds some 14 MB, and starting again takes a quarter of a second."""
MEMORY = 2 * 1024 * 1024 * 1024
OUTPUT = 32 * 1024 * 1024
QUALITIES = (82, 66, 50, 40, 30)
KEPT_QUALITY = 88
FEW_COLOURS = 4096
PASSWORD = 4
LOOKED_WIDE = 1240
"""An A4 page at 150 dpi: strokes of print are two pixels wide, specks of dust are less."""
SIDE, TOP = 0.08, 0.06
"""Parts of width and height that are not looked at: dark edges of a scan, holes of a punch, page numbers."""
DARKER = 64
"""By how much of 255 ink is darker than its paper; print that shines through from the other side is not."""
LEAST_INK = 0.0003
"""A code is looked for where there is at least this much of ink."""
PARTS = (2, 3, 1)
"""How much smaller a page is made before a code is looked for: noise hides one size of a code in a thousand, not all."""


def limit(seconds: int, output: int = OUTPUT) -> None:
    """This process may not eat memory, time, or disk (`output` bytes)."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
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
    picture.info.clear()  # a comment of the camera, as of where it stood, would be written along
    with open(out, "wb") as file:
        file.write(_small_drawing(picture, most) or _small_photograph(picture, most))
    return {"opened": True, "width": picture.width, "height": picture.height}


def redraw(path: str, out: str, longest: int) -> dict[str, Any]:
    """Write a picture anew as pixels, the way it was held, at most `longest` of them a side; nothing else goes along."""
    with Image.open(path) as opened:
        opened.draft("RGB", (longest, longest))
        picture = _on_white(ImageOps.exif_transpose(opened))
    picture.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    picture.info.clear()
    is_drawing = picture.getcolors(FEW_COLOURS) is not None
    with open(out, "wb") as file:
        if is_drawing:
            picture.save(file, "PNG", optimize=True)
        else:
            picture.save(file, "JPEG", quality=KEPT_QUALITY, optimize=True, progressive=True)
    return {"opened": True, "kind": "png" if is_drawing else "jpg"}


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


def look(path: str, first: int, last: int) -> dict[str, Any]:
    """Of each page from `first` to `last`: the share of it that is ink, and the words of a square code on it ("" = none)."""
    find = _finder()
    pages = []
    for page in range(first, last + 1):
        picture = _drawn_page(path, page, LOOKED_WIDE).convert("L")
        ink = _ink(picture)
        pages.append([round(ink, 6), find(picture) if ink > LEAST_INK else ""])
    return {"opened": True, "pages": pages}


def _ink(picture: Any) -> float:
    """Part of the page inside its margins that is darker than the paper; what fills no cell of 3 x 3 by half is a speck."""
    wide, high = picture.size
    across, down = int(wide * SIDE), int(high * TOP)
    inner = picture.crop((across, down, wide - across, high - down))
    counts = inner.histogram()
    paper = max(range(256), key=counts.__getitem__)
    cells = inner.point([255 if grey < paper - DARKER else 0 for grey in range(256)]).reduce(3)
    return float(sum(cells.histogram()[128:]) / (cells.width * cells.height))


def _finder() -> Any:
    """Reads square codes where OpenCV is installed; elsewhere no page bears one."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    try:
        cv2, numpy = import_module("cv2"), import_module("numpy")
    except ImportError:
        return lambda picture: ""
    cv2.setNumThreads(1)
    detector = cv2.QRCodeDetector()

    def find(picture: Any) -> str:
        for part in PARTS:
            small = picture.resize((picture.width // part, picture.height // part), Image.Resampling.BOX)
            try:
                words, corners, _code = detector.detectAndDecode(numpy.asarray(small))
            except (cv2.error, UnicodeDecodeError):
                return ""
            if words or corners is None:
                return str(words)[:200]
        return ""

    return find


def cut(path: str, pages: list[int], out: str) -> dict[str, Any]:
    """Write these pages (from 1), as they are, into a PDF of their own."""
    with pypdfium2.PdfDocument(path) as document, pypdfium2.PdfDocument.new() as part:
        part.import_pages(document, [page - 1 for page in pages])
        part.save(out)
    return {"opened": True}


def sound(path: str, kind: str, longest: int, out: str = "") -> dict[str, Any]:
    """How long a sound is, or why it is refused; with `out` it is written there anew."""
    try:
        found = rewritten(path, kind, longest)
    except Unsound as refused:
        return {"refused": refused.id, "facts": refused.facts}
    if out:
        with open(out, "wb") as file:
            file.write(found.content)
    return {"seconds": found.seconds}


def answer(words: list[str]) -> None:
    """`VERB KIND PATH SECONDS MOST` and: nothing for `probe`; PAGE WIDTH OUT for `draw`; FIRST LAST for `look`; PAGES OUT
    for `cut`, where MOST are the bytes it may write; OUT LONGEST for `redraw`;
    of a sound, MOST are the seconds it may last, and OUT is for `resound`."""
    verb, kind, path, seconds, most = words[:5]
    limit(int(seconds), int(most) if verb == "cut" else OUTPUT)
    if verb == "draw":
        found = draw(path, kind, int(words[5]), int(words[6]), words[7], int(most))
    elif verb == "look":
        found = look(path, int(words[5]), int(words[6]))
    elif verb == "redraw":
        found = redraw(path, words[5], int(words[6]))
    elif verb == "cut":
        found = cut(path, [int(page) for page in words[5].split(",")], words[6])
    elif kind in ("mp3", "m4a", "ogg"):
        found = sound(path, kind, int(most), *words[5:])
    else:
        found = probe_pdf(path, int(most)) if kind == "pdf" else probe_picture(path)
    sys.stdout.write(json.dumps(found))


def serve() -> None:
    """Answer until the input ends, which it does when whoever asks is gone, or rests for long."""
    while select.select([sys.stdin.buffer], [], [], IDLE_SECONDS)[0]:
        line = sys.stdin.buffer.readline()
        if not line:
            return
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
