"""Work files of the scene, in the states that their verbs need. They are restricted: the unit's other people see none."""

from datetime import datetime, timedelta
from typing import Any

from tests.cast import Cast
from tram.outgoing.models import Outgoing
from tram.workfiles.commands.close import close
from tram.workfiles.commands.dispose import propose
from tram.workfiles.commands.keep import open_file
from tram.workfiles.commands.plan import add_lines, submit_plan
from tram.workfiles.commands.transfer import hand_over
from tram.workfiles.models import Paper, Plan, WorkFile
from tram.workfiles.states import Rights


def filing(cast: Cast, office: Any, canary: str, at: datetime, left: int) -> dict[str, Any]:
    """What the worker filed: an open file, a closed one, one handed over, two out of term, one of them proposed for
    disposal; a line of this year's plan, and next year's plan before the head.
    """
    unit, letter = cast.units[office.unit], Outgoing.objects.get(pk=left)
    worker, clerk, post = cast.actor(office.worker), cast.actor(office.clerk), cast.posts[office.worker]
    by: dict[str, Any] = {"actor": worker, "at": at}

    def opened(name: str, retention: str = "exchange") -> WorkFile:
        title = f"Hồ sơ {canary} {name}"
        return open_file(unit=unit, title=title, retention=retention, rights=Rights.RESTRICTED, papers=[letter], **by)

    work, closed, given, old, older = (opened(name) for name in ("mở", "đóng", "nộp", "cũ", "cũ hơn"))
    for file in (closed, given, old, older):
        close(file=file, **by)
    past = at.date() - timedelta(days=1)
    WorkFile.objects.filter(pk__in=[old.pk, older.pk]).update(due_on=None, retention_years=0, kept_until=past)
    told = hand_over(files=[given], note=f"Hộp {canary}", **by)
    asked = propose(
        actor=clerk, at=at, agency=unit.agency, files=[WorkFile.objects.get(pk=older.pk)], note=f"Hết hạn {canary}"
    )
    lines: dict[str, Any] = {"unit": unit, "titles": ["Việc dự kiến"], "retention": "exchange", "post": post}
    (line,) = add_lines(year=at.year, **lines, **by)
    add_lines(year=at.year + 1, **lines, **by)
    submit_plan(actor=clerk, at=at, plan=Plan.objects.get(agency=unit.agency, year=at.year + 1))
    return {
        "work_file": work.pk, "closed_file": closed.pk, "old_file": old.pk, "line": line.pk, "told": told.pk,
        "disposal": asked.pk, "paper": Paper.objects.get(file=work).pk,
    }  # fmt: skip
