"""The checker: silent on what is right, and on each thing that is wrong it says where, by which rule, and what to put instead."""

import unicodedata
from dataclasses import replace
from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.formats.sheets import DECISION, LETTER, REPORT, RIGHT
from tram.formats.queries import Appendix, Block, Sheet, Signature, as_pdf, check, mended, sheet_from
from tram.formats.rules.drawing import kinds
from tram.formats.rules.judging import judged
from tram.formats.rules.words import listed, told
from tram.kernel.verdicts import Invalid


def body(*blocks: Block) -> tuple[Block, ...]:
    return (*blocks, Block(text="Văn bản này thay cho các ý kiến trước đây."))


def signed(*titles: str, name: str = "Trần Văn Bình") -> Signature:
    return Signature(titles, name)


DIRECT = replace(DECISION, appendices=(), recipients=("Thường trực Tỉnh ủy", "Lưu: VT, KGVX"))
BROKEN = [
    ("organ_short", "2", replace(LETTER, organ="UBND xã Bản Lầu"), "Ủy ban nhân dân"),
    ("organ_missing", "2", replace(LETTER, organ=""), ""),
    ("superior_nameless", "2", replace(LETTER, superior="Ủy ban nhân dân tỉnh"), ""),
    ("number_figures", "3", replace(DECISION, number="07a"), ""),
    ("notation_joined", "3", replace(LETTER, notation="SKHCN – CĐS"), "SKHCN-CĐS"),
    ("notation_capitals", "3", replace(LETTER, notation="SKHCN-cđs"), "CĐS"),
    ("notation_kind", "3", replace(DECISION, notation="UBND"), "QĐ-UBND"),
    ("notation_kind", "3", replace(REPORT, notation="KH-SKHCN"), "BC-SKHCN"),
    ("notation_letter", "3", replace(LETTER, notation="CV-SKHCN-CĐS"), "SKHCN-CĐS"),
    ("notation_letter", "3", replace(LETTER, notation="SKHCN"), ""),
    ("notation_year", "3", replace(DECISION, notation="2026/QĐ-UBND"), ""),
    ("place_missing", "4", replace(LETTER, place=""), ""),
    ("place_short", "4", replace(LETTER, place="TP. Lào Cai"), "Thành phố "),
    ("place_capitals", "4", replace(LETTER, place="Lào cai"), "Lào Cai"),
    ("subject_missing", "5a", replace(REPORT, subject=""), ""),
    ("subject_end", "5a", replace(REPORT, subject="Kết quả công tác năm 2026."), "2026"),
    ("matter_label", "5b", replace(LETTER, subject="Về việc báo cáo hạ tầng số"), ""),
    ("matter_capital", "5b", replace(LETTER, subject="Báo cáo kết quả công tác"), "báo"),
    ("address_missing", "9a", replace(LETTER, addressees=()), ""),
    ("authority_missing", "6", replace(DECISION, authority=""), ""),
    ("grounds_missing", "6", replace(DECISION, grounds=()), ""),
    ("ground_law", "6", replace(DECISION, grounds=("Căn cứ Luật Lưu trữ số 33/2024/QH15 ngày 21 tháng 6 năm 2024",)), ""),
    ("ground_full", "6", replace(DECISION, grounds=("Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư",)), ""),
    ("cited_full", "6", replace(LETTER, body=body(Block(text="Căn cứ Nghị định số 30/2020/NĐ-CP của Chính phủ, Sở đề nghị."))), ""),
    ("body_missing", "6", replace(LETTER, body=()), ""),
    ("article_order", "6", replace(DIRECT, body=body(Block("article", "Một.", "1"), Block("article", "Ba.", "3"))), "2"),
    ("clause_order", "6", replace(LETTER, body=body(Block("clause", "Một.", "1"), Block("clause", "Ba.", "3"))), "2"),
    ("point_order", "6", replace(LETTER, body=body(*(Block("point", "Việc.", of) for of in "abcde"))), "đ"),
    ("heading_numeral", "6", replace(DIRECT, body=body(Block("chapter", number="1", title="Quy định chung"))), ""),
    ("heading_title", "6", replace(DIRECT, body=body(Block("chapter", number="I"))), ""),
    ("notation_inside", "6", replace(LETTER, body=body(Block(text="Theo văn bản 1046/TCT- TTKT đã gửi."))), "1046/TCT-TTKT"),
    ("appendix_named", "6", replace(LETTER, appendices=(Appendix("Bảng số liệu", body()),)), ""),
    ("cited_parts", "II", replace(LETTER, body=body(Block(text="Theo quy định tại Khoản 4 Điều 32 của Luật."))), "khoản 4"),
    ("sentence_capital", "II", replace(LETTER, body=body(Block(text="Sở đã làm xong việc. các xã báo cáo."))), "việc. Các"),
    ("capitals", "II", replace(LETTER, recipients=("Như trên", "Liên Đoàn Lao động tỉnh", "Lưu: VT, CĐS")), "Liên đoàn"),
    ("law_capital", "II", replace(LETTER, body=body(Block(text="Thực hiện Luật quản lý thuế tại địa phương."))), "Luật Quản"),
    ("area_capital", "II", replace(LETTER, body=body(Block(text="Việc của các sở trong Tỉnh Lào Cai năm nay."))), "tỉnh Lào"),
    ("area_numbered", "II", replace(LETTER, body=body(Block(text="Bưu cục tại phường 5 mở cửa."))), "Phường 5"),
    ("weekday", "II", replace(LETTER, body=body(Block(text="Họp vào sáng thứ hai, ngày 05 tháng 10."))), "Hai, ngày"),
    ("titles_missing", "7a", replace(LETTER, signature=signed()), ""),
    ("titles_mark", "7a", replace(LETTER, signature=signed("KT GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")), "KT. GIÁM ĐỐC"),
    ("titles_deputy", "7a", replace(LETTER, signature=signed("KT. GIÁM ĐỐC", "GIÁM ĐỐC")), ""),
    ("titles_deputy", "7a", replace(LETTER, signature=signed("TL. GIÁM ĐỐC")), ""),
    ("titles_short", "7a", replace(DECISION, signature=signed("TM. UBND TỈNH", "CHỦ TỊCH")), "ỦY BAN NHÂN DÂN"),
    ("titles_capitals", "7a", replace(LETTER, signature=signed("Giám đốc")), "GIÁM ĐỐC"),
    ("titles_authority", "7a", replace(DECISION, signature=signed("CHỦ TỊCH")), "TM. ỦY BAN NHÂN DÂN TỈNH LÀO CAI"),
    ("titles_authority", "7a", replace(DECISION, authority="Chủ tịch Ủy ban nhân dân tỉnh Lào Cai"), ""),
    ("name_missing", "7b", replace(LETTER, signature=signed("GIÁM ĐỐC", name="")), ""),
    ("name_title", "7b", replace(LETTER, signature=signed("GIÁM ĐỐC", name="TS. Lê Quang Sơn")), "Lê Quang Sơn"),
    ("name_capitals", "7b", replace(LETTER, signature=signed("GIÁM ĐỐC", name="LÊ QUANG SƠN")), "Lê Quang Sơn"),
    ("copies_missing", "9b", replace(LETTER, recipients=()), ""),
    ("copies_above", "9b", replace(LETTER, recipients=("UBND tỉnh", "Lưu: VT, CĐS")), ""),
    ("copies_article", "9b", replace(DECISION, recipients=("Như Điều 9", "Lưu: VT, KGVX")), "Như Điều 4"),
    ("copies_kept", "9b", replace(LETTER, recipients=("Như trên", "Lưu VT, CĐS")), "Lưu: VT, CĐS"),
    ("copies_kept", "9b", replace(LETTER, recipients=("Như trên", "Lưu: VT")), ""),
    ("copies_kept", "9b", replace(LETTER, recipients=("Như trên", "UBND tỉnh")), ""),
    ("copies_drafter", "9b", replace(LETTER, recipients=("Như trên", "Lưu: VT, CĐS.Châu")), "Lưu: VT, CĐS"),
    ("urgency", "10b", replace(LETTER, urgency="GẤP"), ""),
    ("drafter", "12", replace(LETTER, drafter="hđt.(15)"), "HĐT."),
]  # fmt: skip


@pytest.mark.parametrize("sheet", RIGHT.values(), ids=RIGHT)
def test_a_right_sheet_has_no_finding(sheet: Sheet) -> None:
    assert check(sheet) == []


@pytest.mark.parametrize(
    ("rule", "cell", "sheet", "fix"), BROKEN, ids=[f"{row[0]}-{at}" for at, row in enumerate(BROKEN)]
)
def test_what_is_wrong_is_found_in_its_cell(rule: str, cell: str, sheet: Sheet, fix: str) -> None:
    found = check(sheet)
    one = next(finding for finding in found if finding.rule == rule)
    assert one.cell == cell and one.fix == fix and one.message.endswith((".", "!")) and "30/2020" in one.article
    rest = {finding.rule for finding in found} - {rule}
    assert not rest or rule in ALONG, rest
    if one.fix:
        assert rule not in {finding.rule for finding in check(mended(sheet, one))}, mended(sheet, one)


ALONG = {"authority_missing", "notation_letter", "copies_above", "organ_missing", "titles_short", "number_figures"}
"""Rules beside which a second thing may rightly be found."""


@pytest.mark.parametrize(("rule", "_cell", "sheet", "fix"), BROKEN[::4], ids=[row[0] for row in BROKEN[::4]])
def test_decomposed_letters_are_judged_alike(rule: str, _cell: str, sheet: Sheet, fix: str) -> None:
    values = _decomposed(sheet.as_json())
    assert [finding.rule for finding in check(sheet_from(values))] == [finding.rule for finding in check(sheet)]


def _decomposed(values):
    if isinstance(values, str):
        return unicodedata.normalize("NFD", values)
    if isinstance(values, dict):
        return {name: _decomposed(value) for name, value in values.items()}
    return [_decomposed(value) for value in values] if isinstance(values, list | tuple) else values


def test_notations_may_hold_a_small_letter_of_an_abbreviation() -> None:
    assert check(replace(LETTER, notation="SGDĐT-GDTrH")) == []


def test_ranks_and_degrees_stand_where_their_ministry_allows_them() -> None:
    doctor = replace(
        LETTER, organ="Bệnh viện Đa khoa tỉnh Lào Cai", signature=signed("GIÁM ĐỐC", name="TS. Lê Quang Sơn")
    )
    assert check(doctor) == []


def test_a_hostile_text_takes_no_time() -> None:
    began = process_time()
    odd = (
        "a" * 200_000,
        "của Sở " * 20_000 + "tại Công văn số 1/A",
        "1/A-" * 50_000,
        "Luật " * 40_000,
        "thứ hai, " * 20_000,
    )
    check(replace(LETTER, body=tuple(Block(text=words) for words in odd)))
    assert process_time() - began < 10


def test_a_letter_that_no_font_has_is_named() -> None:
    with pytest.raises(Invalid, match="中"):
        as_pdf(replace(LETTER, subject="việc 中"))
    assert as_pdf(replace(LETTER, body=(Block(text="\u2610 Đồng ý\x07\u200b"),))).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("letter", "fix", "named"), [("漢", "", "“漢”"), ("Ａ", "A", "“Ａ”"), ("\uf0b7", "-", "ẩn U+F0B7"), ("\ue000", "", "ẩn U+E000"), ("é", "", "")]
)  # fmt: skip
def test_what_the_press_would_refuse_is_told_beside_the_form(letter: str, fix: str, named: str) -> None:
    sheet = replace(
        LETTER, body=(Block(text="Một."), Block("table", rows=(("Cột",), (f"Ô {letter}",))), LETTER.body[-1])
    )
    found = [one for one in check(sheet) if one.rule == "font_letter"]
    if not named:
        assert not found and as_pdf(sheet)
        return
    with pytest.raises(Invalid, match="không có trong phông chữ"):
        as_pdf(sheet)
    [one] = found
    assert (one.said, one.fix, one.where, one.is_wrong) == (letter, fix, "Nội dung, đoạn 2", True)
    assert one.message.startswith(f"Ký tự {named} không có trong phông chữ") and one.article.startswith("Phụ lục I")
    assert as_pdf(mended(sheet, one)).startswith(b"%PDF")


def test_a_finding_says_where_it_is() -> None:
    found = check(replace(LETTER, recipients=("Như trên", "Lưu: VT, CĐS.Châu"), addressees=()))
    assert [one.where for one in found] == ["Ô số 9a, Kính gửi", "Ô số 9b, Nơi nhận, dòng 2"]


def test_every_rule_has_its_cell_and_article() -> None:
    for name, rule in listed("rules").items():
        assert rule["cell"] and rule["nd30"].startswith(("Phụ lục", "Điều")), name
    assert {row[0] for row in BROKEN} <= set(listed("rules"))


def test_a_rule_can_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = replace(LETTER, urgency="GẤP")
    assert [one.rule for one in check(sheet)] == ["urgency"]
    monkeypatch.setitem(told()["rules"]["urgency"], "active", False)
    assert check(sheet) == []


def test_a_paper_is_judged_by_the_law_of_its_day() -> None:
    sheet = replace(LETTER, recipients=("UBND tỉnh", "Lưu VT"), body=body(Block(text="Theo Khoản 4 Điều 32 của Luật.")))
    rules = {year: {one.rule for one in judged(sheet, on=date(year, 6, 30))} for year in (2004, 2007, 2015, 2026)}
    assert rules[2004] == set()
    assert rules[2007] == {"copies_kept"}
    assert rules[2015] == {"copies_above", "copies_kept"}
    assert rules[2026] == {"copies_above", "copies_kept", "cited_parts"}
    assert "01/2011" in judged(sheet, on=date(2015, 6, 30))[0].article
    assert "30/2020" in judged(sheet, on=date(2020, 3, 5))[0].article
    assert "01/2011" in judged(sheet, on=date(2020, 3, 4))[0].article


NAMES = some.sampled_from(
    ["Nguyễn Thị Hồng Vân", "Trần Văn Bình", "Lò Thị Mai", "Giàng A Páo", "Đỗ Quyên", "Lê Hà Quyền", "Tạ Sơn"]
)
UNITS = some.sampled_from(["VP", "CĐS", "BCVT", "TTra", "KHTC"])
ORGANS = some.sampled_from(["Sở Nội vụ", "Sở Tài chính", "Ủy ban nhân dân xã Bản Lầu", "Sở Khoa học và Công nghệ"])
SIGNING = some.sampled_from([
    ("GIÁM ĐỐC",), ("Q. GIÁM ĐỐC",), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
    ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG"), ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"), ("QUYỀN GIÁM ĐỐC",),
])  # fmt: skip
KINDS = some.sampled_from(
    sorted(set(kinds()) - {"decision", "resolution", "official_letter", "courtesy_letter", "regulation", "rule"})
)


@settings(max_examples=60, deadline=None)
@given(
    kind=KINDS, organ=ORGANS, number=some.integers(1, 9999), day=some.dates(date(2020, 3, 5), date(2030, 1, 1)), name=NAMES,
    titles=SIGNING, unit=UNITS.filter(str.isupper), count=some.integers(1, 20),
)  # fmt: skip
def test_no_right_sheet_has_a_finding(kind, organ, number, day, name, titles, unit, count) -> None:
    short = kinds()[kind]["abbreviation"]
    sheet = Sheet(
        kind=kind, organ=organ, superior="UBND tỉnh Lào Cai", number=str(number), notation=f"{short}-SNV", place="Lào Cai",
        day=day, subject="Kết quả công tác tháng và nhiệm vụ trọng tâm", signature=Signature(titles, name),
        body=tuple(Block("clause", "Các đơn vị thực hiện đúng kế hoạch.", str(of)) for of in range(1, count + 1)),
        recipients=("UBND tỉnh", f"Lưu: VT, {unit} (02b)"),
    )  # fmt: skip
    assert check(sheet) == []


def test_what_the_checker_lets_pass_is_drawn() -> None:
    for kind in kinds():
        assert as_pdf(replace(REPORT, kind=kind, notation=f"{kinds()[kind]['abbreviation']}-SNV")).startswith(b"%PDF")
