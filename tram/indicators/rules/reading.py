"""Figures and their periods as clerks type them and as people read them: "≥ 11.900", "12,5 %", "5/56"; "30/9/2008", "quý III/2008"."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tram.indicators.rules.catalogue import LARGEST, Indicator
from tram.vietnamese.dates import parse_typed, period_name, short
from tram.vietnamese.numbers import format_number, parse_number

COMPARATORS = {"=": "", "≥": "từ", "≤": "không quá", "≈": "khoảng"}
"""How a figure stands to the truth, and the word that a voice reads."""
TYPED = {"=": "=", "≥": "≥", ">=": "≥", "≤": "≤", "<=": "≤", "≈": "≈", "~": "≈"}
RANK = re.compile(r"(\d{1,5})\s*/\s*(\d{1,5})")
MONTHS = {"month": 1, "quarter": 3, "half": 6, "nine_months": 9, "year": 12}
"""How many months a kind of period has."""
JUMP = 5
"""So many times the figure before, or so many times less, is asked about."""
ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
HOW_PERIOD = "Gõ 2008, tháng 9/2008, quý III/2008, 6 tháng 2008 hoặc 9 tháng 2008."
PERIODS: list[tuple[str, re.Pattern[str], Callable[[re.Match[str]], int]]] = [
    ("year", re.compile(r"(?:năm )?(?P<year>\d{4})"), lambda _: 12),
    ("month", re.compile(r"(?:tháng )?(?P<month>0?[1-9]|1[0-2])\s?[/-]\s?(?P<year>\d{4})"), lambda m: int(m["month"])),
    ("month", re.compile(r"tháng (?P<month>0?[1-9]|1[0-2]) năm (?P<year>\d{4})"), lambda m: int(m["month"])),
    (
        "quarter", re.compile(r"(?:quý|q) ?(?P<quarter>iv|i{1,3}|[1-4])(?: ?[/-] ?| năm | )(?P<year>\d{4})"),
        lambda m: 3 * (ROMAN.get(m["quarter"].upper()) or int(m["quarter"])),
    ),
    ("half", re.compile(r"6 tháng(?: đầu năm | năm | ?/ ?| )(?P<year>\d{4})"), lambda _: 6),
    ("nine_months", re.compile(r"9 tháng(?: đầu năm | năm | ?/ ?| )(?P<year>\d{4})"), lambda _: 9),
]  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Kỳ số liệu: the day to which a figure is counted, or the months in which it came about."""

    ends_on: date
    kind: str

    @property
    def begins_on(self) -> date:
        """Its first day; of a stock the day itself."""
        months = MONTHS.get(self.kind)
        return date(self.ends_on.year, self.ends_on.month - months + 1, 1) if months else self.ends_on

    @property
    def name(self) -> str:
        """As people read it: "30/09/2008", "quý III năm 2008"."""
        return period_name(self.begins_on, self.ends_on) if self.kind in MONTHS else short(self.ends_on)

    @property
    def words(self) -> str:
        """The same within a sentence."""
        return self.name if self.kind in MONTHS else f"đến ngày {self.name}"


@dataclass(frozen=True, slots=True)
class Amount:
    """Giá trị: exact, with how it stands to the truth; of a rank its place, `of` how many."""

    value: Decimal
    comparator: str = "="
    of: int | None = None

    @property
    def text(self) -> str:
        """As it is printed, without its unit: "≥ 11.900", "5/56"."""
        told = format_number(int(self.value) if self.value == self.value.to_integral() else self.value.normalize())
        if self.of:
            return f"{told}/{self.of}"
        return told if self.comparator == "=" else f"{self.comparator} {told}"


def read_period(text: str, indicator: Indicator, today: date) -> Period:
    """The period that was typed; ValueError with a sentence that says how to type it."""
    typed = " ".join(text.lower().split())
    if indicator.kind == "stock":
        ends = parse_typed(typed, today)
        if ends > today:
            raise ValueError(f"Ngày {short(ends)} chưa tới. Số liệu tính đến hôm nay là muộn nhất.")
        return Period(ends, "day")
    for kind, pattern, last in PERIODS:
        if found := pattern.fullmatch(typed):
            year, month = int(found["year"]), last(found)
            if not 1900 <= year <= 9999:
                raise ValueError(f"Năm {found['year']} nằm ngoài khoảng 1900 đến 9999. {HOW_PERIOD}")
            period = Period(date(year, month, monthrange(year, month)[1]), kind)
            if period.begins_on > today:
                raise ValueError(
                    f"{period.name[:1].upper()}{period.name[1:]} chưa bắt đầu. Chọn kỳ đã qua hoặc đang diễn ra."
                )
            return period
    raise ValueError(f"Không đọc được kỳ “{text.strip()}”. {HOW_PERIOD}")


def read_amount(text: str, indicator: Indicator) -> Amount:
    """The figure that was typed, by the rules of its indicator; ValueError with a sentence that says how to type it."""
    typed = " ".join(text.split())
    if indicator.type == "rank":
        return _rank(typed)
    sign = next((sign for sign in (">=", "<=", *TYPED) if typed.startswith(sign)), "")
    number = typed[len(sign) :].strip()
    if indicator.unit == "%":
        number = number.removesuffix("%").strip()
    value = parse_number(number)
    _must_fit(value, indicator)
    return Amount(value, TYPED.get(sign, "="))


def _rank(typed: str) -> Amount:
    found = RANK.fullmatch(typed)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise ValueError("Gõ thứ hạng trên tổng số, ví dụ 5/56; thứ hạng không lớn hơn tổng số.")
    return Amount(Decimal(int(found[1])), of=int(found[2]))


def _must_fit(value: Decimal, indicator: Indicator) -> None:
    exponent = value.normalize().as_tuple().exponent
    if isinstance(exponent, int) and -exponent > indicator.precision:
        told = f"tối đa {indicator.precision} chữ số sau dấu phẩy" if indicator.precision else "số nguyên"
        raise ValueError(f"Chỉ tiêu này ghi {told}. Làm tròn như trong nguồn rồi nhập lại.")
    if indicator.least is not None and value < indicator.least:
        raise ValueError(f"Chỉ tiêu này không nhỏ hơn {format_number(indicator.least)}. Xem lại số vừa gõ.")
    if value > (LARGEST if indicator.most is None else indicator.most):
        most = LARGEST if indicator.most is None else indicator.most
        raise ValueError(f"Chỉ tiêu này không lớn hơn {format_number(most)}. Xem lại số vừa gõ.")


def odd_jump(now: Amount, before: Amount) -> str:
    """What is asked of somebody whose figure is far from the one before; "" where it is not."""
    if now.of or before.of or now.value <= 0 or before.value <= 0:
        return ""
    grows = now.value > before.value
    times = now.value / before.value if grows else before.value / now.value
    if times < JUMP:
        return ""
    told = format_number(round(float(times), 1))
    return f"{'Tăng' if grows else 'Giảm'} {told} lần so với kỳ trước ({before.text}). Đúng chứ?"


def with_unit(amount: Amount, indicator: Indicator) -> str:
    """A figure with its unit, as a sentence has it: "32 máy/100 dân", "hạng 5/56"."""
    return f"hạng {amount.text}" if indicator.type == "rank" else f"{amount.text} {indicator.unit}"
