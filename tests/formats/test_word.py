"""The Word file: the decree's measures read back from it, and what people write in Word as blocks."""

import io
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tests.formats.sheets import COPY, DECISION, LETTER, REPORT, RIGHT
from tram.formats.queries import (
    Appendix,
    Block,
    as_docx,
    blocks_of,
    blocks_of_docx,
    check_file,
    text_of_blocks,
    written_in_word,
)
from tram.formats.rules.drawing import kinds
from tram.kernel.verdicts import Invalid

WRITTEN = """I. KẾT QUẢ
1. Kết quả chung
Sở đã rà soát 12 xã theo kế hoạch:
- Xã Y Tý: 12 máy;
a) Một;
Xã | Máy
Y Tý | 12
Sa Pa | 8
Trân trọng./."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 1440 / 25.4


def parts(data: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def told(element: ElementTree.Element, name: str) -> str:
    return element.get(f"{W}{name}") or ""


def paragraph(body: ElementTree.Element, words: str) -> ElementTree.Element:
    return next(one for one in body.iter(f"{W}p") if words in "".join(text.text or "" for text in one.iter(f"{W}t")))


def size(one: ElementTree.Element) -> float:
    return int(told(next(one.iter(f"{W}sz")), "val")) / 2


@pytest.fixture(scope="module")
def letter() -> ElementTree.Element:
    return parts(as_docx(LETTER))["word/document.xml"]


@pytest.mark.parametrize("sheet", RIGHT.values(), ids=RIGHT)
def test_sheet_and_margins_are_those_of_the_decree(sheet) -> None:
    files = parts(as_docx(sheet))
    sections = list(files["word/document.xml"].iter(f"{W}sectPr"))
    assert len(sections) == 1 + len(sheet.appendices)
    for section in sections:
        paper, margin = section.find(f"{W}pgSz"), section.find(f"{W}pgMar")
        assert (round(int(told(paper, "w")) / MM), round(int(told(paper, "h")) / MM)) == (210, 297)
        sides = [round(int(told(margin, side)) / MM) for side in ("top", "bottom", "left", "right")]
        assert sides == [20, 20, 30, 15]
        assert section.find(f"{W}titlePg") is not None, "the first page shows no number"
        assert told(section.find(f"{W}pgNumType"), "start") == "1"
    number = files["word/header1.xml"]
    assert "PAGE" in next(number.iter(f"{W}instrText")).text and told(next(number.iter(f"{W}jc")), "val") == "center"
    assert size(number) == 13
    assert told(next(files["word/styles.xml"].iter(f"{W}rFonts")), "ascii") == "Times New Roman"


def test_the_cells_have_their_sizes(letter) -> None:
    sizes = {
        "CỘNG HÒA": 12, "Độc lập": 13, "UBND TỈNH": 12, "SỞ KHOA": 12, "Số:": 13, "Lào Cai, ngày": 13, "V/v": 12, "KHẨN": 13,
        "Kính gửi": 14, "Trong kỳ": 14, "Nơi nhận": 12, "Như trên": 11, "KT. GIÁM ĐỐC": 14, "Nguyễn Thị": 14, "HĐT.": 11,
    }  # fmt: skip
    for words, wanted in sizes.items():
        assert size(paragraph(letter, words)) == wanted, words
    assert paragraph(letter, "Lào Cai, ngày").find(f".//{W}i") is not None
    assert paragraph(letter, "UBND TỈNH").find(f".//{W}b") is None


def test_paragraphs_are_set_as_the_decree_says(letter) -> None:
    running = paragraph(letter, "Trong kỳ").find(f"{W}pPr")
    assert told(running.find(f"{W}jc"), "val") == "both"
    assert int(told(running.find(f"{W}ind"), "firstLine")) / MM == pytest.approx(12.7, abs=0.1)
    spacing = running.find(f"{W}spacing")
    assert int(told(spacing, "after")) / 20 >= 6 and 240 <= int(told(spacing, "line")) <= 360


def test_rules_are_a_third_to_a_half_of_their_line() -> None:
    body = parts(as_docx(DECISION))["word/document.xml"]
    lengths = []
    for cell, wide in ((body.findall(f".//{W}tc")[0], 69 * MM), (body.findall(f".//{W}tc")[1], 96 * MM)):
        side = told(cell.findall(f"{W}p")[-1].find(f"{W}pPr/{W}ind"), "left")
        lengths.append((wide - 2 * int(side)) / MM)
    assert 29 / 3 <= lengths[0] <= 31 / 2, "TỈNH LÀO CAI is about 30 mm long"
    assert lengths[1] == pytest.approx(56, abs=3), "as long as the motto"


def test_the_urgency_box_is_twenty_by_eight(letter) -> None:
    box = next(one for one in letter.iter(f"{W}tbl") if one.find(f"{W}tblPr/{W}jc") is not None)
    assert round(int(told(box.find(f"{W}tblPr/{W}tblW"), "w")) / MM) == 20
    assert round(int(told(box.find(f".//{W}trHeight"), "val")) / MM) == 8


def test_the_same_sheet_gives_the_same_file() -> None:
    assert as_docx(REPORT) == as_docx(REPORT)
    landscape = as_docx(replace(DECISION, appendices=(Appendix("Bảng", (Block(text="Một."),), is_landscape=True),)))
    sizes = [told(one, "orient") for one in parts(landscape)["word/document.xml"].iter(f"{W}pgSz")]
    assert sizes == ["", "landscape"]
    assert "SAO Y" in "".join(one.text or "" for one in parts(as_docx(COPY))["word/document.xml"].iter(f"{W}t"))


def test_signs_of_xml_are_letters() -> None:
    sheet = replace(LETTER, subject="phối hợp BCVT & CNTT <2026>", contact="A & B")
    words = " ".join(one.text or "" for one in parts(as_docx(sheet))["word/document.xml"].iter(f"{W}t"))
    assert "BCVT & CNTT" in words and "<2026>" in words


def docx(body: str, numbering: str = "") -> bytes:
    out = io.BytesIO()
    space = f'xmlns:w="{W[1:-1]}"'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        if numbering:
            archive.writestr("word/numbering.xml", f"<w:numbering {space}>{numbering}</w:numbering>")
    return out.getvalue()


def line(words: str, listed: str = "") -> str:
    return f"<w:p><w:pPr>{listed}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def level(at: int, form: str, words: str) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{words}"/></w:lvl>'


def test_numbers_that_word_counts_by_itself_are_kept() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="4">{level(0, "decimal", "Điều %1.")}{level(1, "decimal", "%2.")}'
        f'{level(2, "lowerLetter", "%3)")}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="4"/></w:num>'
    )
    of = [f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="7"/></w:numPr>' for at in range(3)]
    text = [
        line("Phạm vi", of[0]), line("Quy định này áp dụng cho các sở.", of[1]), line("Cho các xã.", of[1]), line("Xã biên giới;", of[2]),
        line("Xã khác.", of[2]), line("Hiệu lực", of[0]), line("Từ ngày ký.", of[1]),
    ]  # fmt: skip
    found = blocks_of_docx(docx("".join(text), numbering))
    assert [(one.kind, one.number) for one in found] == [
        ("article", "1"), ("clause", "1"), ("clause", "2"), ("point", "a"), ("point", "b"), ("article", "2"), ("clause", "1"),
    ]  # fmt: skip
    assert found[0].title == "Phạm vi" and found[1].text == "Quy định này áp dụng cho các sở."


def test_a_table_stays_a_table_and_columns_side_by_side_are_lines() -> None:
    edge = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{line(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (("STT", "Tên"), ("1", "Xã A"))
    )
    found = blocks_of_docx(docx(f"{line('Kết quả:')}<w:tbl>{edge}{rows}</w:tbl><w:tbl>{rows}</w:tbl>"))
    assert found[1].rows == (("STT", "Tên"), ("1", "Xã A"))
    assert [one.kind for one in found].count("table") == 1


def test_what_is_no_word_file_is_refused() -> None:
    for data in (b"Kinh gui", b"PK\x03\x04nothing", docx("<!DOCTYPE x>")):
        with pytest.raises(Invalid):
            blocks_of_docx(data)


def test_measures_of_a_foreign_word_file_are_judged() -> None:
    files = {name: ElementTree.tostring(part) for name, part in parts(as_docx(REPORT)).items()}
    text = as_docx(REPORT)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(text)) as old, zipfile.ZipFile(out, "w") as new:
        for name in files:
            part = old.read(name).decode()
            part = part.replace('w:left="1701"', 'w:left="1134"').replace("Times New Roman", "Arial")
            part = part.replace('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')
            new.writestr(name, part)
    found = {one.rule: one for one in check_file(out.getvalue(), "bc.docx").findings}
    assert set(found) == {"margins", "font", "paper_size"}
    assert found["margins"].said == "20 mm" and found["margins"].fix == "30 mm" and found["font"].said == "Arial"


def test_a_typed_text_is_cut_into_blocks() -> None:
    text = (
        "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi điều chỉnh\n1. Quy định này nói về văn thư.\na) Văn bản đi;\nb) Văn bản đến.\n"
        "Mục 1. QUẢN LÝ\nĐiều 2. Quy định có hiệu lực từ ngày ký.\nI. KẾT QUẢ\n- Đã làm xong.\n+ Việc nhỏ;\n"
        "STT\tTên\n1\tXã A\nQUYẾT NGHỊ:\nđoạn văn thường"
    )
    found = [(one.kind, one.number, one.title or one.text) for one in blocks_of(text) if one.kind != "table"]
    assert found == [
        ("chapter", "I", "QUY ĐỊNH CHUNG"), ("article", "1", "Phạm vi điều chỉnh"), ("clause", "1", "Quy định này nói về văn thư."),
        ("point", "a", "Văn bản đi;"), ("point", "b", "Văn bản đến."), ("section", "1", "QUẢN LÝ"),
        ("article", "2", "Quy định có hiệu lực từ ngày ký."), ("heading", "I", "KẾT QUẢ"), ("bullet", "", "Đã làm xong."),
        ("bullet", "+", "Việc nhỏ;"), ("centred", "", "QUYẾT NGHỊ:"), ("paragraph", "", "đoạn văn thường"),
    ]  # fmt: skip
    assert [one.rows for one in blocks_of(text) if one.kind == "table"] == [(("STT", "Tên"), ("1", "Xã A"))]


@pytest.mark.parametrize("kind", [one for one in kinds() if not kinds()[one]["form"].startswith("3.")])
def test_a_page_of_any_kind_comes_back_from_word_as_it_went(kind: str) -> None:
    decides = kind in ("decision", "resolution")
    text = "Điều 1. Duyệt kế hoạch.\nĐiều 2. Giao Văn phòng./." if decides else WRITTEN
    calls = ("Sở Tài chính", "Sở Nội vụ") if kind in ("official_letter", "telegram", "proposal", "invitation") else ()
    sheet = replace(
        LETTER, kind=kind, notation="SKHCN", subject="Rà soát dự toán năm 2027", addressees=calls, body=blocks_of(text),
        grounds=("Căn cứ Luật Ngân sách nhà nước",) if decides else (), appendices=(),
        authority="Giám đốc Sở Khoa học và Công nghệ" if decides or kind == "telegram" else "",
    )  # fmt: skip
    found = written_in_word(as_docx(sheet), "van-ban.docx")
    assert (found.subject, found.grounds, found.body) == (sheet.subject, sheet.grounds, text)


def test_a_text_without_a_head_is_all_body_with_its_numbers_and_tables() -> None:
    row = f"<w:tr>{'<w:tc><w:p><w:r><w:t>ô</w:t></w:r></w:p></w:tc>' * 2}</w:tr>"
    edge = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
    found = written_in_word(docx(f"{line('Kết quả rà soát:')}<w:tbl>{edge}{row * 2}</w:tbl>"))
    assert (found.is_whole, found.body) == (False, "Kết quả rà soát:\nô | ô\nô | ô")
    hollow = Block("table", rows=(("", "Máy"), ("Y Tý", "")))
    assert blocks_of(text_of_blocks((hollow,))) == (hollow,)
