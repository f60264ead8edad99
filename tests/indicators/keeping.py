"""Figures of the stories: Lan enters one for the Sở, Dũng (who heads her division) approves it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.cast import AT, Cast
from tram.indicators.commands.figures import Entry, approve, enter
from tram.indicators.models import Figure, Publication
from tram.indicators.queries.figures import indicators, read_amount, read_period

PRESS = "Cổng của Bộ Thông tin và Truyền thông, bài ngày 06/10/2008"
DENSITY, PLACE = "phone_density", "/cong/so-lieu/mat-do-dien-thoai"


def entry(period: str, value: str, code: str = DENSITY, **more: Any) -> Entry:
    """As a form makes it."""
    one = indicators()[code]
    told = {"publisher": "Sở Thông tin và Truyền thông", "document": PRESS} | more
    return Entry(read_period(period, one, AT.date()), read_amount(value, one), **told)


@dataclass
class Keeping:
    """A figure and what becomes of it, on the day of the cast."""

    cast: Cast

    def by(self, name: str, at: datetime = AT) -> dict[str, Any]:
        """A person, now."""
        return {"actor": self.cast.actor(name), "at": at}

    def entered(
        self, period: str = "30/9/2008", value: str = "32", code: str = DENSITY, *, about: str = "province", **more: Any
    ) -> Figure:
        """Waiting for Dũng."""
        return enter(
            **self.by("lan"), agency=self.cast.units["skhcn"], code=code, about=self.cast.units[about],
            entry=entry(period, value, code, **more), submits=True,
        )  # fmt: skip

    def public(self, *told: str, at: datetime = AT, **more: Any) -> Publication:
        """On the portal."""
        figure = self.entered(*told, **more)
        return approve(**self.by("dung", at), figure=figure, seen=figure.version)
