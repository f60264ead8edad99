"""An old article is read into its fields; each change has its place and reason and can be taken back."""

import pytest

from tests.news.pages import HTML, OLD
from tram.news.queries.reading import Read, read_article
from tram.news.rules.article import article_of, usual
from tram.news.rules.changes import IN_TEXT, Kind
from tram.vietnamese.codecs import as_bytes, encode_text
from tram.vietnamese.text import tidy


@pytest.fixture(scope="module")
def old() -> Read:
    return read_article(OLD.encode(), "old.txt")


def changes(read: Read, *kinds: Kind) -> list[tuple[str, str, bool]]:
    assert read.reading
    return [(one.before, one.after, one.made) for one in read.reading.changes if one.kind in kinds]


def test_the_fields_of_an_old_article(old: Read) -> None:
    article = old.article
    assert article
    assert article.title == "Sở Thông tin Bình Sơn mở lớp tập huấn cho cán bộ xã"
    assert (article.source_label, article.byline, article.rating.count) == ("binhson.vn", "Hà Thu", 12)
    assert article.lead.endswith("sáu mươi cán bộ xã.") and article.plain.count("sáu mươi cán bộ xã") == 1
    assert [block["kind"] for block in article.body] == ["paragraph", "heading", "paragraph", "picture"]
    assert article.captions == [
        {"kind": "picture", "caption": "Học viên làm bài cuối khóa.", "credit": "LÊ AN", "alt": ""}
    ]
    assert (article.published_at, article.event_date) == ("", "----12-03")
    assert "lành mạnh" in article.plain and "Đài xã" in article.plain
    assert "thíc đo" in article.plain and "32máy" in article.plain


def test_what_has_no_proof_is_only_proposed(old: Read) -> None:
    assert changes(old, Kind.LETTERS) == [("lµnh", "lành", True), ("m¹nh", "mạnh", True), ("thíc", "thước", False)]
    assert changes(old, Kind.JOINED) == [("32máy", "32 máy", False)]
    (caption,) = [one for one in changes(old, Kind.CAPTION) if not one[2]]
    assert caption[1] == "Bí thư Đoàn xã trao giấy chứng nhận cho học viên"


def test_an_agreed_caption_leaves_the_lead(old: Read) -> None:
    assert old.reading
    caption = next(one for one in old.reading.changes if one.kind == Kind.CAPTION and not one.made)
    article = article_of(old.reading, {*usual(old.reading.changes), caption.key})
    assert article.lead.startswith("Sáng ngày 3/12, Sở Thông tin")
    assert article.captions[0]["caption"] == "Bí thư Đoàn xã trao giấy chứng nhận cho học viên"


@pytest.mark.parametrize("page", [OLD, HTML], ids=["text", "html"])
def test_with_no_change_taken_the_article_says_what_the_file_says(page: str) -> None:
    reading = read_article(page.encode()).reading
    assert reading
    plain = article_of(reading, [])
    said = tidy(f"{plain.title} {plain.plain}").split()
    stays = [word for word in reading.text.split() if word != "[img]" or page is OLD]
    assert sorted(said) == sorted(tidy(" ".join(stays).replace("Bưu điện xã Điểm", "Điểm")).split())


@pytest.mark.parametrize("page", [OLD, HTML], ids=["text", "html"])
def test_every_change_stands_where_it_says_and_can_be_taken_back_alone(page: str) -> None:
    reading = read_article(page.encode()).reading
    assert reading
    made = usual(reading.changes)
    whole = article_of(reading)
    assert len({one.key for one in reading.changes}) == len(reading.changes)
    for change in reading.changes:
        assert change.reason and change.line >= 1
        if change.kind in (Kind.LINK, Kind.CODING):
            continue
        assert reading.text[change.start : change.end] == change.before
        assert reading.text.count("\n", 0, change.start) + 1 == change.line
        switched = article_of(reading, made ^ {change.key})
        inside_repeat = any(one.kind == Kind.REPEAT and one.line == change.line for one in reading.changes)
        assert switched != whole or (inside_repeat and change.kind in IN_TEXT), change


def test_a_text_that_stops_in_the_middle_of_a_sentence_says_so(old: Read) -> None:
    assert not changes(old, Kind.CUT)
    for end in ("chứ không phải số", "học trên máy của Trung tâm"):
        part = OLD[: OLD.index(end) + len(end)]
        read = read_article(part.encode(), "cut.txt")
        ((before, _, made),) = changes(read, Kind.CUT)
        assert part.endswith(before) and len(before) == 30 and made
        assert not changes(read_article(f"{part}.".encode(), "a.txt"), Kind.CUT)
        assert not changes(read_article(f"{part}\n".encode(), "a.txt"), Kind.CUT)


def test_a_page_of_an_old_portal(old: Read) -> None:
    article = read_article(HTML.encode()).article
    assert article
    assert article.title == "Hội nghị bàn về bưu điện văn hóa xã"
    assert (article.published_at, article.event_date) == ("2009-06-12T20:30:21+07:00", "2009-06-11")
    assert article.lead == "Ngày 11/6, huyện Hòa An họp bàn về bưu điện văn hóa xã của mười hai xã."
    assert article.byline == "Theo Minh Anh"
    assert article.body == [
        {"kind": "heading", "text": "Kết quả bước đầu"},
        {"kind": "paragraph", "text": "Mười hai điểm đã mở cửa cả tuần, người dân tới đọc báo & gửi thư."},
        {"kind": "quote", "text": "Xã nào cũng cần một nơi như thế."},
        {"kind": "picture", "caption": "Điểm bưu điện xã Tân Lập", "credit": "", "alt": "Bưu điện xã"},
        {"kind": "table", "rows": [["Xã", "Điểm"], ["Tân Lập", "2"]]},
    ]
    assert changes(read_article(HTML.encode()), Kind.LINK) == [("http://example.com/x", "", True)]


@pytest.mark.parametrize(
    ("line", "source", "iso"),
    [
        ("1/30/2007 2:07:06 PM", "", "2007-01-30T14:07:06+07:00"),
        ("6/12/2009 8:30:21 PM", "Mic.gov.vn", "2009-06-12T20:30:21+07:00"),
        ("12/6/2009 12:05:00 AM", "", "2009-12-06T00:05:00+07:00"),
        ("6/12/2009 20:30", "", "2009-12-06T20:30:00+07:00"),
        ("30/01/2007 2:07 CH", "", "2007-01-30T14:07:00+07:00"),
        ("Thứ Bảy, 05/04/2025 - 14:09", "", "2025-04-05T14:09:00+07:00"),
        ("2025-02-17 05:46:00", "", "2025-02-17T05:46:00+07:00"),
        ("14:09, Thứ Bảy, 05/04/2025", "", "2025-04-05T14:09:00+07:00"),
        ("30/01/2007 14:07", "Mic.gov.vn", ""),
        ("30/30/2007 2:07:06 PM", "", ""),
    ],
)
def test_the_format_of_a_day_is_the_sources(line: str, source: str, iso: str) -> None:
    page = f"Tít của một bài báo cũ\n\n{line}\n\nĐoạn dẫn của bài đứng ở đây.\n\nĐoạn thứ hai của bài đứng ở đây."
    article = read_article(page.encode(), source=source).article
    assert article and article.published_at == iso


@pytest.mark.parametrize(
    ("start", "label"),
    [
        ("ICTnews - Ngày", "ICTnews"),
        ("(BĐ) - Phó", "BĐ"),
        ("Hà Nội - Ngày", ""),
        ("Sáng nay - Một", ""),
        ("VTV.vn – Ông", "VTV.vn"),
    ],
)
def test_a_label_at_the_front_is_told_from_a_place(start: str, label: str) -> None:
    page = f"Tít của một bài báo cũ\n\n{start} hội nghị họp tại tỉnh.\n\nĐoạn thứ hai của bài đứng ở đây."
    article = read_article(page.encode()).article
    assert article and article.source_label == label


def test_the_words_of_a_picture_are_one_line() -> None:
    read = read_article(HTML.replace('alt="Bưu điện xã"', 'alt="Bưu\nđiện\nxã"').encode())
    whole = read_article(HTML.encode())
    assert read.article == whole.article and whole.article


@pytest.mark.parametrize("coding", ["tcvn3", "viscii", "utf-16", "utf-8-sig"])
def test_a_file_in_an_old_coding_is_read_and_says_so(coding: str) -> None:
    page = "Sở Thông tin mở lớp tập huấn\n\nLớp học kéo dài ba ngày tại tỉnh lỵ của chúng ta.\n\nMỗi xã cử hai người tới học tập."
    old = not coding.startswith("utf")
    data = as_bytes(encode_text(page, coding)) if old else page.encode(coding)
    read = read_article(data)
    assert read.article and read.article.title == "Sở Thông tin mở lớp tập huấn"
    assert bool(changes(read, Kind.CODING)) is old
