"""The map of provinces and communes is whole, joined to its past, and written in one way."""

import csv
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

AREAS = Path(__file__).parents[2] / "catalogue" / "areas"
FILES = {
    "provinces": 34,
    "communes": 3321,
    "former_provinces": 63,
    "former_districts": 696,
    "former_communes": 10035,
    "province_changes": 63,
    "commune_changes": 10602,
}


def rows(name: str) -> list[dict[str, str]]:
    with (AREAS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def full(row: dict[str, str]) -> str:
    return f"{row['kind'].capitalize()} {row['name']}"


@pytest.mark.parametrize(("name", "count"), FILES.items())
def test_each_file_has_every_row_once_and_in_order(name, count):
    found = rows(name)
    keys = [tuple(row.values()) for row in found]
    assert len(found) == count
    assert keys == sorted(keys) and len(set(keys)) == count
    if "changes" not in name:
        assert len({row["code"] for row in found}) == count


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_nfc_and_trimmed(name):
    text = (AREAS / f"{name}.csv").read_text(encoding="utf-8")
    assert unicodedata.normalize("NFC", text) == text
    assert all(cell and cell == " ".join(cell.split()) for row in rows(name) for cell in row.values())


def test_the_files_stay_small():
    assert sum(path.stat().st_size for path in AREAS.iterdir()) < 1_500_000


def test_communes_are_of_three_kinds():
    assert Counter(row["kind"] for row in rows("communes")) == {"xã": 2621, "phường": 687, "đặc khu": 13}


def test_every_old_commune_and_island_district_became_a_new_one():
    changes = rows("commune_changes")
    islands = {row["former"] for row in changes if len(row["former"]) == 3}
    assert {row["former"] for row in changes} - islands == {row["code"] for row in rows("former_communes")}
    assert islands == {"318", "471", "498", "536", "755"} <= {row["code"] for row in rows("former_districts")}
    assert {row["code"] for row in changes} == {row["code"] for row in rows("communes")}


def test_an_undivided_commune_has_one_successor_and_a_divided_one_has_a_main_one():
    shares: dict[str, list[str]] = {}
    for row in rows("commune_changes"):
        shares.setdefault(row["former"], []).append(row["share"])
    patterns = {tuple(sorted(found)) for found in shares.values()}
    assert ("whole",) in patterns
    assert all(found[0] == "main" and set(found[1:]) == {"part"} for found in patterns - {("whole",)})


def test_a_commune_never_left_the_province_its_old_one_merged_into():
    province = {row["code"]: row["province"] for row in rows("communes")}
    district = {row["code"]: row["province"] for row in rows("former_districts")}
    former = {row["code"]: district[row["district"]] for row in rows("former_communes")} | district
    merged = {(row["former"], row["code"]) for row in rows("province_changes")}
    assert {(former[row["former"]], province[row["code"]]) for row in rows("commune_changes")} <= merged


def test_lao_cai_is_lao_cai_and_yen_bai_with_ninety_nine_communes():
    merged = {row["former"] for row in rows("province_changes") if row["code"] == "15"}
    assert {full(row) for row in rows("former_provinces") if row["code"] in merged} == {"Tỉnh Lào Cai", "Tỉnh Yên Bái"}
    communes = {row["code"]: row for row in rows("communes") if row["province"] == "15"}
    assert Counter(row["kind"] for row in communes.values()) == {"xã": 89, "phường": 10}
    former = {row["code"]: row["name"] for row in rows("former_communes")}
    au_lau = {former[row["former"]] for row in rows("commune_changes") if row["code"] == "04543"}
    assert au_lau == {"Âu Lâu", "Giới Phiên", "Hợp Minh", "Minh Quân"}


def test_the_map_agrees_with_the_given_list(real):
    with (real / "units_communes.csv").open(encoding="utf-8", newline="") as file:
        given = list(csv.DictReader(file))
    old = {row["code"]: full(row).casefold() for row in [*rows("former_communes"), *rows("former_districts")]}
    new = {row["code"]: full(row) for row in rows("communes")}
    ours = {(old[row["former"]], new[row["code"]], row["share"] == "whole") for row in rows("commune_changes")}
    assert ours == {
        ((row["old_ward"] or row["old_district"]).casefold(), row["new_ward"], row["how"] == "whole") for row in given
    }
