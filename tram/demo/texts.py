"""Legal texts that the home agency's clerk brings to the portal: read from the page, as a clerk would, and published."""

import io
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from tram.demo.acting import Office
from tram.demo.days import Works, later, on_hour
from tram.demo.leaving import Deed
from tram.demo.letters import LetterFact
from tram.demo.paper import as_pdf
from tram.demo.people import HOME
from tram.gazette.commands.papers import Slip, bring, publish_paper

COMMITTEE = "Ủy ban nhân dân tỉnh Lào Cai"
SAME: dict[str, Any] = {
    "issuer_code": "", "issuer": COMMITTEE, "head": (COMMITTEE,), "parent": "", "kind_name": "Quyết định", "named": True,
    "place": "Lào Cai", "authority": COMMITTEE, "addressed_to": (), "urgency": "normal", "due_on": None, "field": "",
    "recipients": ("Như Điều cuối;", "Lưu: VT."),
}  # fmt: skip


def brought(office: Office, today: date, works: Works) -> Iterator[Deed]:
    """Each of them, some weeks ago."""
    for row in yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")):
        at = on_hour(later(today, -row["ago"], works), 45)
        yield at, partial(_bring, office, row, at)


def _bring(office: Office, row: dict[str, Any], at: datetime) -> None:
    told: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.items() if name != "ago"
    }
    page = as_pdf(LetterFact(**SAME, **told))
    by: dict[str, Any] = {"actor": office.person("hoa", at.date()), "at": at}
    name = f"{row['number']}-{row['symbol'].replace('/', '-')}.pdf"
    paper = bring(agency=office.town.units[HOME], files=[(name, io.BytesIO(page))], **by)
    read = Slip(**{one.name: getattr(paper, one.name) for one in fields(Slip)})
    wanted = {"kind": row["kind"], "issuer": COMMITTEE, "subject": row["subject"], "topic": "technology"}
    slip = Slip(**{one.name: wanted.get(one.name, getattr(read, one.name)) for one in fields(Slip)})
    publish_paper(paper=paper, slip=slip, reviewed=True, **by)
