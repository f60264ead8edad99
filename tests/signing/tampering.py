"""What attackers do to a signed PDF: each takes its bytes and gives back others. Nothing here needs a key."""

import io
from collections.abc import Callable

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

Attack = Callable[[bytes], bytes]


def _updated(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """An incremental update behind the signed revisions."""
    writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def flipped(content: bytes) -> bytes:
    """One bit of what page one draws."""
    page = PdfFileReader(io.BytesIO(content)).root["/Pages"]["/Kids"][0]
    at = content.index(page["/Contents"].encoded_data) + 60
    return content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]


def _stream(writer: IncrementalPdfFileWriter, words: bytes) -> generic.IndirectObject:
    return writer.add_object(generic.StreamObject(stream_data=words))


def overwritten(content: bytes) -> bytes:
    """Another content stream for page one: the shadow attack "replace"."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page, _ = writer.find_page_for_modification(0)
        page.get_object()[pdf_name("/Contents")] = _stream(writer, b"0 0 1 rg 50 50 300 300 re f")
        writer.mark_update(page)

    return _updated(content, change)


def annotated(content: bytes) -> bytes:
    """A note laid over the text."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        page, _ = writer.find_page_for_modification(0)
        note = generic.DictionaryObject({
            pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(side) for side in (60, 600, 400, 700)),
            pdf_name("/Contents"): pdf_string("Đồng ý cấp 900 triệu đồng"), pdf_name("/DA"): pdf_string("/Helv 12 Tf 0 g"),
        })  # fmt: skip
        writer.register_annotation(page, writer.add_object(note))

    return _updated(content, change)


def with_a_page_more(content: bytes) -> bytes:
    """A page put behind the signed ones."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        leaf = generic.DictionaryObject({
            pdf_name("/Type"): pdf_name("/Page"), pdf_name("/Parent"): writer.root.raw_get("/Pages"),
            pdf_name("/MediaBox"): generic.ArrayObject(generic.NumberObject(side) for side in (0, 0, 595, 842)),
            pdf_name("/Contents"): _stream(writer, b"1 0 0 rg 100 100 200 200 re f"),
        })  # fmt: skip
        pages["/Kids"].append(writer.add_object(leaf))
        pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) + 1)
        writer.update_container(pages)

    return _updated(content, change)


def refilled(content: bytes) -> bytes:
    """Another number in the field that the seal has locked."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        for reference in writer.root["/AcroForm"]["/Fields"]:
            field = reference.get_object()
            if field.get("/T") == "so":
                field[pdf_name("/V")] = pdf_string("99/SKHCN-BCVT")
                writer.update_container(field)

    return _updated(content, change)


def unsealed(content: bytes) -> bytes:
    """The seal's field emptied, so that only the person's signature shows."""

    def change(writer: IncrementalPdfFileWriter) -> None:
        for reference in writer.root["/AcroForm"]["/Fields"]:
            field = reference.get_object()
            if field.get("/T") == "co_quan":
                del field["/V"]
                writer.update_container(field)

    return _updated(content, change)


def wrapped(content: bytes) -> bytes:
    """Signature wrapping: the signed bytes moved away, other bytes in their place, the range pointing to the old ones."""
    range_at = content.index(b"/ByteRange")
    start, end = content.index(b"[", range_at) + 1, content.index(b"]", range_at)
    first, one, second, two = (int(word) for word in content[start:end].split())
    shift = len(content)
    moved = f"{first} {one} {second + shift} {two}".encode().ljust(end - start)[: end - start]
    forged = content[:start] + moved + content[end:]
    return forged + b"\n" + content


ATTACKS: dict[str, tuple[Attack, str]] = {
    "flipped": (flipped, "Nội dung đã bị sửa sau khi ký"),
    "overwritten": (overwritten, "sửa nội dung trang"),
    "annotated": (annotated, "thêm hoặc sửa chú thích"),
    "a page more": (with_a_page_more, "thêm hoặc bớt trang"),
    "refilled": (refilled, "sửa ô đã khóa"),
}
