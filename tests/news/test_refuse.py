"""A file that is no article: each situation has its own sentence, and nothing of it is kept."""

import io
import json
import zipfile
from pathlib import Path
from time import process_time

import pytest

from tests.news.pages import HTML, OLD
from tram.news.queries.reading import articles_as_json, files_of, read_article, read_files
from tram.news.rules.refusals import LARGEST_FILE, SENTENCES


def packed(count: int, name: str = "{}.txt") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        for number in range(count):
            pack.writestr(name.format(number), "")
    return out.getvalue()


SCRIPTED = HTML.replace("<h2>", "<script>alert(1)</script><h2>")
BAD: dict[str, tuple[str, bytes]] = {
    "empty": ("empty", b" \n\n "),
    "fifty megabytes": ("large", b"a" * 50_000_000),
    "many articles in one": ("long", ("Tít bài\n\n" + "Một câu dài của bài báo. " * 9000).encode()),
    "zip of ten thousand": ("packed", packed(10_000)),
    "zip cut off": ("broken_pack", packed(5)[:60]),
    "word": ("word", packed(1, "word/document.xml")),
    "pdf": ("other", b"%PDF-1.4 ..."),
    "picture": ("other", b"\x89PNG\r\n\x1a\n" + bytes(50)),
    "binary": ("other", bytes(range(256)) * 4),
    "data of a program": ("other", b'{"title": "Tit", "body": ["Doan mot", "Doan hai"]}'),
    "binary in utf-8": ("other", "Tít\x01\x02 bài\n\nĐoạn".encode()),
    "cut in a letter": ("cut_letter", OLD.encode()[: OLD.encode().index("Lớp học".encode()) + 2]),
    "cut utf-16": ("cut_letter", OLD.encode("utf-16")[:-1]),
    "cut page": ("cut_page", HTML[: HTML.index("<blockquote>")].encode()),
    "cut tag": ("cut_page", (HTML[: HTML.index('alt="Bưu')]).encode()),
    "cut note": ("cut_page", HTML.replace("<h2>", "<!-- <h2>").encode()),
    "another coding": ("coding", "市の広報が新しい窓口を案内しました。市民は月曜日から使えます。".encode("shift-jis")),
    "script": ("active", SCRIPTED.encode()),
    "handler": ("active", HTML.replace("<img ", "<img onerror=alert(1) ").encode()),
    "javascript address": ("active", HTML.replace("http://example.com/x", " JavaScript:alert(1)").encode()),
    "frame": ("active", HTML.replace("<h2>", "<iframe src=x></iframe><h2>").encode()),
    "refresh": ("active", HTML.replace("<style>", "<meta http-equiv=Refresh content='0;url=x'><style>").encode()),
    "title alone": ("no_article", "Chỉ có tít bài".encode()),
    "furniture alone": ("no_article", "Tít của bài\n\n(Mic.gov.vn) -\n\nĐÁNH GIÁ BÀI VIẾT( 0)".encode()),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_its_sentence_and_nothing_is_left(name: str) -> None:
    expected, data = BAD[name]
    began = process_time()
    read = read_article(data, name)
    assert process_time() - began < 2
    assert (read.error_id, read.reading, read.article) == (expected, None, None)
    assert read.error.endswith(".") and "{" not in read.error


def test_every_sentence_is_met() -> None:
    assert {expected for expected, _ in BAD.values()} | {"missing"} == set(SENTENCES)


def test_the_sentences_say_what_was_found() -> None:
    assert "10.000 tệp" in read_article(BAD["zip of ten thousand"][1]).error
    assert "50 MB" in read_article(BAD["fifty megabytes"][1]).error
    assert "<script>, dòng 5" in read_article(SCRIPTED.encode()).error


@pytest.mark.parametrize("piece", ["<a ", "<!", "<!--", "&#", "<p>", "</", "<table><tr>", "[img]\n", "Ngày 1/1 ", "( "])
def test_a_page_made_to_take_for_ever_is_read_in_little_time(piece: str) -> None:
    page = "<html><body><h1>Tít</h1>" + piece * (50_000 // len(piece)) + "</body></html>"
    began = process_time()
    read_article(page.encode())
    assert process_time() - began < 2


@pytest.mark.parametrize("line", ["a" + " " * 50_000 + "b", "hiệuquả" * 10_000, "tin," * 20_000])
def test_a_line_made_to_take_for_ever_is_read_in_little_time(line: str) -> None:
    began = process_time()
    assert read_article(f"Tít của bài\n\nĐoạn dẫn của bài.\n\n{line}\n".encode()).article
    assert process_time() - began < 2


@pytest.mark.parametrize("before", ['<?xml version="1.0"?>\n', "<!-- saved from url=(0022)http://example.com/ -->\n"])
def test_a_page_below_a_remark_is_a_page_and_does_not_run(before: str) -> None:
    read = read_article((before + HTML).encode())
    assert read.article and read.article.title == "Hội nghị bàn về bưu điện văn hóa xã"
    assert read_article((before + SCRIPTED).encode()).error_id == "active"


def test_a_folder_is_read_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "trong").mkdir()
    (tmp_path / "a.txt").write_text(OLD)
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / ".ẩn.txt").write_text(OLD)
    (tmp_path / "trong" / "b.html").write_text(HTML)
    (tmp_path / "trong" / "c.htm").write_text(SCRIPTED)
    (tmp_path / "to.txt").write_bytes(b"a" * (LARGEST_FILE + 1))
    told = [json.loads(line) for line in articles_as_json(read_files([*files_of(tmp_path), tmp_path / "không có"]))]
    assert [(Path(one["file"]).name, one.get("error_id")) for one in told] == [
        ("a.txt", None),
        ("to.txt", "large"),
        ("b.html", None),
        ("c.htm", "active"),
        ("không có", "missing"),
    ]
