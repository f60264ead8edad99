"""What is perhaps miswritten is pointed out to whoever writes; what is well written is left alone."""

from dataclasses import replace

from tests.news.desk import TEXT, Desk
from tests.news.test_writing import signed_in, text_of
from tram.news.rules.content import Block
from tram.news.rules.proof import doubts

MISWRITTEN = (
    ("Hai sở phối họp mở lớp.", "phối họp", "phối hợp"), ("Mỗi điểm có Inetrnet miễn phí.", "Inetrnet", "Internet"),
    ("Cấp giấp phép cho 12 đại lý.", "giấp phép", "giấy phép"), ("Xem hiệuquả của việc này.", "hiệuquả", "hiệu quả"),
    ("Kinh phí của của tỉnh.", "của của", "của"), ("Bưu chính & & viễn thông.", "& &", ""),
    ("Nghành bưu điện và các nghành khác.", "nghành", ""), ("Các xã,phường đã nộp.", "ã,p", ""),
)  # fmt: skip


def test_what_is_perhaps_miswritten_is_pointed_out_with_what_it_should_be() -> None:
    for text, part, better in MISWRITTEN:
        found = [one for one in doubts(replace(TEXT, body=(Block("paragraph", text),))) if one.text == part]
        assert [(one.place, one.better) for one in found] == [("Khối 1", better)], text
    (open_end,) = doubts(replace(TEXT, lead="Sở (mới lập mở lớp."))
    assert "mà không đóng )" in open_end.reason


def test_names_foreign_words_numbers_and_addresses_are_left_alone() -> None:
    well = (
        "Ông Giàng A Pháo, xã Y Tý, dùng Internet ADSL 1.234,5 Kbps lúc 8:30; xem https://laocai.gov.vn/tin?a=1,2.",
        "Dự án WiMAX của VNPT, Viettel... ở Đắk Lắk, Kon Tum, Krông Pắc (giai đoạn 2) đạt 12,5 %.",
        "Mạng LAN của sở gồm: a) máy chủ; b) máy trạm (theo mục a).",
        "Hỏi: “Bao giờ xong?” Đáp: “Trước 30/6”; ngày ngày, nhà nhà cùng làm.",
    )
    for text in well:
        assert doubts(replace(TEXT, lead=text, body=(Block("paragraph", text),))) == [], text
    many = replace(TEXT, body=tuple(Block("paragraph", "phối họp " * 9) for _ in range(9)))
    assert len(doubts(many)) == 30


def test_letters_that_count_as_others_where_case_does_not_are_pointed_out_like_them() -> None:
    """The long s is an s to whoever looks without regard to case, and is none in small letters."""
    (found, *_) = doubts(replace(TEXT, lead="Đã cọ ſát nhiều."))
    assert (found.text, found.better) == ("cọ ſát", "")


def test_whoever_writes_sees_it_and_the_public_does_not(desk: Desk) -> None:
    article = desk.draft(replace(TEXT, lead="Hai sở phối họp mở lớp cho sáu mươi cán bộ."))
    for page in (f"/tin-bai/{article.pk}", f"/tin-bai/{article.pk}/sua"):
        told = text_of(signed_in(desk, "lan"), page)
        assert "Soát chữ: 1 chỗ nên xem lại" in told and "<mark>phối họp</mark>" in told
