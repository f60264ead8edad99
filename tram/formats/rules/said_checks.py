"""What may be wrong in the very signs of a paper that came as a file: fixed phrases, labels, ends of lines (cells 1, 3, 4, 6, 9)."""

import re
from collections.abc import Iterator

from tram.formats.rules.said import Found, Said
from tram.formats.rules.sheet import Sheet
from tram.vietnamese.text import nfc, tone_normal

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
DAY = re.compile(r"ngày\s*(\d{1,2})\s*tháng", re.IGNORECASE)
MONTH = re.compile(r"tháng\s*(\d{1,2})\s*năm", re.IGNORECASE)
SLASHED = re.compile(r"ngày\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}", re.IGNORECASE)
LABEL = re.compile(r"(?P<label>S[^\W\d]\s*[:.;]?\s*)(?P<number>\d*)")
ARTICLE = re.compile(r"^(Điều|ĐIỀU|điều)\s+(\d+)\s*([^\w\s])?")


def phrases(_sheet: Sheet, said: Said) -> Iterator[Found]:
    """Cell 1."""
    for rule, words, right, name in (
        ("nation", said.nation, NATION, "Quốc hiệu"),
        ("motto", said.motto, MOTTO, "Tiêu ngữ"),
    ):
        if not words:
            yield Found(rule, rule, f"Chưa có {name} “{right}”.", "", right)
        elif tone_normal(words) != tone_normal(right):
            yield Found(rule, rule, f"{name} phải viết đúng “{right}”.", words, right)


def number(sheet: Sheet, said: Said) -> Iterator[Found]:
    """Cell 3, the label and the nought."""
    found = LABEL.match(said.number.strip())
    if not found:
        return
    if not found["label"].strip().endswith(":") or found["label"].strip() not in ("Số:", "Số :"):
        yield Found("number_label", "number", "Ghi “Số:” trước số của văn bản.", found["label"].strip(), "Số:")
    elif " :" in found["label"]:
        yield Found("number_label", "number", "Dấu hai chấm đứng liền sau chữ “Số”.", found["label"].strip(), "Số:")
    if re.fullmatch(r"\d", found["number"]) and sheet.number == found["number"]:
        yield Found(
            "number_padded",
            "number",
            "Số nhỏ hơn 10 phải ghi thêm số 0 phía trước.",
            found["number"],
            f"0{found['number']}",
        )


def dated(sheet: Sheet, said: Said) -> Iterator[Found]:
    """Cell 4."""
    words = nfc(said.dated)
    if not words:
        return
    if slashed := SLASHED.search(words):
        yield Found(
            "day_words",
            "day",
            "Ngày, tháng, năm ban hành phải viết đầy đủ bằng chữ “ngày … tháng … năm …”.",
            slashed[0],
        )
        return
    before = re.split(r"ngày", words, maxsplit=1)[0]
    if sheet.place and not re.search(r",\s*$", before):
        yield Found("place_comma", "place", "Sau địa danh có dấu phẩy (,).", words)
    day, month = (found[1] if (found := sought.search(words)) else "" for sought in (DAY, MONTH))
    if len(day) == 1:
        yield Found(
            "day_padded", "day", "Ngày nhỏ hơn 10 phải ghi thêm số 0 phía trước.", f"ngày {day}", f"ngày 0{day}"
        )
    if month in ("1", "2"):
        yield Found(
            "month_padded",
            "day",
            "Tháng 1, tháng 2 phải ghi thêm số 0 phía trước.",
            f"tháng {month}",
            f"tháng 0{month}",
        )
    elif len(month) == 2 and month[0] == "0" and month not in ("01", "02"):
        yield Found(
            "month_padded", "day", "Chỉ tháng 1, tháng 2 ghi thêm số 0 phía trước.", f"tháng {month}", f"tháng {month[1]}"
        )  # fmt: skip


def matter(sheet: Sheet, said: Said) -> Iterator[Found]:
    """Cell 5b, the label."""
    words = said.matter.strip()
    if words and not re.match(r"V/v\s", words) and sheet.kind == "official_letter":
        label = " ".join(words.split()[:1])
        yield Found("matter_label", "subject", "Trích yếu công văn đứng sau chữ “V/v”.", label, "V/v")


def addressees(_sheet: Sheet, said: Said) -> Iterator[Found]:
    """Cell 9a: the label, the dashes, the ends."""
    if said.address and not re.match(r"Kính gửi:", nfc(said.address).strip()):
        label = re.match(r"\W*\w+\s+\w+\s*:?", said.address)
        yield Found(
            "address_label",
            "addressees",
            "Ghi “Kính gửi:” với dấu hai chấm.",
            label[0] if label else said.address,
            "Kính gửi:",
        )
    yield from _list_ends("address_marks", "addressees", said.addresses, least=2)


def grounds(_sheet: Sheet, said: Said) -> Iterator[Found]:
    """Cell 6: each ground ends with a semicolon, the last with a full stop."""
    lines = [line.strip() for line in said.grounds]
    for at, line in enumerate(lines):
        end = "." if at + 1 == len(lines) else ";"
        if not line.endswith(end):
            fix = line.rstrip(" ;,.:") + end
            name = (
                "Căn cứ cuối cùng kết thúc bằng dấu chấm (.)."
                if end == "."
                else "Cuối mỗi căn cứ có dấu chấm phẩy (;)."
            )
            yield Found("ground_marks", "grounds", name, _tail(line), _tail(fix), at)


def articles(sheet: Sheet, said: Said) -> Iterator[Found]:
    """Cell 6: "Điều 1." with a full stop."""
    places = [at for at, block in enumerate(sheet.body) if block.kind == "article"]
    for at, line in zip(places, said.articles, strict=False):
        found = ARTICLE.match(line)
        if found and (found[3] != "." or found[1] != "Điều"):
            yield Found(
                "article_mark", "body", "Sau số thứ tự của điều có dấu chấm (.).", found[0], f"Điều {found[2]}.", at
            )


def end(sheet: Sheet, said: Said) -> Iterator[Found]:
    """Cell 6: the body ends with "./."."""
    words = said.last.strip()
    if words and not re.search(r"\./\.\W*$", words):
        yield Found(
            "end_mark",
            "body",
            "Hết nội dung ghi dấu “./.”.",
            _tail(words),
            _tail(f"{words.rstrip(' ./;,')}./."),
            len(sheet.body) - 1,
        )


def copies(_sheet: Sheet, said: Said) -> Iterator[Found]:
    """Cell 9b: the label, the dashes, the ends."""
    if not said.copies:
        return
    label = nfc(said.copies[0]).strip()
    if not re.match(r"Nơi nhận:", label):
        yield Found("copies_marks", "recipients", "Ghi “Nơi nhận:” với dấu hai chấm.", label, "Nơi nhận:")
    yield from _list_ends("copies_marks", "recipients", said.copies[1:], least=1)


def _list_ends(rule: str, field: str, lines: tuple[str, ...], *, least: int) -> Iterator[Found]:
    told = [nfc(line).strip() for line in lines]
    if len(told) < least:
        return
    for at, line in enumerate(told):
        last = at + 1 == len(told)
        if not re.match(r"[-–]", line):
            yield Found(rule, field, "Đầu dòng có gạch đầu dòng (-).", line, f"- {line}", at)
        if not line.endswith("." if last else ";"):
            fix = line.rstrip(" ;,.:") + ("." if last else ";")
            message = "Dòng cuối kết thúc bằng dấu chấm (.)." if last else "Cuối dòng có dấu chấm phẩy (;)."
            yield Found(rule, field, message, line, fix, at)


def _tail(words: str) -> str:
    parts = words.split()
    return " ".join(parts[-4:])


def whole(_sheet: Sheet, said: Said) -> Iterator[Found]:
    """What could not be judged, so that nobody takes silence for praise."""
    if said.is_machine_read:
        yield Found(
            "machine_read",
            "nation",
            "Chữ trên tệp do máy đọc, mất dấu ở chỗ cố định: lỗi về dấu, chữ hoa, chữ ký chưa kiểm tra được.",
        )
    if not said.is_whole:
        yield Found(
            "headless",
            "nation",
            "Tệp không có phần đầu văn bản (Quốc hiệu, cơ quan, số, địa danh): chỉ kiểm tra nội dung.",
        )
    if not said.has_foot:
        yield Found(
            "footless", "recipients", "Không thấy phần ký và nơi nhận của một người ký: các ô 7 và 9b chưa kiểm tra."
        )


CHECKS = (whole, phrases, number, dated, matter, addressees, grounds, articles, end, copies)
