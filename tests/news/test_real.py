"""Real articles, which stay outside the project: what they print must be read right, field by field."""

import json
from pathlib import Path

import pytest

from tram.news.queries.reading import articles_as_json, files_of, read_files
from tram.vietnamese.text import tidy

LABELS = {"000": "Mic.gov.vn", "001": "Mic.gov.vn", "004": "Mic.gov.vn"}
NAMES = {"000": "Hồ Hồng Hải", "001": "LM", "004": "Thùy Linh"}
PUBLISHED = {"002": "2007-01-30T14:07:06+07:00", "003": "2009-06-12T20:30:21+07:00"}
HAPPENED = {"000": "2007-01-18", "001": "2008-01-04", "002": "2007-01-30", "003": "2009-06-11", "004": "2008-10-06"}
CAPTION = "Thứ trưởng Bộ BCVT Nguyễn Thành Hưng chụp ảnh lưu niệm với CBCC Sở BCVT Sơn La"
OTHER_LABELS = {"001": "ICTnews", "002": "NDĐT", "005": "KTĐT", "024": "BĐ"}
CREDITS = {"013": ["VGP"], "016": ["TL"], "020": ["TRỌNG LỢI"], "026": ["M.Q", "D.L"]}


@pytest.fixture(scope="module")
def told(real: Path) -> dict[str, dict[str, dict[str, object]]]:
    found: dict[str, dict[str, dict[str, object]]] = {}
    for folder in ("seeds", "articles"):
        lines = articles_as_json(read_files(files_of(real / folder)))
        found[folder] = {Path(one["file"]).name[:3]: one for one in map(json.loads, lines)}
    return found


def test_the_five_reports_are_read_right_in_every_field(told) -> None:
    seeds = told["seeds"]
    assert set(seeds) == set(HAPPENED)
    for key, one in seeds.items():
        assert (key, one["source_label"]) == (key, LABELS.get(key))
        assert (key, one["byline"]) == (key, NAMES.get(key))
        assert (key, one["published_at"]) == (key, PUBLISHED.get(key))
        assert (key, one["event_date"]) == (key, HAPPENED[key])
        assert (key, one["rating"]) == (key, {"count": 0, "total": None} if key in LABELS else None)
        assert [caption["text"] for caption in one["captions"]] == ([CAPTION] if key == "000" else [])
        assert one["lead"] and all(tidy(block["text"]) != one["lead"] for block in one["body"])
        assert sum(change["kind"] == "repeat" for change in one["changes"]) == 1
    letters = [(c["before"], c["after"], c["made"]) for c in seeds["003"]["changes"] if c["kind"] == "letters"]
    assert letters == [("lµnh", "lành", True), ("m¹nh", "mạnh", True), ("thíc", "thước", False)]


def test_the_sentence_that_two_reports_share_is_pointed_out(told) -> None:
    (here,), (there,) = told["seeds"]["000"]["near_duplicates"], told["seeds"]["003"]["near_duplicates"]
    assert ["thức", "thíc"] in here["differences"] and ["thíc", "thức"] in there["differences"]


def test_later_news_items_are_read_right(told, real: Path) -> None:
    for key, one in told["articles"].items():
        beside = json.loads((real / "articles" / f"{key}.json").read_text())
        assert one["title"] == beside["title"]
        printed = beside["printed_date"] if "/" in (beside["printed_date"] or "") else None
        assert (one["published_at"] or "")[:16] == ("2025-04-05T14:09" if printed else "")
        assert one["source_label"] == OTHER_LABELS.get(key)
        assert one["byline"] == ("T.SỸ" if key == "024" else None)
        assert [c["credit"] for c in one["captions"] if c["credit"]] == CREDITS.get(key, [])
        truth = real / "truth" / f"{key}.json"
        if truth.exists():
            happened = json.loads(truth.read_text())["event"]["date"]
            # the year of the one was told beside the text, not in it
            assert one["event_date"] == ("----04-10" if key == "024" else happened)


def test_no_made_change_touches_a_good_word(told) -> None:
    touched = {
        (change["before"], change["after"])
        for folder in told.values()
        for one in folder.values()
        for change in one["changes"]
        if change["made"] and change["kind"] in ("letters", "lookalike") and tidy(change["before"]) != change["after"]
    }
    assert touched == {("lµnh", "lành"), ("m¹nh", "mạnh"), ("Ðảng", "Đảng")}


@pytest.mark.parametrize("name", ["tcvn3-2004-B6", "derived-viscii-article001", "derived-cp1258-article001"])
def test_files_in_old_codings_say_the_same_as_their_right_reading(real: Path, name: str) -> None:
    (legacy,) = read_files([real / "legacy" / f"{name}.legacy.bin"])
    (right,) = read_files([real / "legacy" / f"{name}.unicode.txt"])
    assert legacy.article and right.article
    assert tidy(legacy.article.plain) == tidy(right.article.plain)
