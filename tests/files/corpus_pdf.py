"""Hostile PDFs: what acts, what is hidden, what is broken; each trick in the open, escaped, and packed."""

import zlib

from tests.files.builders import Hostile, docx, object_stream, pdf, stream

JS = b"<</S/JavaScript/JS(app.alert(1))>>"
ACTION = b"/OpenAction 10 0 R"
BLANK = pdf()


def flated(content: bytes, dictionary: bytes = b"/Filter/FlateDecode") -> bytes:
    """A packed stream."""
    return stream(zlib.compress(content, 9), dictionary)


def picture(width: int, height: int) -> bytes:
    """A picture that says it is large."""
    sides = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8" % (width, height)
    return flated(b"x", b"/Filter/FlateDecode" + sides)


def acting() -> list[Hostile]:
    """What acts when the paper is opened or clicked."""
    embedded = b"/Names<</EmbeddedFiles<</Names[(a)10 0 R]>>>>"
    rows: list[tuple[str, bytes, str]] = [
        ("script on opening", pdf(JS, root=ACTION), "pdf_javascript"),
        ("script by name", pdf(JS, root=b"/Names<</JavaScript<</Names[(a)10 0 R]>>>>"), "pdf_javascript"),
        ("script with escaped name", pdf(b"<</S/J#61vaScr#69pt/J#53(a)>>", root=ACTION), "pdf_javascript"),
        ("script in packed objects", pdf(object_stream(11, JS)), "pdf_javascript"),
        ("script on page", pdf(JS, page=b"/AA<</O 10 0 R>>"), "pdf_javascript"),
        ("script after a false comment", pdf(b"% 9 0 obj (\n<</S/JavaScript/JS(a)>>"), "pdf_javascript"),
        ("script behind a false text", pdf(b"<</A(% \\) 9 0 obj)/S/JavaScript/JS(a)>>"), "pdf_javascript"),
        ("script behind a false stream", pdf(b"<</A(>>\nstream\n)/S/JavaScript/JS(a)>>"), "pdf_javascript"),
        ("script inside a stream", pdf(stream(b"\n9 0 obj\n<</S/JavaScript/JS(a)>>\nendobj\n")), "pdf_javascript"),
        ("launch", pdf(b"<</S/Launch/F(cmd.exe)>>", root=ACTION), "pdf_launch"),
        ("launch for Windows", pdf(b"<</S /Launch /Win<</F(cmd.exe)/P(/c calc)>>>>"), "pdf_launch"),
        ("address on opening", pdf(b"<</S/URI/URI(http://a.example)>>", root=ACTION), "pdf_open_link"),
        ("address on opening, inside", pdf(root=b"/OpenAction<</S/URI/URI(http://a.example)>>"), "pdf_open_link"),
        ("address on page", pdf(b"<</S/URI/URI(http://a.example)>>", page=b"/AA<</O 10 0 R>>"), "pdf_open_link"),
        ("address packed", pdf(object_stream(11, b"<</S/URI/URI(a)>>"), root=b"/OpenAction 11 0 R"), "pdf_open_link"),
        ("form sends", pdf(b"<</S/SubmitForm/F(http://a.example)>>"), "pdf_submit"),
        ("form fetches", pdf(b"<</S/ImportData/F(a.fdf)>>"), "pdf_submit"),
        ("goes to another file", pdf(b"<</S/GoToR/F(\\\\\\\\a\\\\b.pdf)/D[0/Fit]>>"), "pdf_remote"),
        ("goes to an embedded file", pdf(b"<</S/GoToE/T<</R/C>>>>"), "pdf_remote"),
        ("embedded file", pdf(stream(b"a", b"/Type/EmbeddedFile"), root=embedded), "pdf_embedded"),
        ("embedded, packed", pdf(object_stream(11, b"<</EmbeddedFiles 9 0 R>>")), "pdf_embedded"),
        ("note with file", pdf(b"<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]>>"), "pdf_attachment_note"),
        ("portfolio", pdf(root=b"/Collection<</View/D>>"), "pdf_portfolio"),
        ("xfa form", pdf(root=b"/AcroForm<</XFA 9 0 R/Fields[]>>"), "pdf_xfa"),
        ("flash", pdf(b"<</Type/Annot/Subtype/RichMedia>>"), "pdf_rich_media"),
        ("film", pdf(b"<</Type/Annot/Subtype/Movie>>"), "pdf_multimedia"),
        ("sound", pdf(b"<</Type/Action/S/Sound>>"), "pdf_multimedia"),
        ("stream elsewhere", pdf(stream(b"", b"/F(http://a.example)/FFilter/FlateDecode")), "pdf_outside_stream"),
    ]
    return [Hostile(label, "a.pdf", content, id) for label, content, id in rows]


def hiding() -> list[Hostile]:
    """Two files in one."""
    rows: list[tuple[str, bytes, str]] = [
        ("page before", b"<html><script>alert(1)</script>" + BLANK, "pdf_late"),
        ("spaces before", b"\n\n" + BLANK, "pdf_late"),
        ("page in a comment", BLANK.replace(b"%\xe2", b"%<script>alert(1)</script>", 1), "pdf_markup"),
        ("php in a comment", BLANK.replace(b"%\xe2", b"%<?php system($_GET[0]);", 1), "pdf_markup"),
        ("page behind", BLANK + b"<script>alert(1)</script>", "pdf_markup"),
        ("php behind", BLANK + b"<?php system($_GET[0]);", "pdf_markup"),
        ("script behind", BLANK + b"*/alert(1)//", "pdf_tail"),
        ("program behind", BLANK + b"MZ\x90\0" * 50, "pdf_tail"),
        ("package behind", BLANK + docx(), "pdf_zip"),
        ("cut in half", BLANK[: len(BLANK) // 2], "pdf_cut"),
        ("cut after an old end", BLANK + BLANK[10:200], "pdf_cut"),
    ]
    return [Hostile(label, "a.pdf", content, id) for label, content, id in rows]


def broken() -> list[Hostile]:
    """What cannot be read, or eats its reader."""
    zeros = zlib.compress(b"\0" * 70_000_000, 9)
    twice = stream(zlib.compress(zeros), b"/Filter[/FlateDecode/FlateDecode]")
    odd = stream(b"xx", b"/Type/ObjStm/N 1/First 4/Filter/LZWDecode")
    missing = pdf().replace(b"/Kids[1000 0 R]/Count 1", b"/Kids[1000 0 R 77 0 R]/Count 2")
    lock = (
        b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>/ID[(0123456789abcdef)(0123456789abcdef)]"
        % (b"o" * 32, b"u" * 32)
    )  # fmt: skip
    rows: list[tuple[str, bytes, str]] = [
        ("no objects", b"%PDF-1.7\nxin chao\nstartxref\n0\n%%EOF\n", "pdf_damaged"),
        ("no pages", pdf(pages=0), "pdf_no_pages"),
        ("missing page", missing, "pdf_page"),
        ("10,000 pages", pdf(pages=10_000), "pdf_many_pages"),
        ("locked", pdf(trailer=lock), "pdf_locked"),
        ("70 MB of zeros", pdf(stream(zeros, b"/Filter/FlateDecode")), "pdf_bomb"),
        ("zeros packed twice", pdf(twice), "pdf_filters"),
        ("objects packed oddly", pdf(odd), "pdf_packing"),
        ("flood of pixels", pdf(picture(50_000, 50_000)), "pdf_picture"),
        ("page of a kilometre", BLANK.replace(b"[0 0 595 842]", b"[0 0 9999999 842]"), "pdf_page_size"),
        ("a thousand doors", pdf(b"<<" + b"/AA 9 0 R" * 5000 + b">>"), "pdf_slow"),
    ]
    return [Hostile(label, "a.pdf", content, id) for label, content, id in rows]
