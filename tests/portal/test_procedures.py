"""Procedures stand in the catalogue: each file is sound, what is wrong is told in a sentence, what is unsure is shown as unsure."""

import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tram.portal.rules import procedures as rules
from tram.portal.rules.procedures import PLACE, Faulty, Procedure, found, procedure_of, procedures

GAMES = "/cong/thu-tuc/cap-diem-tro-choi-dien-tu"
FIELDS = {"press": ("Báo chí", "Sở")}
SOUND = {
    "name": "Họp báo", "field": "press", "level": "province", "who": "Ai cũng được", "papers": ["Thông báo"], "days": "24 giờ",
    "fee": "Không thu", "where": ["Trung tâm"], "result": "Trả lời", "law": [],
}  # fmt: skip
WRONG: list[tuple[Any, str]] = [
    (None, "phải là các dòng “tên: nội dung”"),
    ({"papers": []}, "ít nhất một giấy tờ"),
    ({"papers": "Đơn"}, "phải là một danh sách"),
    ({"field": "space"}, "không có trong fields.yaml. Chọn một trong press"),
    ({"level": "district"}, "phải là province hoặc commune"),
    ({"days": 10}, "số thì đặt trong ngoặc kép"),
    ({"fee": {"text": "1 đồng", "unverified": "có"}}, "unverified là true hoặc false"),
    ({"fee": {"text": "1 đồng", "source": "?"}}, "không có phần “source”"),
    ({"name": " "}, "phải là tên thủ tục"),
    ({"deadline": "10 ngày"}, "không có mục “deadline”"),
]


def read_all() -> list[Procedure]:
    fields = rules.fields_of(rules._read(PLACE / "fields.yaml"))
    return [procedure_of(place.parent.name, rules._read(place), fields) for place in PLACE.glob("*/procedure.yaml")]


def test_every_file_of_the_catalogue_is_sound_and_has_an_address() -> None:
    all_of_them = read_all()
    assert 8 <= len(all_of_them) == len(procedures())
    assert all(re.fullmatch(r"[a-z0-9-]{3,80}", one.slug) for one in all_of_them)
    codes = [one.code.text for one in all_of_them if one.code.text]
    assert len(set(codes)) == len(codes) and all(re.fullmatch(r"\d\.\d{6}", code) for code in codes)


@pytest.mark.parametrize(("change", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_what_is_wrong_in_a_file_is_told_in_a_sentence(change: Any, sentence: str) -> None:
    assert procedure_of("hop-bao", SOUND, FIELDS).days.text == "24 giờ"
    with pytest.raises(Faulty, match=re.escape(sentence)) as told:
        procedure_of("hop-bao", change and SOUND | change, FIELDS)
    assert str(told.value).startswith("hop-bao: ")


def test_a_missing_part_is_named_and_a_faulty_file_hides_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Faulty, match="thiếu mục “fee”"):
        procedure_of("hop-bao", {name: told for name, told in SOUND.items() if name != "fee"}, FIELDS)
    for name, text in (("tot", json.dumps(SOUND)), ("hong", "name: [")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "procedure.yaml").write_text(text)
    (tmp_path / "fields.yaml").write_text("fields: [{code: press, name: Báo chí, by: Sở}]")
    monkeypatch.setattr(rules, "PLACE", tmp_path)
    with caplog.at_level(logging.ERROR):
        assert set(procedures.__wrapped__()) == {"tot"}
    assert "hong/procedure.yaml: không đọc được YAML" in caplog.text


def test_procedures_are_found_with_and_without_marks_by_code_and_by_field() -> None:
    assert found("TRÒ CHƠI cấp lại") == found("tro choi cap lai") == found("2.001786")
    assert {one.field for one in found("bao chi")} == {"press"} and not found("khinh khí cầu")


@pytest.mark.django_db
def test_readers_see_what_they_need_and_what_is_unsure(cast: Cast, reader: Client) -> None:
    page = reader.get("/cong/thu-tuc").content.decode()
    assert page.index("Báo chí") < page.index("Bưu chính") and GAMES in page
    page = reader.get("/cong/tim/thu-tuc?ten=xuat ban").content.decode()
    assert "tai-lieu-khong-kinh-doanh" in page and GAMES not in page and "noindex" in page
    page = reader.get("/cong/tim/thu-tuc?ten=<script>").content.decode()
    assert "Không có thủ tục nào" in page and "<script>" not in page.replace("<script type", "")
    page = reader.get(GAMES).content.decode()
    for words in ("Mẫu 51a", "10 ngày làm việc", "có nơi công bố 15 ngày", "Cấp xã", "2.001885", "Không thu"):
        assert words in page, words
    assert 'href="https://dichvucong.gov.vn"' in page and page.count("đang đối chiếu") == 2
    told = json.loads(page.partition('ld+json">')[2].partition("</script>")[0])
    assert told["@type"] == "GovernmentService" and told["url"].endswith(GAMES)
    assert reader.get("/cong/thu-tuc/khong-co").status_code == 404
    for words in ("cap lai tro choi dien tu", "2.001786"):
        page = reader.get(f"/cong/tim?q={words}").content.decode()
        assert '<h2 id="thu-tuc">Thủ tục</h2>' in page and "/cong/thu-tuc/cap-lai-diem-tro-choi-dien-tu" in page, words
    page = reader.get("/cong/tim?q=giay phep buu chinh").content.decode()
    assert "Từ 20 đến 30 ngày làm việc · đang đối chiếu" in page and "ngoài các mục trên" in page
    for words, url in (("lich lam viec cua lanh dao", "/cong/lich-tuan"), ("phản ánh kiến nghị", "/cong/hoi-dap/hoi")):
        page = reader.get(f"/cong/tim?q={words}").content.decode()
        assert page.partition('id="trang"')[2].partition("<li>")[2].startswith(f'<a href="{url}"'), words
    assert 'id="thu-tuc"' not in reader.get("/cong/tim?q=tro choi&muc=van-ban").content.decode()
    assert GAMES in reader.get("/cong/so-do/trang.xml").content.decode()
