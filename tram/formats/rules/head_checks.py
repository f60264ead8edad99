"""What may be wrong in the upper cells of a sheet: agency, number and notation, place, kind and subject (cells 2 to 5)."""

import re
from collections.abc import Iterator

from tram.formats.rules.drawing import kinds
from tram.formats.rules.said import Found
from tram.formats.rules.sheet import COPIES, Sheet
from tram.formats.rules.words import listed
from tram.vietnamese.text import tidy

NAMELESS = re.compile(
    r"^(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd)(?: (?:tỉnh|thành phố|xã|phường|huyện|đặc khu))?$",
    re.IGNORECASE,
)
PLACE_SHORT = re.compile(r"^(TP\.?|T\.P\.?|Tp\.?|TX\.?|P\.|Q\.|H\.)\s*(?=\S)")
PLACE_WORDS = {"TP": "Thành phố", "TX": "Thị xã", "P": "Phường", "Q": "Quận", "H": "Huyện"}
SPACED = re.compile(r"\s*([-–—/])\s*")


def organ(sheet: Sheet) -> Iterator[Found]:
    """Cell 2."""
    name = tidy(sheet.organ)
    if not name:
        if sheet.kind == "contract":
            return
        yield Found("organ_missing", "organ", "Chưa ghi tên cơ quan, tổ chức ban hành văn bản.")
        return
    for word in listed("spelled"):
        if re.search(rf"(?<!\w){word}(?!\w)", name):
            full = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân", "VP": "Văn phòng"}.get(word, "")
            yield Found(
                "organ_short", "organ", f"Tên cơ quan ban hành phải ghi đầy đủ, không viết tắt “{word}”.", word, full
            )  # fmt: skip
    if NAMELESS.match(tidy(sheet.superior)):
        yield Found(
            "superior_nameless", "superior", "Tên cơ quan chủ quản ở địa phương phải kèm tên tỉnh, thành phố hoặc xã, phường.",
            tidy(sheet.superior),
        )  # fmt: skip


def number(sheet: Sheet) -> Iterator[Found]:
    """Cell 3, the number and the look of the notation."""
    if sheet.number and not sheet.number.strip().isdigit():
        yield Found("number_figures", "number", "Số của văn bản chỉ ghi bằng chữ số Ả Rập.", sheet.number)
    notation = sheet.notation.strip()
    if not notation:
        if sheet.kind != "courtesy_letter":
            yield Found("notation_missing", "notation", "Chưa ghi ký hiệu của văn bản.")
        return
    joined = SPACED.sub(lambda sign: "-" if sign[1] in "–—" else sign[1], notation)
    if joined != notation:
        yield Found(
            "notation_joined", "notation", "Các nhóm chữ trong ký hiệu nối bằng dấu gạch nối (-), không cách chữ.",
            notation, joined,
        )  # fmt: skip
    for group in re.split(r"[-/]", joined):
        if sum(map(str.isupper, group)) < 2 and not group.isdigit() and len(group) > 1 and not group.isupper():
            yield Found(
                "notation_capitals", "notation", f"Ký hiệu viết bằng chữ in hoa; “{group}” chưa đúng.", group, group.upper()
            )  # fmt: skip
            break
    yield from _notation_of_kind(sheet, [group for group in re.split(r"[-/]", joined) if group])


def _notation_of_kind(sheet: Sheet, groups: list[str]) -> Iterator[Found]:
    kind = kinds().get(sheet.kind)
    if kind is None or not groups:
        return
    if groups[0].isdigit() and len(groups[0]) == 4:
        yield Found(
            "notation_year", "notation",
            "Số có năm ban hành chỉ dùng cho văn bản quy phạm pháp luật; văn bản hành chính không ghi năm.",
            f"{groups[0]}/", "",
        )  # fmt: skip
        groups = groups[1:]
    short = {row["abbreviation"] for row in kinds().values() if row["abbreviation"]}
    wanted = kind["abbreviation"]
    if not groups:
        return
    if wanted and groups[0] != wanted:
        first = groups[0]
        swap = first in short or first.upper() == wanted.upper()
        fix = "-".join([wanted, *(groups[1:] if swap else groups)])
        name = kind["name"].lower()
        yield Found(
            "notation_kind", "notation", f"Ký hiệu của {name} bắt đầu bằng “{wanted}” (Phụ lục III).", sheet.notation, fix
        )  # fmt: skip
    elif sheet.kind == "official_letter":
        yield from _letter_notation(sheet, groups)


def _letter_notation(sheet: Sheet, groups: list[str]) -> Iterator[Found]:
    if groups[0] == "CV":
        yield Found(
            "notation_letter", "notation", "Ký hiệu của công văn không có chữ viết tắt tên loại “CV”.", sheet.notation,
            "-".join(groups[1:]) if len(groups) > 2 else "",
        )  # fmt: skip
    elif len(groups) < 2:
        yield Found(
            "notation_letter", "notation",
            "Ký hiệu của công văn gồm chữ viết tắt tên cơ quan và tên đơn vị soạn thảo hoặc lĩnh vực, "
            f"ví dụ “{groups[0]}-VP”.", sheet.notation,
        )  # fmt: skip


def place(sheet: Sheet) -> Iterator[Found]:
    """Cell 4, the place; the day is a day."""
    name = tidy(sheet.place)
    if not name:
        if sheet.kind not in listed("placeless"):
            yield Found("place_missing", "place", "Chưa ghi địa danh trước ngày, tháng, năm.")
        return
    if short := PLACE_SHORT.match(name):
        word = PLACE_WORDS.get(short[1].replace(".", "").upper(), "")
        yield Found("place_short", "place", "Địa danh ghi đầy đủ, không viết tắt.", short[0], f"{word} ")
    elif not all(word[0].isupper() or not word[0].isalpha() for word in name.split()[-2:]):
        yield Found("place_capitals", "place", "Các chữ cái đầu của địa danh phải viết hoa.", name, name.title())


def subject(sheet: Sheet) -> Iterator[Found]:
    """Cells 5a and 5b."""
    words = tidy(sheet.subject)
    field = "subject"
    if not words:
        if sheet.kind not in listed("subjectless"):
            yield Found("subject_missing", field, "Chưa ghi trích yếu nội dung văn bản.")
        return
    if sheet.kind == "official_letter":
        if label := re.match(r"(?:V/[vV]\s*[:.]?|Về việc:?|về việc:?|v/v:?)\s+", words):
            yield Found(
                "matter_label", field, "Trích yếu công văn đứng ngay sau chữ “V/v” có sẵn, không ghi lại “Về việc”.", label[0], ""
            )  # fmt: skip
            words = words[label.end() :]
        first = words.split()[0]
        if first in _kind_starts() and not re.match(rf"{first}\s+\S+\s+(?:số\s)?\d", words):
            yield Found(
                "matter_capital", field, "Trích yếu công văn viết chữ thường sau “V/v”.", first, first[0].lower() + first[1:]
            )  # fmt: skip
    if words.endswith((".", ";", ",")) and not words.endswith("..."):
        tail = words.split()[-1]
        yield Found("subject_end", field, "Cuối trích yếu không có dấu chấm câu.", tail, tail.rstrip(".;,"))
    longest = int(listed("longest_subject"))
    if len(words.split()) > longest:
        yield Found(
            "subject_long", field, f"Trích yếu là một câu hoặc cụm từ ngắn gọn; câu này có {len(words.split())} chữ."
        )  # fmt: skip


def _kind_starts() -> set[str]:
    verbs = {
        "Đề",
        "Xin",
        "Báo",
        "Triển",
        "Tổ",
        "Thực",
        "Cung",
        "Góp",
        "Trả",
        "Gửi",
        "Giải",
        "Phối",
        "Tăng",
        "Thông",
        "Hướng",
    }
    return verbs | {row["name"].split()[0] for row in kinds().values()}


def stamps(sheet: Sheet) -> Iterator[Found]:
    """Cells 10b and 12."""
    from_list = ("", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "HOẢ TỐC")
    if tidy(sheet.urgency).upper() not in from_list:
        yield Found("urgency", "urgency", "Mức độ khẩn chỉ có: KHẨN, THƯỢNG KHẨN, HỎA TỐC.", sheet.urgency)
    mark = re.match(r"[\w.]+", tidy(sheet.drafter))
    if mark and not mark[0].replace(".", "").isupper():
        yield Found("drafter", "drafter", "Ký hiệu người soạn thảo viết bằng chữ in hoa.", mark[0], mark[0].upper())


def kind(sheet: Sheet) -> Iterator[Found]:
    """Cell 5a: whether the kind is one of Điều 7."""
    if sheet.kind not in kinds():
        yield Found(
            "kind_unknown",
            "kind",
            f"“{sheet.kind.capitalize()}” không có trong 29 loại văn bản hành chính.",
            sheet.kind,
        )


def is_copy(sheet: Sheet) -> bool:
    """Whether the sheet is the block of a copy."""
    return sheet.kind in COPIES


CHECKS = (organ, number, place, subject, stamps, kind)
