"""What an article says: kept as plain blocks, checked, compared for a reader."""

from dataclasses import replace
from random import Random
from time import process_time
from uuid import uuid4

import pytest

from tests.news.desk import TEXT
from tests.news.pages import HTML, OLD
from tram.kernel.verdicts import Invalid
from tram.news.queries.reading import read_article
from tram.news.rules.content import Block, Content, block_of, checked, content_of, obstacles
from tram.news.rules.diffs import Part, differences
from tram.news.rules.filing import LONGEST_STEM, categories, slug_of

BODY = (
    Block("heading", "Đề mục nhỏ", level=3),
    Block("quote", "Xã nào cũng cần.", who="Chủ tịch xã"),
    Block(
        "picture",
        file=str(uuid4()),
        caption="Lớp học",
        credit="Lê An",
        consent="given",
        alt="Học viên",
        focus=(0.2, 1.0),
    ),
    Block("table", caption="Số điểm", rows=(("Xã", "Điểm"), ("Tân Lập", "2"))),
    Block("file", "Danh sách", file=str(uuid4())),
    Block("document", "Kế hoạch", ref="outgoing.outgoing/12"),
)


def test_every_kind_of_block_comes_back_from_the_database_as_it_went() -> None:
    content = replace(TEXT, body=(*TEXT.body, *BODY))
    assert Content.of(content.plain()) == content == checked(content)
    assert Content.of(content.plain()).digest == content.digest != TEXT.digest
    assert len(content.files) == 2


@pytest.mark.parametrize("page", [OLD, HTML], ids=["text", "html"])
def test_an_old_article_becomes_content(page: str) -> None:
    article = read_article(page.encode()).article
    assert article
    content = checked(content_of(article))
    assert (content.title, content.lead, content.byline) == (article.title, article.lead, article.byline)
    assert [block.kind for block in content.body] == [block["kind"] for block in article.body]


@pytest.mark.parametrize(
    "kept",
    [
        {"kind": "script", "text": "x"},
        {"kind": "paragraph", "html": "<b>x</b>"},
        {"kind": "picture", "file": "../x"},
        {"kind": "table", "rows": 3},
        {"kind": "picture", "focus": "giữa"},
        {},
    ],
)
def test_a_block_that_there_is_not_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        block_of(kept)


def test_what_is_too_long_says_where() -> None:
    wrong = replace(
        TEXT,
        title="",
        lead="x" * 2001,
        byline="x" * 121,
        source_label="x" * 121,
        body=(Block("paragraph", "x" * 20_001),),
    )
    with pytest.raises(Invalid) as found:
        checked(wrong)
    assert set(found.value.errors) == {"title", "lead", "byline", "source_label", "body"}
    with pytest.raises(Invalid, match="400 khối"):
        checked(replace(TEXT, body=(Block("paragraph", "x"),) * 401))


def test_what_stands_in_the_way_of_the_public_is_named_block_by_block() -> None:
    assert obstacles(TEXT) == [] == obstacles(replace(TEXT, body=(*TEXT.body, *BODY)))
    bare = replace(
        TEXT, body=(Block("picture"), Block("file", "x"), Block("document", "x"), Block("paragraph", TEXT.lead))
    )
    found = " ".join(obstacles(bare))
    for words in ("Khối 1: chưa có ảnh", "Khối 2: tệp", "Khối 3: thẻ văn bản", "in lại trong thân bài"):
        assert words in found


def test_a_reader_sees_which_words_changed() -> None:
    first, heading, last = TEXT.body
    after = replace(
        TEXT, title="Khai mạc lớp tập huấn cho cán bộ xã", byline="",
        body=(replace(first, text=first.text.replace("ba ngày", "bốn ngày")), last, Block("quote", "Rất bổ ích.")),
    )  # fmt: skip
    found = {one.place: one for one in differences(TEXT, after)}
    assert set(found) == {"Tít", "Bút danh", "Khối 1, đoạn văn", "Khối 2, đề mục", "Khối 3, trích dẫn"}
    assert [one.op for one in found.values()] == ["changed", "gone", "changed", "gone", "new"]
    assert (
        Part("gone", "ba") in found["Khối 1, đoạn văn"].parts and Part("new", "bốn") in found["Khối 1, đoạn văn"].parts
    )
    assert differences(TEXT, TEXT) == []


def test_comparing_costs_moments_whatever_stands_there() -> None:
    dice, words = Random(1), ["sở", "huyện", "xã", "tỉnh", "nhân", "dân", "công", "tác", "cán", "bộ"]
    bodies = [
        tuple(Block("paragraph", " ".join(dice.choice(words) for _ in range(150))) for _ in range(200))
        for _ in range(2)
    ]
    long = (Block("paragraph", "một " * 4000 + "hai"),), (Block("paragraph", "ba " + "một " * 4000),)
    began = process_time()
    for before, after in (bodies, long):
        differences(Content(body=tuple(before)), Content(body=tuple(after)))
    assert process_time() - began < 5
    (one,) = differences(Content(body=long[0]), Content(body=(Block("paragraph", "một " * 4000 + "ba"),)))
    assert [(part.op, len(part.text.split())) for part in one.parts] == [("same", 4000), ("gone", 1), ("new", 1)]


def test_addresses_are_short_plain_and_their_own() -> None:
    assert slug_of("Đường dây nóng: 0203 & “tin” xã Tả Phìn", 7) == "duong-day-nong-0203-tin-xa-ta-phin-7"
    assert slug_of("市の広報", 8) == "bai-8"
    assert len(slug_of("công văn " * 60, 9)) <= LONGEST_STEM + 2
    assert "archive" in categories()
