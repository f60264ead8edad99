"""The body in one field: what is written comes back as it was, whatever stands in it; what people type is understood."""

from random import Random
from time import process_time

import pytest

from tram.kernel.verdicts import Invalid
from tram.news.rules.content import CONSENTS, VOICES, Block, Content, checked
from tram.news.rules.notation import read, written

FILE = "6f9619ff-8b86-4011-842d-00cf4fc964ff"
BITS = (
    "a", "Đoạn văn", "# ", "## ", "#", "> ", ">", "-- ", "--", "|", "\\", "[Ảnh 1]", "[bảng]", "[Tệp 2]", "\n", "\n\n", " ",
    "\t", "Chú thích: x", "Lời chép: x", ":", "\\n", "\\|", "1",
)  # fmt: skip
PICTURE = Block(
    "picture", file=FILE, caption="Lớp học", credit="LÊ AN", alt="Học viên", consent="public", focus=(0.2, 0.3)
)


def _block(dice: Random) -> Block:
    def said() -> str:
        return "".join(dice.choice(BITS) for _ in range(dice.randint(0, 6)))

    kind = dice.choice(("paragraph", "heading", "quote", "picture", "recording", "table", "file", "document"))
    rows = tuple(tuple(said() for _ in range(dice.randint(0, 3))) for _ in range(dice.randint(0, 3)))
    return {
        "paragraph": Block(kind, said()),
        "heading": Block(kind, said(), level=dice.choice((2, 3))),
        "quote": Block(kind, said(), who=said()),
        "picture": Block(
            kind, file=dice.choice(("", FILE)), caption=said(), alt=said(), consent=dice.choice(list(CONSENTS))
        ),
        "recording": Block(
            kind,
            said(),
            file=FILE,
            caption=said(),
            who=said(),
            consent=dice.choice(list(VOICES)),
            spoken=dice.choice(("", "vi", "hmv")),
            written=dice.choice(("", "vi")),
        ),
        "table": Block(kind, caption=said(), rows=rows),
        "file": Block(kind, said(), file=FILE),
        "document": Block(kind, said(), ref="outgoing.document/1"),
    }[kind]


def test_a_body_of_short_lines_is_read_in_moments() -> None:
    began = process_time()
    assert len(read("#\na\n" * 40_000, ())) == 80_000
    assert process_time() - began < 5


def test_a_thousand_bodies_come_back_letter_for_letter() -> None:
    dice = Random(2026)
    for _ in range(1000):
        kept = checked(Content(title="x", body=tuple(_block(dice) for _ in range(dice.randint(0, 4)))))
        text = written(kept.body)
        again = checked(Content(title="x", body=read(text.replace("\n", "\r\n").strip(), kept.body)))
        assert again == kept, text


def test_what_people_type_is_understood() -> None:
    typed = """# Kết quả
Mười hai điểm đã mở cửa.
Người dân tới đọc báo.

> Xã nào cũng cần.
> -- Bà Lan
[bảng] Các xã
| Xã | Điểm
| Tân Lập | 2 |

Xã\tĐiểm
Bản Qua\t3

#12 là số nhà, một\ttab thì không thành bảng
\\# không phải đề mục"""
    assert [(one.kind, one.words) for one in checked(Content(title="x", body=read(typed, ()))).body] == [
        ("heading", "Kết quả"),
        ("paragraph", "Mười hai điểm đã mở cửa.\nNgười dân tới đọc báo."),
        ("quote", "Xã nào cũng cần. Bà Lan"),
        ("table", "Các xã Xã Điểm Tân Lập 2"),
        ("table", "Xã Điểm Bản Qua 3"),
        ("paragraph", "#12 là số nhà, một tab thì không thành bảng\n# không phải đề mục"),
    ]


def test_a_picture_is_moved_and_described_but_not_typed() -> None:
    text = written((Block("paragraph", "Một"), PICTURE))
    assert "[Ảnh 1]\nChú thích: Lớp học\nNgười chụp: LÊ AN\nMô tả: Học viên\nĐược đăng vì: hoạt động công cộng" in text
    picture, paragraph = read("[ảnh 1]\nmô tả: Ba học viên\n\nMột", (PICTURE,))
    assert (picture.file, picture.focus, picture.alt, picture.caption) == (FILE, (0.2, 0.3), "Ba học viên", "")
    assert paragraph == Block("paragraph", "Một")
    for wrong, told in (("[Ảnh 2]", "không có .Ảnh 2"), ("[Ảnh 1]\nĐược đăng vì: thích", "người trong ảnh đã đồng ý")):
        with pytest.raises(Invalid, match=told):
            read(wrong, (PICTURE,))


def test_a_recording_has_its_words_to_the_end_of_its_block() -> None:
    held = (Block("recording", file=FILE),)
    typed = (
        "[Bản ghi 1]\nTên bản ghi: Tiêm phòng\ntiếng nói: tiếng hmông\nNgười nói: Giàng A Páo\nĐược đăng vì: người nói đã đồng ý"
        "\nLời chép: Nyob zoo.\n# Mus txhaj tshuaj\n\\\nUa tsaug.\n\nĐoạn sau."
    )
    recording, after = read(typed, held)
    assert (recording.file, recording.spoken, recording.who, recording.consent) == (FILE, "hmv", "Giàng A Páo", "given")
    assert recording.text == "Nyob zoo.\n# Mus txhaj tshuaj\n\nUa tsaug." and after == Block("paragraph", "Đoạn sau.")
    assert written((recording, after)) == typed.replace("tiếng nói: tiếng hmông", "Tiếng nói: Tiếng Hmông").replace(
        "\nLời chép", "\nLời chép bằng:\nLời chép"
    ).replace("\n# M", "\n\\# M")
    with pytest.raises(Invalid, match="“Tiếng nói” của bản ghi phải là một trong: “Tiếng Việt”"):
        read("[Bản ghi 1]\nTiếng nói: Klingon", held)
