"""Numbers as Vietnamese screens and papers write them: 1.234,5 and 'một nghìn hai trăm ba mươi tư'."""

import re
from decimal import Decimal

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
GROUPS = ("", "nghìn", "triệu")
BILLION = 10**9
WRITTEN = re.compile(r"[-−]?(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?")


def format_number(value: int | float | Decimal) -> str:
    """A number with '.' between thousands and ',' before the fraction: 1234.5 -> '1.234,5'."""
    exact = f"{Decimal(str(value)):f}"
    if isinstance(value, float):
        exact = exact.removesuffix(".0")
    whole, _, fraction = exact.lstrip("-").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    sign = "-" if exact.startswith("-") and exact.strip("-0.") else ""
    return sign + grouped + ("," + fraction if fraction else "")


def parse_number(text: str) -> Decimal:
    """Read a number written the Vietnamese way: '1.234,5' -> 1234.5; '11.900' is eleven thousand nine hundred.

    Raises ValueError with a sentence that says how to type it; '12.5' is refused because it may mean two things.
    """
    typed = " ".join(text.split())
    if not WRITTEN.fullmatch(typed):
        raise ValueError(
            f"Không đọc được số “{text.strip()}”. Gõ dấu phẩy trước phần lẻ (12,5), dấu chấm giữa hàng nghìn (12.500)."
        )
    return Decimal(typed.replace(".", "").replace(" ", "").replace(",", ".").replace("−", "-"))


def in_words(number: int, *, zero_ten: str = "linh") -> str:
    """A whole number in words: 1005 -> 'một nghìn không trăm linh năm'.

    zero_ten: 'linh' (North, the schoolbook) or 'lẻ' (South) for an empty place of tens.
    """
    if number < 0:
        return "âm " + in_words(-number, zero_ten=zero_ten)
    return " ".join(_words(number, zero_ten, full=False)) or DIGITS[0]


def money_in_words(dong: int) -> str:
    """A sum on a receipt: 1500000 -> 'Một triệu năm trăm nghìn đồng'."""
    words = in_words(dong)
    return f"{words[0].upper()}{words[1:]} đồng"


def _words(number: int, zero_ten: str, *, full: bool) -> list[str]:
    """full: something stands before, so an empty place of hundreds is said ('không trăm')."""
    if number >= BILLION:
        high, rest = divmod(number, BILLION)
        return [*_words(high, zero_ten, full=full), "tỷ", *_words(rest, zero_ten, full=True)]
    said: list[str] = []
    for power in (2, 1, 0):
        group = number // 1000**power % 1000
        if group:
            said += [*_group(group, zero_ten, full=full or bool(said)), *GROUPS[power].split()]
    return said


def _group(number: int, zero_ten: str, *, full: bool) -> list[str]:
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    said = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens:
        said += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    elif ones and said:
        said.append(zero_ten)
    return [*said, _one(tens, ones)] if ones else said


def _one(tens: int, ones: int) -> str:
    if tens >= 2 and ones in (1, 4):
        return "mốt" if ones == 1 else "tư"
    return "lăm" if tens and ones == 5 else DIGITS[ones]
