"""How long an article may wait at a step of the desk."""

from functools import cache

import yaml

from tram.vietnamese.calendar import CATALOGUE


@cache
def days() -> dict[str, int]:
    """Step of the desk ("edit", "publish") -> working days in which it is to be taken."""
    with (CATALOGUE / "news_desk.yaml").open(encoding="utf-8") as stream:
        return dict(yaml.safe_load(stream))
