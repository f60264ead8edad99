"""The lists and rules that officials keep in catalogue/format_rules.yaml."""

from datetime import date
from functools import cache
from typing import Any

import yaml

from tram.vietnamese.calendar import CATALOGUE


@cache
def told() -> dict[str, Any]:
    """The whole file."""
    read: dict[str, Any] = yaml.safe_load((CATALOGUE / "format_rules.yaml").read_text("utf-8"))
    return read


def listed(name: str) -> Any:
    """One of its lists."""
    return told()[name]


def law_on(day: date | None) -> dict[str, Any] | None:
    """The law on the form of papers in force on a day (today's without a day); None before the first that we know."""
    laws: list[dict[str, Any]] = told()["laws"]
    if day is None:
        return laws[0]
    return next((law for law in laws if law["since"] <= day), None)
