"""Rows: what a list shows of a thing, as templates read it fast."""

from typing import Any


class Shown:
    """A row of a page. A template asks for `row["name"]` before `row.name`, and an answer costs less than a refusal."""

    __slots__ = ()

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)
