"""A year of figures comes as a sheet: each line is looked at, all of it is taken or nothing, another person approves it at once."""

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from threading import Thread
from time import process_time
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import AT
from tests.documents.letters import key, post
from tests.files.builders import xlsx, zipped
from tests.indicators.keeping import PLACE, PRESS, Keeping
from tram.audit.commands import together
from tram.audit.models import Event
from tram.files.queries import FileRefused, refuse_marked_secret, sheet_lines
from tram.files.rules.sheets import shown_as
from tram.indicators.commands.sheets import approve_all, bring, take
from tram.indicators.models import Figure, Publication, Series, Sheet
from tram.indicators.queries.sheets import Judged, mark, mould, review, sheet_of, waiting
from tram.indicators.rules.sheet import COLUMNS
from tram.kernel.verdicts import Invalid, Refused, WrongState
from tram.tasks.commands.work import give_back
from tram.tasks.models import Task
from tram.vietnamese.repair import guess_encoding

HEADS = ("Mã chỉ tiêu", "Phạm vi", "Kỳ", "Giá trị", "Đơn vị tính", "Văn bản", "Lý do sửa")
PROVINCE = "Ủy ban nhân dân tỉnh Lào Cai"
Write = Callable[[Any, Any], None]


def line(
    period: Any, value: Any, code: str = "violations", unit: str = "vụ", *more: Any, about: str = PROVINCE
) -> list[Any]:
    return [code, about, period, value, unit, PRESS, *more]


def book(*rows: Sequence[Any], heads: Sequence[str] = HEADS, title: str = "", extra: Write | None = None) -> bytes:
    """A workbook as people make them, a title above the headings."""
    out = BytesIO()
    made = xlsxwriter.Workbook(out, {"default_date_format": "dd/mm/yyyy"})
    page, top = made.add_worksheet(), 0
    if title:
        page.write_string(0, 0, title)
        top = 2
    page.write_row(top, 0, heads)
    for number, row in enumerate(rows, start=top + 1):
        for at, value in enumerate(row):
            page.write_datetime(number, at, value) if isinstance(value, date) else page.write(number, at, value)
    if extra:
        extra(made, page)
    made.close()
    return out.getvalue()


def brought(house: Keeping, content: bytes, name: str = "nam-2008.xlsx", who: str = "lan", **more: Any) -> Sheet:
    return bring(**house.by(who), agency=house.cast.units["skhcn"], name=name, content=BytesIO(content), **more)


def judged(house: Keeping, *rows: Sequence[Any], **more: Any) -> list[Judged]:
    return review(brought(house, book(*rows, **more)), AT.date())


def months(*values: Any) -> list[list[Any]]:
    return [line(f"tháng {n}/2008", value) for n, value in enumerate(values, start=1)]


def test_a_year_comes_in_at_once_and_is_approved_at_once_each_with_its_record(house: Keeping, client: Client) -> None:
    lan = house.cast.signed_in(client, "lan")
    assert "Tải bảng mẫu" in lan.get("/chi-tieu/bang").content.decode()
    assert "Chọn tệp bảng" in post(lan, "/chi-tieu/bang", {"document": "x"}).content.decode()
    file = SimpleUploadedFile("nam-2008.xlsx", book(*months(*range(10, 22)), title="Số vụ vi phạm năm 2008"))
    there = post(lan, "/chi-tieu/bang", {"file": file})
    assert there.status_code == 303 and not Figure.objects.exists()
    sheet = Sheet.objects.get()
    page = lan.get(there["Location"]).content.decode()
    assert "Nhập 12 dòng" in page and "Mới: 12 dòng" in page
    seen, once = {"seen": mark(review(sheet, AT.date()))}, key()
    assert [lan.post(there["Location"], seen, **once).status_code for _ in range(2)] == [303, 303]
    assert Figure.objects.filter(state="submitted", sheet=sheet).count() == 12 and not Publication.objects.exists()
    task = Task.objects.get(ended_at=None)
    assert task.about == sheet.ref and task.turn_post_id == house.cast.posts["dung"].pk
    assert "chọn" not in lan.get(task.url).content.decode().lower()
    dung = house.cast.signed_in(Client(), "dung")
    page = dung.get(task.url).content.decode()
    ticks = [f"{one.pk}.1" for one in Figure.objects.all()]
    assert all(f'value="{tick}" checked' in page for tick in ticks)
    none = post(dung, task.url, {})
    assert none.status_code == 422 and "checked" not in none.content.decode(), "what was unticked stays so"
    assert post(dung, task.url, {"so": ticks[:11]}).status_code == 303
    assert Task.objects.get(about=sheet.ref).ended_at is None, "one still waits"
    assert post(dung, task.url, {"so": ticks[11:]}).status_code == 303
    assert (
        Publication.objects.filter(until_at=None).count()
        == 12
        == Event.objects.filter(what="indicators.approved").count()
    )
    assert not Task.objects.filter(ended_at=None).exists()
    again = brought(house, book(*months(*range(10, 22))))
    assert {one.verdict for one in review(again, AT.date())} == {"unchanged"}
    with pytest.raises(Invalid, match="không có dòng nào mới"):
        take(**house.by("lan"), sheet=again, seen=mark(review(again, AT.date())))


def test_a_changed_figure_is_a_correction_with_its_reason_and_what_was_seen_must_stand(
    house: Keeping, client: Client
) -> None:
    house.public("tháng 1/2008", "10", code="violations")
    sheet = brought(house, book(line("tháng 1/2008", 12), line("tháng 2/2008", 110)))
    first, second = review(sheet, AT.date())
    assert (first.verdict, first.former and first.former.text, first.needs_reason) == ("changed", "10", True)
    assert (second.verdict, second.asks) == ("new", "Tăng 9,2 lần so với kỳ trước (12). Đúng chứ?")
    page = house.cast.signed_in(client, "lan").get(f"/chi-tieu/bang/{sheet.pk}").content.decode()
    assert "đang công bố 10" in page and 'name="chac-3"' in page and "Lý do sửa số đã công bố" in page
    seen = mark([first, second])
    with pytest.raises(Invalid) as missing:
        take(**house.by("lan"), sheet=sheet, seen=seen)
    assert set(missing.value.errors) == {"chac-3", "reason"} and Figure.objects.count() == 1
    with pytest.raises(WrongState, match="vừa được người khác đổi"):
        take(**house.by("lan"), sheet=sheet, seen="khác")
    assert take(**house.by("lan"), sheet=sheet, seen=seen, sure=[3], reason="Công an báo cáo lại") == (1, 1)
    with pytest.raises(WrongState, match="đã nhập lúc"):
        take(**house.by("lan"), sheet=sheet, seen=seen)
    figures = {one.pk: one.version for one in Figure.objects.all()}
    with pytest.raises(Refused):
        approve_all(**house.by("lan"), figures=figures)
    with pytest.raises(WrongState, match="tháng 1 năm 2008: Số liệu vừa được lưu"):
        approve_all(**house.by("dung"), figures=dict.fromkeys(figures, 1))
    assert Publication.objects.count() == 1, "all or none"
    assert approve_all(**house.by("dung"), figures=figures) == 2
    said = client.get(f"{PLACE.rpartition('/')[0]}/{Figure.objects.first().series.slug}").content.decode()  # type: ignore[union-attr]
    assert "trước đây 10. Công an báo cáo lại" in said


def test_what_was_looked_at_is_the_same_lines_of_the_same_indicators(house: Keeping) -> None:
    seen = mark(review(brought(house, book(line("2007", 4))), AT.date()))
    other = brought(house, book(line("2007", 4, "inspections", "cuộc")))
    with pytest.raises(WrongState, match="Mở lại bảng"):
        take(**house.by("lan"), sheet=other, seen=seen)


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_the_halves_of_a_sheet_at_once_end_the_work(transactional_db: None, house: Keeping) -> None:
    sheet = brought(house, book(*months(1, 2)))
    take(**house.by("lan"), sheet=sheet, seen=mark(review(sheet, AT.date())))
    first, second = ({one.pk: one.version} for one in Figure.objects.order_by("pk"))

    def other() -> None:
        try:
            approve_all(**house.by("dung"), figures=second)
        finally:
            connections.close_all()

    thread = Thread(target=other)
    with together():
        approve_all(**house.by("dung"), figures=first)
        thread.start()
        thread.join(1)
    thread.join()
    assert Publication.objects.count() == 2 and not Task.objects.filter(ended_at=None).exists()


def test_every_line_that_cannot_be_taken_says_why(house: Keeping) -> None:
    stock = ("phone_density", "máy/100 dân")
    wrong = {
        "Đơn vị ghi “người”": line("2008", 4, "violations", "người"),
        "Không đọc được kỳ “cả năm”": line("cả năm", 4),
        "Không đọc được số “1,234.5”": line("2/9/2008", "1,234.5", *stock),
        "dấu phẩy trước phần lẻ": line("1/9/2008", "12.5", *stock),
        "không giữ số liệu của “Sở Tài chính”": line("2007", 4, about="Sở Tài chính"),
        "Cùng chỉ tiêu, phạm vi và kỳ với dòng 8": line("2006", 4),
        "Cùng chỉ tiêu, phạm vi và kỳ với dòng 7": line("năm 2006", 5),
        "là công thức": line("2005", "=1+1"),
        "là ngày 05/12/2008, không phải số": line("2004", date(2008, 12, 5)),
        "chỉ tiêu này tính theo kỳ": line(date(2008, 9, 30), 4),
        "không có mã chỉ tiêu “x”": line("2003", 4, "x"),
        "chữ TCVN3 (ABC): “Së Th«ng tin”. Gõ lại bằng Unicode, có phải là “Sở Thông tin”": line(
            "2002", 4, about="Së Th«ng tin"
        ),
        "số nguyên": line("2001", 4.5),
        "chưa tới": line(date(2030, 1, 1), 4, *stock),
        "Chưa ghi phạm vi": line("2000", 4, about=""),
    }
    good = line(date(2008, 9, 30), 32.1, *stock, about="toàn tỉnh")
    told = judged(house, *wrong.values(), good)
    for sentence, one in zip(wrong, told, strict=False):
        assert one.verdict == "refused" and sentence in " ".join(one.told.wrong), (sentence, one.told.wrong)
    assert told[-1].verdict == "new" and told[-1].entry and told[-1].entry.amount.text == "32,1"
    assert take(**house.by("lan"), sheet=Sheet.objects.get(), seen=mark(told)) == (1, 0), "the refused stay outside"


def test_texts_percentages_and_months_are_read_as_excel_shows_them(house: Keeping) -> None:
    def more(made: Any, page: Any) -> None:
        page.write_number(1, 3, 0.125, made.add_format({"num_format": "0.0%"}))
        page.write_datetime(2, 2, date(2008, 9, 1), made.add_format({"num_format": "mm/yyyy"}))

    rows = [
        line("2008", "", "mobile_growth", "%"), line("", "≥ 1.900"), line("30/9/2008", "5/56", "portal_visit_rank", "thứ hạng"),
        line("2007", ""),
    ]  # fmt: skip
    growth, month, rank = judged(house, *rows, extra=more)
    assert growth.entry and growth.entry.amount.text == "12,5"
    assert month.told.period and month.told.period.name == "tháng 9 năm 2008" and month.told.amount
    assert month.told.amount.text == "≥ 1.900" and Sheet.objects.get().blanks == [5]
    assert rank.told.amount and rank.told.amount.text == "5/56", rank.told.wrong
    codes = ("dd/mm/yyyy", "mmm-yy", "[$-42A]d mmmm yyyy", "0.0%", '#,##0 "đồng"', "General")
    assert [shown_as(code) for code in codes] == ["date", "month", "date", "percent", "", ""]


def test_csv_of_a_vietnamese_excel_is_read_and_a_sheet_may_lack_what_stands(house: Keeping) -> None:
    house.public("2007", "10", code="violations", note="Số sơ bộ")
    text = "Chỉ tiêu;Địa bàn;Kỳ số liệu;Số liệu;Đơn vị\n{name};Toàn tỉnh;2007;10;vụ\n{name};Toàn tỉnh;2008;1.234;vụ\n"
    name = Figure.objects.get().series.name
    for coding in ("utf-8-sig", "utf-16"):
        sheet = brought(house, text.format(name=name).encode(coding), "a.csv", document="Báo cáo 9/BC")
        assert [one.verdict for one in review(sheet, AT.date())] == ["unchanged", "new"]
    assert Sheet.objects.count() == 1, "the newer one instead of the one that was not taken"


def test_what_everybody_downloads_comes_back_mended(house: Keeping, client: Client) -> None:
    for told in (("30/9/2008", "≥ 31,5"), ("5/12/2008", "32,1")):
        house.public(*told, note="=Số sơ bộ")
    house.public("30/9/2008", "≥ 11.900", code="internet_subscribers")
    house.public("30/9/2008", "5/56", code="portal_visit_rank")
    house.public("tháng 9/2008", "12", code="violations")
    places = [f"/cong/so-lieu/{one.slug}" for one in Series.objects.order_by("pk")]
    for place in places:
        for form in ("csv", "xlsx"):
            told = review(brought(house, client.get(f"{place}/{form}").content, f"a.{form}"), AT.date())
            assert {one.verdict for one in told} == {"unchanged"}, (form, [one.told.wrong for one in told])
    text = client.get(f"{places[0]}/csv").content.decode()
    for before, after, sentence in (
        (",32.1,", ',"33,1",', ""), (",32.1,", ",33.1,", ""), (",32.1,", ",11.925,", "Gõ 11,925 hoặc 11925"),
        ("05/12/2008,", "12/05/2008,", "“Từ ngày” ghi “2008-12-05”, còn kỳ là 12/05/2008"),
    ):  # fmt: skip
        assert before in text
        lines = review(brought(house, text.replace(before, after).encode(), "a.csv"), AT.date())
        [one] = [one for one in lines if one.verdict != "unchanged"]
        assert (sentence in " ".join(one.told.wrong)) if sentence else one.entry and one.entry.amount.text == "33,1"
        assert one.needs_reason or sentence


HEAD = ";".join(HEADS)


def rewritten(content: bytes, before: bytes, after: bytes) -> bytes:
    """A workbook in whose first sheet something stands that Excel never writes."""
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    return zipped(parts | {sheet: parts[sheet].replace(before, after)})


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.xlsx", "không có nội dung"),
        (book(line("2008", 4))[:-200], "a.xlsx", "cắt cụt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "a.xls", "XLSX hoặc CSV. Tệp này là Excel kiểu cũ"),
        (b"%PDF-1.4\n" + b"x" * 21_000_000, "a.pdf", "lớn hơn mức 20 MB"),
        (f"{HEAD}\nSë TT&TT vµ c¸c ®¬n vÞ".encode("latin-1", "replace"), "a.csv", "bảng mã"),
        (f'{HEAD}\n"chưa đóng'.encode(), "a.csv", "nháy kép"),
        (f"{HEAD}\n\x00\x01".encode(), "a.csv", "Tệp này|nội dung"),
        (b"Ten;So\na;1\n", "a.csv", "thiếu cột “Mã chỉ tiêu”, “Phạm vi”"),
        (f"{HEAD};Giá trị\na".encode(), "a.csv", "Hai cột cùng là “Giá trị”"),
        (HEAD.encode(), "a.csv", "chưa có số nào"),
        (f"{HEAD}\n{'x;x;x;1;x' + chr(10)}".encode() + b"x;x;x;1;x\n" * 400, "a.csv", "nhiều nhất 400"),
        (b"x;y\n" * 2100, "a.csv", "hơn 2.000 dòng"),
        (book(line("2008", 4, "violations", "vụ", "MẬT")), "a.xlsx", "MẬT"),
        (xlsx(), "a.xlsx", "bị ẩn"),
        (b"PK\x03\x04 nothing", "a.xlsx", "cắt cụt"),
        (book(*[["Sở Khoa học và Công nghệ" * 80] * 50] * 60), "a.xlsx", "lớn hơn mức 5 MB"),
        (rewritten(book(line("2008", 4)), b"<v>0</v>", b"<v>-1</v>"), "a.xlsx", "Không đọc được"),
        (rewritten(book(line("2008", 4)), b"</sheetData>", b"<row>" + b"<c/>" * 1_000_000 + b"</row></sheetData>"), "a.xlsx", "mở ra quá lớn"),
    ],
)  # fmt: skip
def test_a_hostile_file_gets_its_sentence_and_leaves_nothing(
    house: Keeping, content: bytes, name: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as told:
        brought(house, content, name)
    assert not Sheet.objects.exists() and not Event.objects.filter(what="indicators.sheet_brought").exists()
    assert not isinstance(told.value, FileRefused) or "DOCX" not in told.value.sentence


def test_a_sheet_formatted_to_its_last_row_is_read_without_what_is_empty(house: Keeping) -> None:
    cells = "".join(f'<c r="{letter}%d" s="1"/>' for letter in "ABCDEFGHIJ")
    empty = "".join(
        f'<row r="{row}" spans="1:10" ht="12.8">{cells.replace("%d", str(row))}</row>' for row in range(9, 120_000)
    )
    last = "<row><c><v>2</v></c></row>"
    content = rewritten(book(line("2008", 4)), b"</sheetData>", f"{empty}{last}</sheetData>".encode())
    began = process_time()
    _, lines = sheet_lines(BytesIO(content), "a.xlsx")
    assert process_time() - began < 8, "about half a second is meant"
    assert [(one.number, min(one.cells)) for one in lines] == [(1, 0), (2, 0), (120_000, 0)]
    (told,) = review(brought(house, content), AT.date())
    assert told.verdict == "new"


@pytest.mark.parametrize("word", ["1/a" + "a" * 60_000, "1" * 60_000, "1/a-" * 15_000])
def test_a_word_as_long_as_a_sheet_is_read_in_a_moment(word: str) -> None:
    began = process_time()
    refuse_marked_secret(word, "a.csv")
    assert guess_encoding(word) == "unicode" and process_time() - began < 5


def test_given_back_whole_it_lies_with_whoever_brought_it_and_goes_again(house: Keeping) -> None:
    sheet = brought(house, book(*months(1, 2)))
    take(**house.by("lan"), sheet=sheet, seen=mark(review(sheet, AT.date())))
    give_back(**house.by("dung"), task=Task.objects.get(about=sheet.ref), reason="Thiếu tháng 3")
    assert set(Figure.objects.values_list("state", flat=True)) == {"draft"}
    task = Task.objects.get(about=sheet.ref, ended_at=None)
    assert task.turn_post_id == house.cast.posts["lan"].pk
    lines, _ = waiting(house.cast.actor("lan"), AT.date(), sheet=sheet.pk)
    assert [one.is_submitted for one in lines] == [False, False]
    again = brought(house, book(*months(1, 2, 3)))
    assert take(**house.by("lan"), sheet=again, seen=mark(review(again, AT.date()))) == (1, 2)
    assert Task.objects.get(ended_at=None).about == again.ref, "the first is done with"


def test_strangers_meet_nothing_and_only_who_brought_it_takes_it(house: Keeping, client: Client) -> None:
    sheet = brought(house, book(line("2008", 4)))
    for name, status in (("thu", 404), ("dung", 404), ("lan", 200)):
        assert house.cast.signed_in(client, name).get(f"/chi-tieu/bang/{sheet.pk}").status_code == status, name
    with pytest.raises(Refused, match="người khác đưa vào"):
        take(**house.by("dung"), sheet=sheet, seen=mark(review(sheet, AT.date())))
    take(**house.by("lan"), sheet=sheet, seen=mark(review(sheet, AT.date())))
    thu = house.cast.signed_in(client, "thu")
    ticks = {"so": f"{Figure.objects.get().pk}.1"}
    assert (
        thu.get(f"/chi-tieu/cho-duyet?bang={sheet.pk}").status_code
        == 404
        == post(thu, "/chi-tieu/cho-duyet", ticks).status_code
    )


def test_the_mould_comes_back_unchanged_with_its_next_periods_blank(house: Keeping, client: Client) -> None:
    house.public("tháng 11/2025", "≈ 10", code="violations")
    house.public("30/6/2026", "32,5")
    house.public("30/9/2008", "5/56", code="portal_visit_rank")
    lan = house.cast.signed_in(client, "lan")
    for address in ("/chi-tieu/mau.xlsx", f"/chi-tieu/{Figure.objects.earliest('pk').series_id}/mau.xlsx"):
        told = review(brought(house, lan.get(address).content), AT.date())
        assert {one.verdict for one in told} == {"unchanged"}, [one.told.wrong for one in told]
    assert len(Sheet.objects.get().blanks) == 11, "months up to this one"
    page = lan.get(f"/chi-tieu/bang/{brought(house, lan.get('/chi-tieu/mau.xlsx').content).pk}").content.decode()
    assert "bỏ qua: dòng 3–13, " in page and "5/56" in page and "hạng</span>" not in page, "a rank says its unit itself"
    empty = mould(house.cast.units["stc"], AT.date())
    assert len(empty) == 28 and len(empty[0]) == len(COLUMNS)


def test_the_document_of_a_whole_sheet_changes_no_line_that_was_not_touched(house: Keeping) -> None:
    link = "https://laocai.gov.vn/bao-cao-4"
    house.public("tháng 1/2008", "10", code="violations", document="", link=link)
    heads = (*HEADS[:6], "Liên kết")
    rows = [line(f"tháng {month}/2008", value) for month, value in ((1, 10), (2, 11))]
    for row, place in zip(rows, (link, ""), strict=True):
        row[5:] = ["", place]
    for columns in (7, 5):
        content = book(*(row[:columns] for row in rows), heads=heads[:columns])
        old, new = review(brought(house, content, document="Báo cáo 9"), AT.date())
        assert (old.verdict, old.differences) == ("unchanged", []), columns
        assert new.verdict == "new" and new.entry and new.entry.document == "Báo cáo 9"
    rows[0][3] = 12
    changed, _ = review(brought(house, book(*rows, heads=heads), document="Báo cáo 9"), AT.date())
    assert changed.verdict == "changed" and changed.entry and changed.entry.document == "Báo cáo 9"


def test_looking_at_many_lines_and_figures_asks_as_often_as_at_one(house: Keeping) -> None:
    def asked(sheet: Sheet) -> int:
        sheet = sheet_of(house.cast.actor("lan"), sheet.pk, AT.date())
        with CaptureQueriesContext(connection) as found:
            lines = review(sheet, AT.date())
            waiting(house.cast.actor("dung"), AT.date())
        assert not [one.told.wrong for one in lines if one.told.wrong]
        return len(found)

    house.public("tháng 1/2008", "1", code="violations")
    house.entered("tháng 2/2008", "2", code="violations")
    few = asked(brought(house, book(*months(1))))
    for number in range(3, 9):
        house.entered(f"tháng {number}/2008", "3", code="violations")
    assert asked(brought(house, book(*months(*range(1, 13))))) == few
