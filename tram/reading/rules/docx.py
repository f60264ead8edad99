"""Word files (.docx): paragraph by paragraph, the cells of a table in their order."""

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from tram.kernel.verdicts import Invalid
from tram.reading.rules.page import Line
from tram.vietnamese.text import nfc

BODY = "word/document.xml"
LARGEST_BODY = 40_000_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
UNSEEN = {f"{W}del", f"{W}moveFrom", FALLBACK}


def lines_of(data: bytes) -> list[Line]:
    """The lines of the document; raises Invalid (field "file") for what is no plain, safe Word file."""
    try:
        lines = [Line(nfc(text).replace("\xa0", " ")) for text in _texts(_body(data))]
    except RecursionError as error:
        raise Invalid({"file": "Tệp Word lồng quá nhiều lớp. Mở bằng Word, lưu lại rồi tải lên."}) from error
    while lines and not lines[-1].text.strip():
        lines.pop()
    return lines


def _body(data: bytes) -> ElementTree.Element:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "word/vbaProject.bin" in names:
                raise Invalid({"file": "Tệp Word này có macro. Lưu lại dạng .docx rồi tải lên."})
            if BODY not in names:
                raise Invalid({"file": "Tệp phải là PDF, DOCX, TXT, JPG hoặc PNG. Tệp này là ZIP đổi đuôi."})
            with archive.open(BODY) as stream:
                xml = stream.read(LARGEST_BODY + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Invalid({"file": "Không mở được tệp Word. Lưu lại dạng .docx rồi tải lên."}) from error
    if len(xml) > LARGEST_BODY:
        raise Invalid({"file": "Phần chữ của tệp Word lớn hơn 40 MB. Chia nhỏ rồi tải lên."})
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or b"\0" in xml:
        raise Invalid({"file": "Tệp Word chứa khai báo DOCTYPE. Mở bằng Word, lưu lại dạng .docx rồi tải lên."})
    try:
        return ElementTree.fromstring(xml)
    except ElementTree.ParseError as error:
        raise Invalid({"file": "Tệp Word bị hỏng ở phần chữ. Mở bằng Word, lưu lại rồi tải lên."}) from error


def _texts(element: ElementTree.Element) -> Iterator[str]:
    """Each paragraph; a text box drawn inside a paragraph comes before it, as boxes hang over their text."""
    for child in element:
        if child.tag in UNSEEN:
            continue
        yield from _texts(child)
        if child.tag == f"{W}p":
            yield from "".join(_pieces(child)).split("\n")


def _pieces(element: ElementTree.Element) -> Iterator[str]:
    for child in element:
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag not in UNSEEN and child.tag not in (f"{W}p", f"{W}pPr", f"{W}txbxContent"):
            yield from _pieces(child)
