"""What may be wrong in the body: grounds, citations, numbering, headings, appendices, capital letters (cell 6, Phụ lục II)."""

import re
from collections.abc import Iterator

from tram.formats.rules.drawing import bare
from tram.formats.rules.said import Found
from tram.formats.rules.sheet import (
    ARTICLE,
    BULLET,
    CENTRED,
    CHAPTER,
    CLAUSE,
    COPIES,
    PARAGRAPH,
    PART,
    POINT,
    SECTION,
    SUBSECTION,
    TABLE,
    Block,
    Sheet,
)
from tram.formats.rules.words import listed
from tram.vietnamese.text import nfc, tidy

LETTERS = tuple("abcdđeghiklmnopqrstuvxy")
ROMAN = re.compile(r"^[IVXLC]+$")
CITED = re.compile(
    r"(?P<kind>Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Nghị quyết|Chỉ thị|Công văn|Tờ trình|Thông báo|Kế hoạch|Báo cáo)"
    r"\s+số\s+(?P<number>\d+[a-z]?[/-](?:[\w./]|-\s?(?=[A-ZĐ]))*\w)(?P<rest>[^;]*)"
)
DATED = re.compile(r"^[,\s]*ngày\s+\d{1,2}(?:\s+tháng\s+\d{1,2}\s+năm\s+\d{4}|[/.-]\d ?\d?[/.-]\d{4})")
NAMED_BEFORE = re.compile(r"\b(?:của|Sở|Bộ|Ủy ban|UBND|Hội|Cục|Ban|Chi cục|Công ty)\s[^.;:]*\btại\s*$")
ISSUED_BEFORE = re.compile(r"[Nn]gày\s+\d[^.;]*\b(?:ban hành|có|gửi|ký)\s*$")
MATTER = "trích yếu nội dung"
SUBJECT_BELOW = re.compile(r"^trích yếu\b", re.IGNORECASE)
LAW = re.compile(r"\b(?:Bộ luật|Luật|Pháp lệnh) (?P<first>[^\W\d_]+)")
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
OF = re.compile(r"\bcủa\s+(?:các\s+)?[A-ZĐÂÊÔƯỦỨ]")
ABOUT = re.compile(
    r"\b(?:về|quy định|hướng dẫn|sửa đổi|ban hành|phê duyệt|thành lập|quy chế|phân công|giao|tăng cường|triển khai|bãi bỏ|thực hiện|kết luận|V/v)\b"
)
GROUND_LAW = re.compile(r"((?:Bộ luật|Luật|Pháp lệnh)[^;,]*?)\s+(số\s+\d+/\d{4}/[\w-]+)")
PARTS = re.compile(
    r"(?<=[\wà-ỹ,;(] )(Khoản|Điểm)(?= (?:\d+|[a-zđ]\b),? (?:khoản|Khoản|Điều|điều)\b| \d+ (?:Điều|điều)\b)"
)
ARTICLE_SMALL = re.compile(r"(?:(?<=\bkhoản \d )|(?<=\bkhoản \d\d )|(?<=\bđịnh tại ))điều(?= \d)")
SENTENCE = re.compile(r"\b(?P<word>[^\W\d_]{3,})\.\s+(?P<first>[^\W\d_]+)")
AREA = re.compile(r"(?<=[^\W\d_,;] )Tỉnh(?= [A-ZĐÂÊÔƯ])")
AREA_NUMBERED = re.compile(r"(?<!\d )\b(quận|phường)(?= \d{1,2}\b(?! (?:và|,|phường|quận)))")
WEEKDAY = re.compile(r"(?<=\bthứ )(hai|ba|tư|năm|sáu|bảy)(?=,? (?:\(?ngày )\d)")
NOTATION = re.compile(r"\d+/(?:\d{4}/)?[A-ZĐ][\wĐđ.&]*(?:\s[-–]\s?|[-–]\s)[A-ZĐ][\wĐđ.&-]*")
APPENDIX = re.compile(r"\bphụ lục\b|kèm theo|danh sách", re.IGNORECASE)


def grounds(sheet: Sheet) -> Iterator[Found]:
    """Cell 6, what the paper rests on."""
    if sheet.kind in ("decision", "resolution"):
        if not sheet.authority:
            yield Found(
                "authority_missing", "authority", "Trên các căn cứ phải ghi thẩm quyền ban hành (chức vụ hoặc tập thể)."
            )
        if not sheet.grounds:
            yield Found("grounds_missing", "grounds", "Chưa ghi căn cứ ban hành văn bản.")
    for at, ground in enumerate(sheet.grounds):
        words = bare(ground)
        if law := GROUND_LAW.search(words):
            yield Found(
                "ground_law", "grounds", "Căn cứ là Luật, Pháp lệnh thì không ghi số, ký hiệu.", f" {law[2]}", "", at
            )  # fmt: skip
        if not words.startswith(("Căn cứ", "Xét", "Theo")):
            continue
        for cited in list(CITED.finditer(words))[:1]:
            if cited["kind"] in ("Công văn", "Tờ trình", "Báo cáo", "Thông báo", "Kế hoạch"):
                continue
            if lacks := _lacks(cited, words):
                yield Found(
                    "ground_full", "grounds", f"Căn cứ “{cited['kind']} số {cited['number']}” còn thiếu {lacks}.",
                    f"{cited['kind']} số {cited['number']}", at=at,
                )  # fmt: skip


def _lacks(cited: re.Match[str], words: str) -> str:
    """What a citation in full must have and this one has not."""
    rest = cited["rest"]
    paired = re.search(rf"\bvà {cited['kind']} số", rest)
    before = rest if paired else re.split(r"\b(?:quy định|hướng dẫn|sửa đổi|về|ban hành)\b", rest, maxsplit=1)[0]
    missing: list[str] = []
    if ISSUED_BEFORE.search(words[: cited.start()]):
        return "" if ABOUT.search(rest) else MATTER
    if not DATED.match(rest):
        missing.append("ngày, tháng, năm ban hành")
    if not OF.search(before) and not NAMED_BEFORE.search(words[: cited.start()]):
        missing.append("tên cơ quan ban hành")
    if not ABOUT.search(rest):
        missing.append(MATTER)
    return ", ".join(missing)


def citations(sheet: Sheet) -> Iterator[Found]:
    """Cell 6: a document named for the first time is named whole; later its kind and number are enough."""
    known = {found["number"] for ground in sheet.grounds for found in CITED.finditer(nfc(ground))}
    for at, block in enumerate(sheet.body):
        words = QUOTED.sub(" ", _words(block))
        for cited in CITED.finditer(words):
            if cited["number"] in known:
                continue
            known.add(cited["number"])
            below = _words(sheet.body[at + 1]) if at + 1 < len(sheet.body) else ""
            lacks = _lacks(cited, words)
            if lacks and not (lacks == MATTER and SUBJECT_BELOW.match(below)):
                name = f"{cited['kind']} số {cited['number']}"
                yield Found("cited_full", "body", f"Viện dẫn lần đầu “{name}” còn thiếu {lacks}.", name, at=at)


def structure(sheet: Sheet) -> Iterator[Found]:
    """Cell 6: articles, clauses and points run on; parts and chapters have Roman numerals and titles."""
    if not sheet.body and sheet.kind not in COPIES:
        yield Found("body_missing", "body", "Văn bản chưa có nội dung.")
    last = {ARTICLE: "", CLAUSE: "", POINT: ""}
    for at, block in enumerate(sheet.body):
        if block.kind in (PART, CHAPTER, SECTION, SUBSECTION):
            yield from _headed(block, at)
        elif block.kind == ARTICLE and sheet.kind in ("regulation", "rule") and not block.title:
            yield Found("heading_title", "body", f"Điều {block.number} chưa có tiêu đề.", at=at)
        if block.kind in last:
            yield from _in_order(block, at, last[block.kind])
            last[block.kind] = block.number
        if block.kind not in (POINT, PARAGRAPH, BULLET, TABLE, CENTRED):
            last[POINT] = ""
            last[CLAUSE] = last[CLAUSE] if block.kind == CLAUSE else ""


def _in_order(block: Block, at: int, last: str) -> Iterator[Found]:
    after = f"sau “{last}” là" if last else "đầu tiên là"
    if block.kind == ARTICLE:
        wanted = _next_number(last, block.number)
        rule, words = "article_order", f"Thứ tự điều: {after} Điều {wanted}."
    elif block.kind == CLAUSE:
        wanted = "" if block.number == "1" else _next_number(last, block.number)
        rule, words = "clause_order", f"Thứ tự khoản: {after} “{wanted}”."
    else:
        wanted = "" if block.number == (next_letter := _next_letter(last)) else next_letter
        rule, words = "point_order", f"Thứ tự điểm theo bảng chữ cái tiếng Việt: {after} “{wanted}”."
    if wanted:
        yield Found(rule, "body", words, block.number, wanted, at)


def _headed(block: Block, at: int) -> Iterator[Found]:
    name = {PART: "phần", CHAPTER: "chương", SECTION: "mục", SUBSECTION: "tiểu mục"}[block.kind]
    roman = block.kind in (PART, CHAPTER)
    if bool(ROMAN.match(block.number)) != roman:
        sort = "chữ số La Mã" if roman else "chữ số Ả Rập"
        yield Found("heading_numeral", "body", f"Số thứ tự của {name} dùng {sort}.", block.number, at=at)
    if not block.title:
        yield Found("heading_title", "body", f"{name.capitalize()} {block.number} chưa có tiêu đề.", at=at)


def _next_number(last: str, number: str) -> str:
    """The number that should stand here; "" when this one may. Deeper numbers (4.1, 2a) are left alone."""
    if not number.isdigit() or (last and not last.isdigit()):
        return ""
    wanted = int(last or 0) + 1
    return "" if int(number) == wanted else str(wanted)


def _next_letter(last: str) -> str:
    if not last:
        return LETTERS[0]
    if last not in LETTERS or last == LETTERS[-1]:
        return ""
    return LETTERS[LETTERS.index(last) + 1]


def appendices(sheet: Sheet) -> Iterator[Found]:
    """Each appendix is named in the paper, and has a title."""
    words = " ".join(_words(block) for block in sheet.body)
    if sheet.appendices and not APPENDIX.search(words):
        yield Found("appendix_named", "body", "Văn bản có Phụ lục kèm theo thì nội dung phải có chỉ dẫn về Phụ lục đó.")
    for at, appendix in enumerate(sheet.appendices):
        if not appendix.title.strip():
            yield Found("appendix_title", "appendices", "Phụ lục chưa có tên.", at=at)


def capitals(sheet: Sheet) -> Iterator[Found]:
    """Phụ lục II, and notations inside sentences."""
    for at, block in enumerate(sheet.body):
        yield from _capitals("body", at, _words(block), is_running=block.kind != TABLE)
    for at, ground in enumerate(sheet.grounds):
        yield from _capitals("grounds", at, nfc(ground), is_running=True)
    for at, line in enumerate(sheet.recipients):
        yield from _capitals("recipients", at, nfc(line), is_running=False)
    for at, line in enumerate(sheet.addressees):
        yield from _capitals("addressees", at, nfc(line), is_running=False)
    yield from _capitals("subject", None, nfc(sheet.subject), is_running=False)


PATTERNS = (
    ("cited_parts", PARTS, "Viện dẫn khoản, điểm không viết hoa giữa câu.", str.lower),
    ("cited_parts", ARTICLE_SMALL, "Viện dẫn điều của một văn bản cụ thể thì viết hoa “Điều”.", str.capitalize),
    ("area_capital", AREA, "Danh từ chung “tỉnh” đứng trước tên riêng không viết hoa.", str.lower),
    (
        "area_numbered",
        AREA_NUMBERED,
        "Đơn vị hành chính đặt tên bằng chữ số viết hoa cả danh từ chung.",
        str.capitalize,
    ),
    ("weekday", WEEKDAY, "Tên ngày trong tuần viết hoa.", str.capitalize),
)


def _capitals(field: str, at: int | None, words: str, *, is_running: bool) -> Iterator[Found]:
    for wrong, right in listed("capitals").items():
        for found in re.finditer(rf"(?<!\w){re.escape(wrong)}(?!\w)", words):
            if not (found.start() == 0 and wrong[0].islower()):
                yield Found("capitals", field, f"Viết “{right}”.", wrong, right, at)
                break
    for rule, pattern, message, change in PATTERNS:
        for found in pattern.finditer(words):
            tail = re.match(r"\W*\w*", words[found.end() :])
            beside = tail[0] if tail else ""
            yield Found(rule, field, message, f"{found[0]}{beside}", f"{change(found[0])}{beside}", at)
    for found in LAW.finditer(words):
        if found["first"].islower() and found["first"] not in listed("after_law"):
            said, first = found[0], found["first"]
            fix = said[: -len(first)] + first.capitalize()
            yield Found("law_capital", field, "Tên của luật viết hoa chữ cái đầu.", said, fix, at)
    for found in NOTATION.finditer(words):
        yield Found(
            "notation_inside", field, "Trong ký hiệu không có dấu cách.", found[0], re.sub(r"\s*[-–]\s*", "-", found[0]), at
        )  # fmt: skip
    if is_running:
        for found in SENTENCE.finditer(words):
            first = found["first"]
            if first[0].islower() and not found["word"].isupper():
                said = f"{found['word']}. {first}"
                yield Found(
                    "sentence_capital", field, "Sau dấu chấm câu viết hoa chữ cái đầu.", said,
                    f"{found['word']}. {first[0].upper()}{first[1:]}", at,
                )  # fmt: skip


def _words(block: Block) -> str:
    if block.kind == TABLE:
        return tidy(" ; ".join(cell for row in block.rows for cell in row))
    return nfc(f"{block.title} {block.text}".strip() if block.title else block.text)


CHECKS = (grounds, citations, structure, appendices, capitals)
