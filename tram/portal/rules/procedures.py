"""Procedures of the province as the catalogue tells them (catalogue/procedures). What is wrong in a file is told in a sentence."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tram.vietnamese.calendar import CATALOGUE
from tram.vietnamese.text import WORD, fold

LOG = logging.getLogger(__name__)
PLACE = CATALOGUE / "procedures"
LEVELS = {"province": "Cấp tỉnh", "commune": "Cấp xã"}
ONE, SEVERAL = ("who", "days", "fee", "result"), ("papers", "where", "law")
KNOWN = {"code", "name", "field", "level", *ONE, *SEVERAL}
OF_A_FACT = {"text", "note", "unverified"}


@dataclass(frozen=True, slots=True)
class Fact:
    """Một điều về thủ tục: `is_unverified` until somebody has held it against the decision that announced it."""

    text: str
    note: str = ""
    is_unverified: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """Thủ tục hành chính."""

    slug: str
    name: str
    field: str
    field_name: str
    by: str
    level: str
    code: Fact
    who: Fact
    days: Fact
    fee: Fact
    result: Fact
    papers: tuple[Fact, ...]
    where: tuple[Fact, ...]
    law: tuple[Fact, ...]
    search_key: str


class Faulty(ValueError):
    """A file of the catalogue that cannot be shown; its words say where and how to mend it."""


@cache
def procedures() -> dict[str, Procedure]:
    """Every procedure by its address, in the order of fields and names. A faulty file is left out and told to the log."""
    fields = fields_of(_read(PLACE / "fields.yaml"))
    found = sorted(_readable(fields), key=lambda one: (list(fields).index(one.field), fold(one.name)))
    return {one.slug: one for one in found}


def _readable(fields: Mapping[str, tuple[str, str]]) -> Iterator[Procedure]:
    for place in PLACE.glob("*/procedure.yaml"):
        try:
            yield procedure_of(place.parent.name, _read(place), fields)
        except Faulty as wrong:
            LOG.error("%s", wrong)


def _read(place: Path) -> Any:
    try:
        return yaml.safe_load(place.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        where = " ".join(str(error).split())
        raise Faulty(f"{place.parent.name}/{place.name}: không đọc được YAML ({where}).") from error


def fields_of(told: Any) -> dict[str, tuple[str, str]]:
    """Code of a field -> its name and who decides there."""
    return {one["code"]: (one["name"], one["by"]) for one in told["fields"]}


def procedure_of(slug: str, told: Any, fields: Mapping[str, tuple[str, str]]) -> Procedure:
    """A procedure from its file. Raises Faulty with the first thing that is wrong."""
    if not isinstance(told, dict):
        raise Faulty(f"{slug}: tệp phải là các dòng “tên: nội dung”.")
    if unknown := sorted(map(str, set(told) - KNOWN)):
        raise Faulty(f"{slug}: không có mục “{unknown[0]}”. Các mục là {', '.join(sorted(KNOWN))}.")
    for name in ("name", *ONE, *SEVERAL):
        if name not in told:
            raise Faulty(f"{slug}: thiếu mục “{name}”.")
    if told.get("field") not in fields:
        raise Faulty(
            f"{slug}: lĩnh vực “{told.get('field')}” không có trong fields.yaml. Chọn một trong {', '.join(fields)}."
        )
    if told.get("level") not in LEVELS:
        raise Faulty(f"{slug}: cấp “{told.get('level')}” phải là {' hoặc '.join(LEVELS)}.")
    if not isinstance(told["name"], str) or not told["name"].strip():
        raise Faulty(f"{slug}: “name” phải là tên thủ tục.")
    several: dict[str, Any] = {name: _facts(slug, name, told[name]) for name in SEVERAL}
    one: dict[str, Any] = {name: _fact(slug, name, told[name]) for name in ONE}
    if not several["papers"]:
        raise Faulty(f"{slug}: “papers” phải có ít nhất một giấy tờ.")
    code = _fact(slug, "code", told["code"]) if told.get("code") else Fact("")
    name, by = fields[told["field"]]
    return Procedure(
        slug=slug, name=told["name"], field=told["field"], field_name=name, by=by, level=LEVELS[told["level"]], code=code,
        search_key=fold(f"{told['name']} {code.text} {name}"),
        **one, **several,
    )  # fmt: skip


def _facts(slug: str, name: str, told: Any) -> tuple[Fact, ...]:
    if not isinstance(told, list):
        raise Faulty(f"{slug}: “{name}” phải là một danh sách, mỗi điều một dòng bắt đầu bằng gạch ngang.")
    return tuple(_fact(slug, name, one) for one in told)


def _fact(slug: str, name: str, told: Any) -> Fact:
    whole = told if isinstance(told, dict) else {"text": told}
    if unknown := sorted(map(str, set(whole) - OF_A_FACT)):
        raise Faulty(f"{slug}: “{name}” không có phần “{unknown[0]}”. Các phần là text, note, unverified.")
    text, note, unverified = whole.get("text"), whole.get("note", ""), whole.get("unverified", False)
    if not isinstance(text, str) or not text.strip():
        raise Faulty(f'{slug}: “{name}” phải là chữ, ví dụ "10 ngày làm việc"; số thì đặt trong ngoặc kép.')
    if not isinstance(note, str) or not isinstance(unverified, bool):
        raise Faulty(f"{slug}: ở “{name}”, note là chữ và unverified là true hoặc false.")
    return Fact(text.strip(), note.strip(), unverified)


def found(text: str) -> list[Procedure]:
    """The procedures in whose name, code or field every word stands, with or without marks."""
    words = fold(text).split()
    return [one for one in procedures().values() if all(word in one.search_key for word in words)]


def whole_words(text: str) -> list[Procedure]:
    """The same where each word stands whole: "in" is not in "internet"."""
    words = set(WORD.findall(fold(text)))
    return [one for one in procedures().values() if words and words <= set(WORD.findall(one.search_key))]
