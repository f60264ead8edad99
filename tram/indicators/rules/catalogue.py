"""Indicators as the catalogue defines them (catalogue/indicators). What is wrong in a file is told in a sentence with its place."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.text import folded_words

LOG = logging.getLogger(__name__)
PLACE = CATALOGUE / "indicators"
TYPES = {"integer": "số nguyên", "decimal": "số thập phân", "percent": "phần trăm", "rank": "thứ hạng"}
KINDS = {"stock": "tính đến một ngày", "flow": "trong một kỳ"}
NEEDED = ("code", "name", "name_en", "unit", "type", "kind", "definition", "source", "supplier")
MORE = ("precision", "numerator", "denominator", "least", "most")
MOST_DIGITS = 4
"""After the point, as many as a row holds."""
LARGEST = Decimal(10) ** 15
"""No figure is larger, nor smaller below zero."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """Chỉ tiêu: what a figure is, how it is reckoned, in which unit, by which paper, who supplies it."""

    code: str
    name: str
    name_en: str
    unit: str
    type: str
    kind: str
    definition: str
    source: str
    supplier: str
    group: str
    precision: int = 0
    numerator: str = ""
    denominator: str = ""
    least: Decimal | None = None
    most: Decimal | None = None

    @property
    def slug(self) -> str:
        """Its words in an address."""
        return _slug(self.name)

    @property
    def formula(self) -> str:
        """How it is reckoned; "" for what is counted."""
        return f"{self.numerator} chia {self.denominator[:1].lower()}{self.denominator[1:]}" if self.denominator else ""


class Faulty(ValueError):
    """A file of the catalogue that cannot be used; its words say where and how to mend it."""


@cache
def indicators() -> dict[str, Indicator]:
    """Every indicator by its code, in the order of groups and files. A faulty file is left out and told to the log."""
    found: dict[str, Indicator] = {}
    for place, told in sorted(_files(), key=lambda one: (one[1].get("order", 99), one[0].name)):
        try:
            found |= indicators_of(place.name, told, taken=found)
        except Faulty as wrong:
            LOG.error("%s", wrong)
    return found


def _files() -> Iterator[tuple[Path, dict[str, Any]]]:
    for place in PLACE.glob("*.yaml"):
        try:
            yield place, read(place)
        except Faulty as wrong:
            LOG.error("%s", wrong)


def read(place: Path) -> dict[str, Any]:
    """A file of the catalogue. Raises Faulty where it is none."""
    try:
        told = yaml.safe_load(place.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        where = " ".join(str(error).split())
        raise Faulty(f"indicators/{place.name}: không đọc được YAML ({where}).") from error
    if not isinstance(told, dict) or not isinstance(told.get("order", 0), int):
        raise Faulty(f"indicators/{place.name}: tệp phải có các mục group, order (một số) và indicators.")
    return told


def indicators_of(name: str, told: dict[str, Any], taken: dict[str, Indicator]) -> dict[str, Indicator]:
    """The indicators of a file. Raises Faulty with the first thing that is wrong."""
    group, rows = told.get("group"), told.get("indicators")
    if not isinstance(group, str) or not group.strip() or not isinstance(rows, list):
        raise Faulty(f"indicators/{name}: cần group là tên nhóm và indicators là danh sách chỉ tiêu.")
    found: dict[str, Indicator] = {}
    for number, row in enumerate(rows, start=1):
        where = f"indicators/{name}, chỉ tiêu thứ {number}"
        one = _indicator(where, group.strip(), row)
        known = {**taken, **found}
        if one.code in known or one.slug in {other.slug for other in known.values()}:
            raise Faulty(f"{where}: mã hoặc tên “{one.code}” đã có ở chỉ tiêu khác. Đặt mã và tên khác.")
        found[one.code] = one
    return found


def _indicator(where: str, group: str, row: Any) -> Indicator:
    if not isinstance(row, dict):
        raise Faulty(f"{where}: phải là các dòng “tên: nội dung”.")
    if unknown := sorted(map(str, set(row) - {*NEEDED, *MORE})):
        raise Faulty(f"{where}: không có mục “{unknown[0]}”. Các mục là {', '.join((*NEEDED, *MORE))}.")
    for key in NEEDED:
        if not isinstance(row.get(key), str) or not row[key].strip():
            raise Faulty(f"{where}: thiếu mục “{key}”, hoặc nội dung không phải chữ.")
    if row["type"] not in TYPES or row["kind"] not in KINDS:
        raise Faulty(f"{where}: type là một trong {', '.join(TYPES)}; kind là một trong {', '.join(KINDS)}.")
    precision = row.get("precision", 0)
    if not isinstance(precision, int) or not 0 <= precision <= MOST_DIGITS:
        raise Faulty(f"{where}: precision là số chữ số thập phân, từ 0 đến {MOST_DIGITS}.")
    if not _slug(row["name"]) or not row["code"].replace("_", "").isalnum() or not row["code"].isascii():
        raise Faulty(f"{where}: code chỉ gồm chữ không dấu, số và gạch dưới; name phải có chữ.")
    words: dict[str, Any] = {key: row[key].strip() for key in (*NEEDED, "numerator", "denominator") if key in row}
    most = row.get("most", 100 if row["type"] == "percent" else None)
    bounds: dict[str, Any] = {"least": _bound(where, "least", row.get("least", 0)), "most": _bound(where, "most", most)}
    return Indicator(group=group, precision=precision, **words, **bounds)


def _slug(name: str) -> str:
    return "-".join(word for word in folded_words(name) if word.isascii())[:100].strip("-")


def _bound(where: str, name: str, told: Any) -> Decimal | None:
    try:
        bound = None if told is None else Decimal(str(told))
    except InvalidOperation as error:
        raise Faulty(f"{where}: {name} phải là một số.") from error
    if bound is not None and not (bound.is_finite() and abs(bound) <= LARGEST):
        raise Faulty(f"{where}: {name} phải là một số, không quá {LARGEST:f}.")
    return bound
