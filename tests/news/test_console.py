"""`tram import-articles`: one object an article on the console."""

import json
import os
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cast import Cast
from tests.news.pages import OLD
from tram.news.models import Article, OldFile
from tram.site.cli import main


def told(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["tram", "import-articles", *words])
    return main()


def test_a_dry_run_prints_one_object_an_article(tmp_path: Path, monkeypatch, capsys) -> None:
    (tmp_path / "a.txt").write_text(OLD)
    (tmp_path / "b.txt").write_text("")
    assert told(monkeypatch, str(tmp_path), "--dry-run", "--json") == 1
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["title"].startswith("Sở Thông tin") and first["changes"][0]["reason"] and second["error_id"] == "empty"


def test_for_people_each_change_is_a_line(tmp_path: Path, monkeypatch, capsys) -> None:
    (tmp_path / "a.txt").write_text(OLD)
    assert told(monkeypatch, str(tmp_path), "--dry-run") == 0
    out = capsys.readouterr().out
    assert "dòng 10, chữ mã cũ (đã làm): “lµnh” viết bằng TCVN3 (ABC), đọc đúng là “lành”." in out
    assert "(đề nghị)" in out


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, monkeypatch, capsys) -> None:
    assert told(monkeypatch, str(tmp_path / "x"), "--dry-run") == 1
    assert "Không có thư mục" in capsys.readouterr().err


def test_without_an_agency_nothing_is_brought_in(tmp_path: Path, monkeypatch, capsys) -> None:
    assert told(monkeypatch, str(tmp_path)) == 1
    assert "Thêm --agency" in capsys.readouterr().err


def test_a_folder_waits_for_the_editors_of_an_agency_each_file_once(cast: Cast, tmp_path: Path, capsys) -> None:
    (tmp_path / "2008").mkdir()
    (tmp_path / "2008/a.txt").write_text(OLD)
    (tmp_path / "b.txt").write_text("")
    for _ in range(2):
        with pytest.raises(SystemExit):
            told_of = {"category": "Tin xã, phường", "also": ["notice", "press"]}
            call_command("take_in_articles", tmp_path, agency="Sở Khoa học và Công nghệ", json=True, **told_of)
        first, second = map(json.loads, capsys.readouterr().out.splitlines())
        assert first["url"].startswith("/tin-bai/bai-cu/") and second == {"file": "b.txt", "error": second["error"]}
    file = OldFile.objects.get()
    assert (file.name, file.state, file.agency, file.brought_by) == (
        "2008/a.txt", "waiting", cast.units["skhcn"], "Hệ thống",
    )  # fmt: skip
    assert (file.category, file.also) == ("commune", ["notice", "press"])
    with pytest.raises(CommandError, match=r"Không có chuyên mục “bia”.*press \(Thông cáo báo chí\)"):
        call_command("take_in_articles", tmp_path, agency="SKHCN", category="bia")
    assert not Article.objects.exists()
    for name, why in (("Sở", "Gõ đủ tên một cơ quan"), ("Khinh khí cầu", "Không có cơ quan nào")):
        with pytest.raises(CommandError, match=why):
            call_command("take_in_articles", tmp_path, agency=name)


def test_a_name_in_an_old_coding_and_a_link_out_of_the_folder_keep_nobody_else_waiting(
    cast: Cast, tmp_path: Path, monkeypatch, capsys
) -> None:
    (tmp_path / "cu").mkdir()
    (tmp_path / "khac.txt").write_text(OLD)
    Path(os.fsdecode(bytes(tmp_path) + b"/cu/b\xb5i.txt")).write_text(OLD.replace("lµnh", "tốt"))
    (tmp_path / "cu/c.txt").symlink_to(tmp_path / "khac.txt")
    call_command("take_in_articles", tmp_path / "cu", agency="Sở Khoa học và Công nghệ", json=True)
    assert [json.loads(line)["file"] for line in capsys.readouterr().out.splitlines()] == ["b\ufffdi.txt"]
    assert OldFile.objects.get().name == "b\ufffdi.txt"
    assert told(monkeypatch, str(tmp_path / "cu"), "--dry-run", "--json") == 0
    assert "b\ufffdi.txt" in capsys.readouterr().out
