"""Work files of the home agency: its plan of the year, and the letters that its people have settled, put where they belong."""

from datetime import datetime

from django.db.models import QuerySet

from tram.demo.founding import Town
from tram.demo.people import HOME
from tram.documents.models import Incoming
from tram.documents.queries import visible_to
from tram.kernel.actors import Actor
from tram.organisation.models import Unit
from tram.organisation.queries import actor_of, divisions, seat, seats_of_unit
from tram.workfiles.commands.close import close
from tram.workfiles.commands.keep import file_papers
from tram.workfiles.commands.plan import add_lines, approve_plan, submit_plan
from tram.workfiles.models import Plan, WorkFile

LINES = {
    "plan-year": "Kế hoạch, báo cáo công tác năm {year} của {unit}",
    "exchange": "Trả lời, trao đổi công việc với các sở, ngành năm {year}",
    "expertise": "Chỉ đạo, hướng dẫn nghiệp vụ cho xã, phường năm {year}",
    "informed": "Văn bản nhận để biết năm {year}",
}
"""What every division means to file in a year, by retention."""
IN_ONE_FILE = 12


def draw_up(town: Town, at: datetime) -> None:
    """The plan of the year: four files for each division, written by the clerk, approved by the director."""
    agency, clerk, director = town.units[HOME], _who(town, "hoa", at), _who(town, "son", at)
    for row in divisions(agency.pk, at.date()):
        unit = Unit.objects.get(pk=row.id)
        posts = list(unit.posts.filter(pk__in=[s.post for s in seats_of_unit(unit.pk, at.date()) if s.account]))
        for place, (retention, title) in enumerate(LINES.items() if posts else ()):
            post = town.posts["lan"] if place and town.posts["lan"] in posts else posts[place % len(posts)]
            words = [title.format(year=at.year, unit=unit.name)]
            add_lines(actor=clerk, at=at, unit=unit, year=at.year, titles=words, retention=retention, post=post)
    plan = Plan.objects.get(agency=agency, year=at.year)
    submit_plan(actor=clerk, at=at, plan=plan)
    approve_plan(actor=director, at=at, plan=plan, ground=f"Quyết định 15/QĐ-SKHCN ngày {at:%d/%m/%Y}")


def _who(town: Town, login: str, at: datetime) -> Actor:
    return actor_of(town.accounts[login].pk, at.date())


def put_away(town: Town, at: datetime) -> None:
    """Each maker of planned files puts the letters that they have settled into them, and closes the last."""
    for file in (
        WorkFile.objects.filter(agency=town.units[HOME], state="planned").exclude(retention="plan-year").order_by("pk")
    ):
        sits = seat(file.creator_id, at.date())
        if sits is None or sits.account is None:
            continue
        maker = actor_of(sits.account, at.date())
        settled = visible_to(maker, at.date()).filter(agency=file.agency, state="closed", secrecy=0, veiled=False)
        free = settled.exclude(pk__in=Incoming.objects.filter(pk__in=_filed(file))).order_by("pk")[:IN_ONE_FILE]
        if letters := list(free):
            file_papers(actor=maker, at=at, file=file, papers=letters)
        if letters and file.retention == "informed":
            close(actor=maker, at=at, file=file)


def _filed(file: WorkFile) -> QuerySet[WorkFile, int | None]:
    """Letters that lie in a file of the unit already."""
    return WorkFile.objects.filter(unit=file.unit_id, papers__isnull=False).values_list("papers__incoming", flat=True)
