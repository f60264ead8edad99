"""A sheet of figures: its columns by their Vietnamese headings, each line read strictly; what is wrong is told in a sentence."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from tram.indicators.rules.catalogue import Indicator, indicators
from tram.indicators.rules.reading import Amount, Period, read_amount, read_period
from tram.vietnamese.dates import parse_typed, short
from tram.vietnamese.numbers import format_number, parse_number
from tram.vietnamese.repair import NAMES, repair
from tram.vietnamese.text import folded_words

COLUMNS = {
    "code": ("Mã chỉ tiêu", 24), "name": ("Chỉ tiêu", 40), "about": ("Phạm vi", 30), "period": ("Kỳ", 22), "value": ("Giá trị", 16),
    "unit": ("Đơn vị tính", 18), "publisher": ("Nơi công bố", 36), "document": ("Văn bản, bài có số liệu", 48),
    "link": ("Liên kết tới nguồn", 36), "note": ("Ghi chú", 30), "reason": ("Lý do sửa", 36),
}  # fmt: skip
"""Of a sheet: the heading and the width of each, in letters."""
OTHERWISE = {
    "ma": "code", "ten chi tieu": "name", "dia ban": "about", "ky so lieu": "period", "tinh den ngay": "period", "so lieu": "value",
    "gia tri": "value", "don vi": "unit", "dvt": "unit", "nguon": "publisher", "van ban": "document", "lien ket": "link",
}  # fmt: skip
"""What people call them, without marks."""
PUBLIC = {
    "code": "code", "about": "about", "period": "period", "value": "figure", "unit": "unit", "publisher": "publisher",
    "document": "document", "link": "link", "note": "note", "comparator": "comparator", "of": "of", "begins on": "begins_on",
    "ends on": "ends_on", "van ban bai": "document", "dau so sanh": "comparator", "trong tong so": "of", "tu ngay": "begins_on",
    "den ngay": "ends_on",
}  # fmt: skip
"""The columns of what everybody downloads: as programs name them in CSV, as people do in XLSX."""
HEADINGS = {name: words for name, (words, _) in COLUMNS.items()} | {
    "figure": COLUMNS["value"][0], "comparator": "Dấu so sánh", "of": "Trong tổng số", "begins_on": "Từ ngày", "ends_on": "Đến ngày",
}  # fmt: skip
NEEDED = ("about", "period", "value", "unit")
WORDS = ("publisher", "document", "link", "note", "reason")
HEADS_WITHIN, MOST = 20, 400
"""The heading stands in the first lines; figures of one sheet."""
LOOKED_AT = 80
"""Letters of a cell in which old codings are looked for."""
MARKS, FINE = set("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323"), set("đĐ“”‘’–—…≥≤≈×→")
FOREIGN = ("tcvn3", "vni", "viscii", "cp1258", "mojibake")
FOR_PROGRAMS = re.compile(r"-?\d+(\.\d*[1-9])?")
THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+")
"""A number with a point before the fraction; one that a Vietnamese reads as thousands."""
LIVE = re.compile(r"'\s*[=+\-@＝＋－＠]")
"""A text that CSV has with an apostrophe, lest it be taken for a formula."""


class Cell(NamedTuple):
    """Ô: what stands in it, and as what ("text", "number", "percent", "date", "month", "formula", "error"; "either" where a point
    may part thousands or a fraction)."""

    kind: str
    text: str


NOTHING = Cell("text", "")
Cells = Mapping[str, Cell]


@dataclass(slots=True)
class Told:
    """Điều một dòng kể: read as far as it can be; `wrong`: sentences about what cannot. A word is None where there is no such column."""

    number: int
    indicator: Indicator | None = None
    about: str = ""
    period: Period | None = None
    amount: Amount | None = None
    words: dict[str, str | None] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def columns_of(lines: Sequence[tuple[int, Mapping[int, str]]]) -> tuple[int, dict[int, str]]:
    """The number of the line of headings, and what each column holds. Raises ValueError with a sentence."""
    known = PUBLIC | {_plain(words): name for name, (words, _) in COLUMNS.items()} | OTHERWISE
    best: tuple[int, dict[int, str]] = (0, {})
    for number, cells in lines[:HEADS_WITHIN]:
        heads = {at: _plain(text.partition("(")[0]) for at, text in cells.items()}
        named = {at: known[head] for at, head in heads.items() if head in known}
        if len(named) > len(best[1]):
            best = (number, named)
    names = ["value" if name == "figure" else name for name in best[1].values()]
    missing = [COLUMNS[name][0] for name in NEEDED if name not in names]
    if not {"code", "name"} & set(names):
        missing.insert(0, COLUMNS["code"][0])
    if missing:
        told = ", ".join(f"“{one}”" for one in missing)
        raise ValueError(f"Bảng thiếu cột {told}. Tải bảng mẫu, chép số liệu vào đó rồi đưa vào lại.")
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise ValueError(f"Hai cột cùng là “{HEADINGS[twice]}”. Giữ một cột rồi đưa vào lại.")
    return best


def read_line(number: int, cells: Cells, columns: set[str], today: date) -> Told:
    """One line, with every sentence about what is wrong in it."""
    told = Told(number, typed={name: cell.text for name, cell in cells.items()})
    told.wrong += [said for name, cell in cells.items() if (said := _amiss(name, cell))]
    told.about = cells.get("about", NOTHING).text
    told.words = {name: cells.get(name, NOTHING).text if name in columns else None for name in WORDS}
    _read_indicator(told, cells)
    if told.indicator is not None:
        _read_unit(told, told.indicator, cells)
        for name, read in (("period", _period), ("value", _amount)):
            cell = cells.get(name, NOTHING)
            if cell.kind in ("formula", "error", "either"):
                continue
            try:
                found = read(cell, told.indicator, today)
            except ValueError as wrong:
                told.wrong.append(str(wrong))
            else:
                setattr(told, "amount" if name == "value" else name, found)
    if told.period is not None:
        told.wrong += _other_days(told.period, cells, today)
    return told


def put_together(cells: Cells) -> dict[str, Cell]:
    """What a public file tells of a figure in up to three cells as the one that people type: ≥ and 11900 are "≥ 11.900", 5 and 56 "5/56"."""
    told = {
        name: cell._replace(text=cell.text[1:]) if cell.kind == "text" and LIVE.match(cell.text) else cell
        for name, cell in cells.items()
        if name not in ("figure", "comparator", "of")
    }
    value = told.get("value") or _for_programs(cells.get("figure", NOTHING))
    for name in ("comparator", "of"):
        more = cells.get(name, NOTHING)
        if more.text and value.text:
            value = _joined(value, more, name)
    return told | ({"value": value} if value.text else {})


def _for_programs(cell: Cell) -> Cell:
    """A value under the name that programs know."""
    if cell.kind != "text":
        return cell
    kind = "either" if THOUSANDS.fullmatch(cell.text) else "number" if FOR_PROGRAMS.fullmatch(cell.text) else "text"
    return Cell(kind, cell.text)


def _joined(value: Cell, more: Cell, name: str) -> Cell:
    for cell in (value, more):
        if cell.kind not in ("text", "number"):
            return cell
    shown = format_number(_exact(value.text)) if value.kind == "number" else value.text
    if name == "of":
        return Cell("text", shown if "/" in shown else f"{shown}/{more.text}")
    return Cell("text", shown if shown.startswith(more.text) else f"{more.text} {shown}")


def _other_days(period: Period, cells: Cells, today: date) -> Iterator[str]:
    """The days beside a period must be its own: Excel makes 5 December of 12/5 where it counts like Americans."""
    for name, day in (("begins_on", period.begins_on), ("ends_on", period.ends_on)):
        text = cells.get(name, NOTHING).text
        if text and _day(text, today) != day:
            said = f"Cột “{HEADINGS[name]}” ghi “{text[:40]}”, còn kỳ là {period.name}."
            yield f"{said} Sửa cho khớp, hoặc bỏ cột “{HEADINGS[name]}”."


def _day(text: str, today: date) -> date | None:
    for read in (date.fromisoformat, lambda typed: parse_typed(typed, today)):
        with suppress(ValueError):
            return read(text)
    return None


def runs(numbers: Sequence[int]) -> str:
    """Numbers of lines in a row, as people write them: 3, 5–9."""
    found: list[list[int]] = []
    for one in numbers:
        if found and found[-1][-1] == one - 1:
            found[-1].append(one)
        else:
            found.append([one])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in found)


def _plain(text: str) -> str:
    return " ".join(folded_words(text))


def _amiss(name: str, cell: Cell) -> str:
    """What of a cell is no text or number that somebody typed."""
    heading = HEADINGS[name]
    if cell.kind == "either":
        said = f"Ô “{heading}” ghi “{cell.text}”: dấu chấm có thể là phần lẻ, có thể là hàng nghìn."
        return f"{said} Gõ {cell.text.replace('.', ',')} hoặc {cell.text.replace('.', '')}."
    if cell.kind == "formula":
        return f"Ô “{heading}” là công thức. Chép rồi dán dạng giá trị (Paste Special, Values)."
    if cell.kind == "error":
        return f"Ô “{heading}” là “{cell.text}”, không phải số hay chữ đã gõ. Gõ lại ô này."
    return _foreign(heading, cell.text) if cell.kind == "text" else ""


@lru_cache(maxsize=1024)
def _is_vietnamese(letter: str) -> bool:
    """Whether a letter may stand in clean text: what else there is may be a legacy coding, and only that is looked at."""
    apart = unicodedata.normalize("NFD", letter)
    return letter in FINE or (apart[0].isascii() and set(apart[1:]) <= MARKS)


@lru_cache(maxsize=512)
def _foreign(heading: str, text: str) -> str:
    if all(map(_is_vietnamese, text)):
        return ""
    found = repair(text[:LOOKED_AT])
    coding = next((one.encoding for one in found.changes if one.encoding in FOREIGN), "")
    if not coding:
        return ""
    return (
        f"Ô “{heading}” có chữ {NAMES[coding]}: “{text[:LOOKED_AT]}”. Gõ lại bằng Unicode, có phải là “{found.text}”?"
    )


def _read_indicator(told: Told, cells: Cells) -> None:
    code, name = cells.get("code", NOTHING).text, cells.get("name", NOTHING).text
    by_code, by_name = indicators().get(code), _by_name().get(_plain(name))
    if not code and not name:
        told.wrong.append("Chưa ghi chỉ tiêu. Ghi mã hoặc tên chỉ tiêu như trong bảng mẫu.")
    elif code and by_code is None:
        told.wrong.append(f"Danh mục không có mã chỉ tiêu “{code[:60]}”. Chép mã từ bảng mẫu.")
    elif not code and by_name is None:
        told.wrong.append(f"Danh mục không có chỉ tiêu “{name[:80]}”. Chép tên hoặc mã từ bảng mẫu.")
    elif code and by_name is not None and by_name is not by_code:
        told.wrong.append(f"Mã “{code}” và tên “{name[:80]}” là hai chỉ tiêu khác nhau. Giữ mã hoặc tên cho đúng.")
    else:
        told.indicator = by_code or by_name


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Indicator]:
    return {_plain(one.name): one for one in indicators().values()}


def _read_unit(told: Told, one: Indicator, cells: Cells) -> None:
    unit = cells.get("unit", NOTHING).text
    if not unit:
        told.wrong.append(f"Chưa ghi đơn vị tính. Chỉ tiêu này tính bằng “{one.unit}”.")
    elif "".join(unit.lower().split()) != "".join(one.unit.lower().split()):
        told.wrong.append(
            f"Đơn vị ghi “{unit[:40]}”, chỉ tiêu này tính bằng “{one.unit}”. Đổi số về đơn vị ấy rồi sửa ô."
        )


def _period(cell: Cell, one: Indicator, today: date) -> Period:
    if not cell.text:
        raise ValueError("Chưa ghi kỳ số liệu.")
    if cell.kind not in ("date", "month"):
        return read_period(cell.text, one, today)
    day = date.fromisoformat(cell.text)
    if one.kind == "stock":
        return read_period(short(day), one, today)
    if cell.kind == "month":
        return read_period(f"tháng {day.month}/{day.year}", one, today)
    raise ValueError(
        f"Ô “Kỳ” là ngày {short(day)}, chỉ tiêu này tính theo kỳ. Định dạng ô là Văn bản (Text) rồi gõ, ví dụ tháng {day.month}/{day.year}."
    )


def _amount(cell: Cell, one: Indicator, _today: date) -> Amount:
    match cell.kind:
        case "date" | "month":
            day = date.fromisoformat(cell.text)
            said = f"Ô “Giá trị” là ngày {short(day)}, không phải số."
            raise ValueError(
                f"{said} Định dạng ô là Văn bản (Text) rồi gõ lại{', ví dụ 5/56' if one.type == 'rank' else ''}."
            )
        case "percent" if one.unit != "%":
            raise ValueError(
                f"Ô “Giá trị” là phần trăm, chỉ tiêu này tính bằng “{one.unit}”. Định dạng ô là Số (Number) rồi gõ lại."
            )
        case "number" | "percent":
            return read_amount(format_number(_exact(cell.text)), one)
        case _:
            if not cell.text:
                raise ValueError("Chưa ghi giá trị.")
            return read_amount(cell.text, one)


def _exact(text: str) -> Any:
    return parse_number(text.replace(".", ","))
