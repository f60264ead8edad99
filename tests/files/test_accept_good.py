"""Good files of an office are accepted, whatever program made them and however their names are written."""

import io
import unicodedata
from pathlib import Path

import pypdfium2
import pytest
import typst
import xlsxwriter
from PIL import Image

from tests.files.builders import block, body, docx, docx_parts, jpeg, object_stream, pdf, png, relations, xlsx, zipped
from tram.files.rules.inspecting import Inspected, inspect
from tram.files.rules.refusals import size_text

LETTER = """
#set document(title: "Công văn về bí mật nhà nước và /JavaScript")
#set page(paper: "a4", numbering: "1")
#align(center)[*CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM*]
#link("https://laocai.gov.vn")[Cổng tỉnh] #pagebreak() = Mục 2 #table(columns: 2)[a][b]
"""
NAMES = [
    "153-STTTT-CNTT.pdf",
    "Báo cáo quý I năm 2026 (bản cuối).pdf",
    unicodedata.normalize("NFD", "Quyết định về việc phê duyệt dự toán.pdf"),
    "Kế hoạch & lịch họp, tuần 12; phòng 3.pdf",
    "V.v cấp phép – số 05.2026.pdf",
    "console.pdf",
    "ĐƠN XIN PHÉP.PDF",
    "công   văn  nhiều cách.pdf",
    "không đuôi",
    ".ẩn.pdf",
    "100% hoàn thành +1 #2 'x' = ok!.pdf",
]


def letter(**options: str) -> bytes:
    return typst.compile(LETTER.encode(), **options)


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(0, 0, ["Xã", "Số hồ sơ", 12.5])
        sheet.write_formula(1, 1, '=IF(A1="a|b!c",SUM(B1:B9),0)')
        sheet.write_url(2, 0, "https://laocai.gov.vn", string="Cổng")
        sheet.insert_image(4, 0, "a.png", {"image_data": io.BytesIO(png())})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Số liệu'!$B$1:$B$9"})
        sheet.insert_chart(6, 0, chart)
        sheet.write_comment(0, 0, "ghi chú")
    return out.getvalue()


def picture(kind: str, mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((800, 1100), 40).convert(mode).save(out, kind, **options)
    return out.getvalue()


def phone_photo() -> bytes:
    """A photograph as telephones save it: orientation, preview, a second picture named in the index."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Điện thoại"
    photo = picture("JPEG", exif=exif.tobytes(), dpi=(300, 300), progressive=True)
    return photo[:2] + block(0xE2, b"MPF\0" + b"\0" * 60) + photo[2:] + jpeg() + b"\0" * 64


def chart_letter() -> bytes:
    parts = {"word/embeddings/Sheet1.xlsx": workbook(), "word/charts/chart1.xml": "<c/>"}
    parts |= {"word/charts/_rels/chart1.xml.rels": relations(("package", "../embeddings/Sheet1.xlsx"))}
    return docx(parts)


def field_letter() -> bytes:
    runs = '<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>'
    links = relations(("hyperlink", "https://laocai.gov.vn", "External"), ("hyperlink", "mailto:a@b.vn", "External"))
    return docx({"word/document.xml": body(f"<w:p>{runs}</w:p>"), "word/_rels/document.xml.rels": links})


def resaved() -> bytes:
    """A PDF that another program wrote again, its objects packed."""
    out = io.BytesIO()
    pypdfium2.PdfDocument(letter()).save(out)
    return out.getvalue()


GOOD: dict[str, tuple[str, bytes, str, int | None]] = {
    "letter by typst": ("a.pdf", letter(), "pdf", 2),
    "letter as PDF/A": ("a.pdf", letter(pdf_standards=["a-2b"]), "pdf", 2),
    "letter written again": ("a.pdf", resaved(), "pdf", 2),
    "pdf with packed objects": ("a.pdf", pdf(object_stream(11, b"<</Title(a /JavaScript b)>>")), "pdf", 1),
    "pdf with a word in a text": ("a.pdf", pdf(b"<</Title(a (b) 50% /Launch /JS /AA 1 0 R)>>"), "pdf", 1),
    "pdf that opens at a page": ("a.pdf", pdf(root=b"/OpenAction[1000 0 R/Fit]"), "pdf", 1),
    "pdf with a link to click": ("a.pdf", pdf(b"<</Subtype/Link/A<</S/URI/URI(https://a.vn)>>>>"), "pdf", 1),
    "pdf with blank end": ("a.pdf", pdf() + b"\r\n\0\0", "pdf", 1),
    "pdf of 5,000 pages": ("a.pdf", pdf(pages=5000), "pdf", 5000),
    "word": ("a.docx", docx(), "docx", None),
    "word without packing": ("a.docx", zipped(docx_parts(), stored=True), "docx", None),
    "word with a chart": ("a.docx", chart_letter(), "docx", None),
    "word with fields and links": ("a.docx", field_letter(), "docx", None),
    "word with a large empty table": ("a.docx", docx({"word/document.xml": body("<w:p/>" * 200_000)}), "docx", None),
    "workbook": ("a.xlsx", workbook(), "xlsx", None),
    "small workbook": ("a.xlsx", xlsx(), "xlsx", None),
    "photograph": ("a.jpg", picture("JPEG"), "jpg", 1),
    "photograph in print colours": ("a.JPEG", picture("JPEG", "CMYK"), "jpg", 1),
    "photograph by telephone": ("IMG_2026.jpg", phone_photo(), "jpg", 1),
    "grey scan": ("a.jpg", picture("JPEG", "L"), "jpg", 1),
    "drawing": ("a.png", picture("PNG"), "png", 1),
    "drawing with few colours": ("a.png", picture("PNG", "P", dpi=(300, 300)), "png", 1),
    "black and white scan": ("a.png", picture("PNG", "1"), "png", 1),
    "transparent drawing": ("a.png", picture("PNG", "LA"), "png", 1),
    "text": ("a.txt", "Kính gửi: Ủy ban nhân dân xã\r\n\t- Như trên;".encode(), "txt", None),
    "text with mark": ("a.txt", "\ufeffKính gửi".encode(), "txt", None),
    "wide text": ("a.txt", "Kính gửi".encode("utf-16"), "txt", None),
    "text in an old coding": ("a.txt", "lµnh m¹nh".encode("latin-1"), "txt", None),
}  # fmt: skip


@pytest.mark.parametrize("case", GOOD)
def test_a_good_file_is_accepted(case: str) -> None:
    name, content, kind, pages = GOOD[case]
    found = inspect(io.BytesIO(content), name)
    assert (found.kind, found.pages, found.size) == (kind, pages, len(content))


@pytest.mark.parametrize("name", NAMES)
def test_a_good_name_is_kept_as_people_read_it(name: str) -> None:
    found = inspect(io.BytesIO(pdf()), name)
    assert found.name == unicodedata.normalize("NFC", found.name)
    assert found.name.lower().endswith(".pdf")
    assert "  " not in found.name


def test_a_file_on_disk_and_the_same_stream_are_judged_alike(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(letter())
    by_path, by_stream = inspect(path, "a.pdf"), inspect(io.BytesIO(path.read_bytes()), "a.pdf")
    assert isinstance(by_path, Inspected)
    assert by_path == by_stream


@pytest.mark.parametrize(("size", "text"), [(2_254_857_830, "2,1 GB"), (524_288_000, "500 MB"), (12, "12 byte")])
def test_a_size_is_said_the_vietnamese_way(size: int, text: str) -> None:
    assert size_text(size) == text
