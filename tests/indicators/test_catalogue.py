"""The catalogue of indicators: whole; a faulty file is told with its place and leaves the others standing."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tram.indicators.rules.catalogue import NEEDED, PLACE, Faulty, indicators, indicators_of, read

ROW = dict.fromkeys(NEEDED, "chữ") | {"code": "a_b", "type": "integer", "kind": "flow"}


def test_every_indicator_of_every_file_can_be_read() -> None:
    rows = [row for file in PLACE.glob("*.yaml") for row in yaml.safe_load(file.read_text("utf-8"))["indicators"]]
    assert set(indicators()) == {row["code"] for row in rows} and len(rows) == 28


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"type": "số"}, "chỉ tiêu thứ 1: type là một trong integer"),
        ({"unit": None}, "thiếu mục “unit”"),
        ({"đơn vị": "x"}, "không có mục “đơn vị”"),
        ({"precision": 9}, "precision là số chữ số thập phân"),
        ({"most": "nhiều"}, "most phải là một số"),
        ({"most": "1e400"}, "most phải là một số, không quá"),
        ({"least": "nan"}, "least phải là một số"),
        ({"code": "a b"}, "code chỉ gồm"),
        ({"name": "数"}, "name phải có chữ"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(change: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Faulty, match=sentence) as told:
        indicators_of("x.yaml", {"group": "Nhóm", "indicators": [ROW | change]}, {})
    assert str(told.value).startswith("indicators/x.yaml")


def test_two_of_one_code_and_files_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(Faulty, match="thứ 2: mã hoặc tên “a_b” đã có"):
        indicators_of("x.yaml", {"group": "Nhóm", "indicators": [ROW, ROW]}, {})
    for text in ("a: [", "- 1", "order: x"):
        (tmp_path / "y.yaml").write_text(text)
        with pytest.raises(Faulty, match="indicators/y.yaml"):
            read(tmp_path / "y.yaml")
    with pytest.raises(Faulty, match="cần group"):
        indicators_of("x.yaml", {"indicators": []}, {})
