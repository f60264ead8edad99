"""Scanned letters: pictures and PDFs without text, also crooked and grey ones."""

import difflib
import io
import math
import sys

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from tests.reading.generated import letter
from tests.reading.printed import pdf_of
from tram.kernel.verdicts import Invalid
from tram.reading.queries import read_letter, text_of
from tram.reading.rules.engines import ReaderEnded, Tesseract, TrueOcr, lines_of_table
from tram.reading.rules.scans import cleaned
from tram.reading.sockets import engines

ONE = letter(2)


def picture(angle: float = 0.0, noise: float = 0.0) -> Image.Image:
    """The letter as a scanner gives it at 200 dpi, turned by some degrees, with grain and a shadow at the left."""
    page = pypdfium2.PdfDocument(pdf_of(ONE))[0].render(scale=200 / 72).to_pil().convert("L")
    page = page.rotate(angle, fillcolor=255, resample=Image.Resampling.BICUBIC)
    grain = np.random.default_rng(1).normal(0, noise, (page.height, page.width))
    shadow = np.linspace(0.8, 1, page.width) if noise else np.ones(page.width)
    return Image.fromarray((np.asarray(page) * shadow + grain).clip(0, 255).astype(np.uint8))


def jpeg(page: Image.Image) -> bytes:
    file = io.BytesIO()
    page.save(file, "JPEG", quality=85)
    return file.getvalue()


@pytest.fixture(scope="module")
def scans() -> dict[str, bytes]:
    as_pdf = io.BytesIO()
    picture().save(as_pdf, "PDF", resolution=200)
    return {"clean.jpg": jpeg(picture()), "bad.jpg": jpeg(picture(1.8, 20)), "scan.pdf": as_pdf.getvalue()}


@pytest.mark.parametrize("name", ["clean.jpg", "bad.jpg", "scan.pdf"])
def test_a_scan_gives_number_date_kind_and_signer(scans: dict[str, bytes], name: str) -> None:
    found = read_letter(scans[name], name)
    read = found.as_json()
    for key in ("number", "symbol", "kind", "date", "signer_name", "issuer"):
        assert read[key] == ONE.fields[key], key
    assert (found.text.source, found.text.engine, found.text.pages) == ("ocr", "trueocr", 1)
    assert difflib.SequenceMatcher(None, str(read["subject"]), str(ONE.fields["subject"])).ratio() > 0.85


def test_the_place_of_a_field_is_found_on_a_crooked_page(scans: dict[str, bytes]) -> None:
    printed = read_letter(pdf_of(ONE), "a.pdf").fields.signer_name.place
    crooked = read_letter(scans["bad.jpg"], "bad.jpg").fields.signer_name.place
    assert printed and crooked and printed.box and crooked.box
    high_by_wide, turn = math.sqrt(2), math.radians(1.8)
    across, down = printed.box.centre - 0.5, (printed.box.middle - 0.5) * high_by_wide
    expected = (
        0.5 + across * math.cos(turn) + down * math.sin(turn),
        0.5 + (down * math.cos(turn) - across * math.sin(turn)) / high_by_wide,
    )
    assert abs(crooked.box.centre - expected[0]) < 0.012 and abs(crooked.box.middle - expected[1]) < 0.012


def test_cleaning_levels_the_lines_and_takes_the_shadow_away() -> None:
    page, angle = cleaned(picture(-2.0, 20))
    assert abs(angle - 2.0) <= 0.3
    assert np.asarray(page)[:, :60].mean() > 250


def test_an_unknown_reader_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="chưa có bộ đọc chữ khac"):
        text_of(jpeg(picture()), "a.jpg", engine="khac")


def test_a_huge_picture_is_refused_before_it_is_unpacked() -> None:
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    with pytest.raises(Invalid, match="80 triệu điểm"):
        text_of(file.getvalue(), "to.png")


def test_two_columns_in_one_line_of_tesseract_are_cut_apart() -> None:
    head = "level\tblock_num\tpar_num\tline_num\tleft\ttop\twidth\theight\tconf\ttext\n"
    words = [(100, 30, "UBND"), (190, 4, "-"), (280, 30, "TỈNH"), (600, 30, "CỘNG"), (700, 30, "HÒA")]
    table = head + "".join(f"5\t1\t1\t1\t{left}\t50\t80\t{high}\t90\t{word}\n" for left, high, word in words)
    lines = lines_of_table(table, 1000, 1000, 0.0)
    assert [(line.text, line.sure) for line in lines] == [("UBND - TỈNH", 0.9), ("CỘNG HÒA", 0.9)]
    assert lines[0].box == (0.1, 0.05, 0.36, 0.08)


def test_tesseract_reads_where_it_is_installed(scans: dict[str, bytes]) -> None:
    if not Tesseract().ready():
        pytest.skip("Máy chưa có Tesseract: apt install tesseract-ocr-vie")
    read = read_letter(scans["bad.jpg"], "bad.jpg", engine="tesseract").as_json()
    assert (read["number"], read["date"], read["kind"]) == tuple(ONE.fields[key] for key in ("number", "date", "kind"))


def test_the_reader_ends_with_all_its_memory_when_no_page_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    """It begins again with the next page, and says the same of it; struck while it reads it is told, and begins again."""
    monkeypatch.setattr("tram.reading.rules.engines.SECONDS_AWAKE", 0.3)
    reader, page = TrueOcr(), picture().crop((0, 100, 1654, 400))
    first = reader.read(page)
    program = reader._program
    assert first and program and program.wait(10) == 0 and "trueocr" not in sys.modules
    assert reader.read(page.convert("L")) == first and reader._program is not program
    monkeypatch.setattr("tram.reading.rules.engines.SECONDS_A_PAGE", 0)
    with pytest.raises(ReaderEnded):
        reader.read(page)
    monkeypatch.undo()
    assert reader.read(page) == first


def test_both_readers_are_plugged_in() -> None:
    assert [name for name, _ in engines.items()] == ["trueocr", "tesseract"]
