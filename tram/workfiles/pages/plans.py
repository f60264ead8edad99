"""The file plan of a year (Danh mục hồ sơ): drawn up by the units, put before the head, approved."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.kernel.actors import entitled
from tram.kernel.verdicts import Hidden, WrongState
from tram.organisation.models import Post, Unit
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_of
from tram.workfiles import forms
from tram.workfiles.commands import plan as commands
from tram.workfiles.models import Plan, WorkFile
from tram.workfiles.pages.files import people
from tram.workfiles.pages.filing import sent, taken
from tram.workfiles.policy import fits, may_approve_plan, may_begin_plan, may_list, may_plan
from tram.workfiles.queries import files
from tram.workfiles.states import PLAN_NAMES, PlanState


def _agency(request: Asked) -> Unit:
    found = Unit.objects.filter(pk=request.actor.agency).first()
    if found is None:
        raise Hidden
    return found


def _plan(request: Asked, year: int) -> Plan:
    found = files.plan_in(request.actor.agency, year)
    if found is None:
        raise WrongState(f"Cơ quan chưa có danh mục hồ sơ năm {year}. Thêm hồ sơ dự kiến hoặc chép từ năm trước.")
    return found


@require_GET
def plan(request: Asked, year: int) -> HttpResponse:
    """The plan of the acting hat's agency, published in the agency."""
    may_list(request.actor).or_refuse()
    agency, today = _agency(request), request.at.date()
    found = files.plan_in(agency.pk, year)
    drawn = found is None or found.state == PlanState.DRAWING
    mine = {unit.pk for unit in _units(request, agency)}
    context = {
        "plan": found,
        "year": year,
        "state_name": PLAN_NAMES[PlanState(found.state)] if found else "Chưa lập",
        "parts": files.plan_parts(found) if found else [],
        "years": sorted({*files.plan_years(agency.pk), request.at.year, request.at.year + 1}, reverse=True),
        "mine": mine if drawn else set(),
        "is_open": year in (request.at.year, request.at.year + 1),
        "may_begin": drawn and fits(request.actor, agency.pk, may_begin_plan, today),
        "may_approve": found is not None
        and found.state == PlanState.SUBMITTED
        and fits(request.actor, found, may_approve_plan, today),
        "back_url": reverse("workfiles:list"),
    }
    return render(request, "workfiles/plan.html", context)


def _units(request: Asked, agency: Unit) -> list[Unit]:
    """The units under whose headings this person writes lines."""
    found = Unit.objects.filter(agency=agency, abolished_on=None).order_by("order", "pk")
    return [unit for unit in found if fits(request.actor, unit, may_plan, request.at.date())]


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Asked, year: int) -> HttpResponse:
    """Add lines for one unit: the one asked for, else one's own."""
    agency = _agency(request)
    mine = _units(request, agency)
    own = request.actor.acting.unit if request.actor.acting else 0
    asked = key_of(request.POST if request.method == "POST" else request.GET, "don-vi") or own
    unit = next((one for one in mine if one.pk == asked), mine[0] if mine and asked == own else None)
    if unit is None:
        may_plan(
            request.actor, Unit.objects.filter(pk=asked, agency=agency).first() or agency, request.at.date()
        ).or_refuse()
        raise Hidden
    form = forms.Lines(**sent(request), posts=people(unit.pk, request))

    def run(told: dict[str, Any]) -> str:
        told["post"] = Post.objects.select_related("unit").get(pk=told["post"])
        told["titles"] = told["titles"].splitlines()
        made = commands.add_lines(actor=request.actor, at=request.at, unit=unit, year=year, **told)
        say_next(request, f"Đã ghi {len(made)} hồ sơ vào danh mục.")
        return reverse("workfiles:plan", args=[year])

    context = {"unit": unit, "units": mine, "year": year, "back_url": reverse("workfiles:plan", args=[year])}
    return taken(request, form, run, "workfiles/lines.html", context)


@require_POST
def drop(request: Asked, year: int, pk: int) -> HttpResponse:
    """Take a line out of a plan that is being drawn up."""
    plan = files.plan_in(request.actor.agency, year)
    line = (
        WorkFile.objects.select_related("unit", "heading__plan")
        .filter(pk=pk, heading__plan=plan, was_planned=True)
        .first()
    )
    if plan is None or line is None:
        raise Hidden
    commands.drop_line(actor=request.actor, at=request.at, line=line)
    say_next(request, f"Đã bỏ {line.notation} khỏi danh mục.")
    return go(request, plan.url)


@require_POST
def begin(request: Asked, year: int) -> HttpResponse:
    """Begin the plan with last year's lines."""
    made = commands.begin_plan(actor=request.actor, at=request.at, agency=_agency(request), year=year)
    say_next(request, "Đã chép các dòng của năm trước chưa có trong danh mục.")
    return go(request, made.url)


@require_POST
def submit(request: Asked, year: int) -> HttpResponse:
    """Put the plan before the head."""
    entitled(request.actor, request.actor.agency, may_begin_plan, request.at.date())
    found = _plan(request, year)
    commands.submit_plan(actor=request.actor, at=request.at, plan=found)
    say_next(request, "Đã trình danh mục hồ sơ.")
    return go(request, found.url)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Asked, year: int, slug: str) -> HttpResponse:
    """Approve the plan by a decision (duyet), or send it back (tra-lai)."""
    entitled(request.actor, Plan(agency_id=request.actor.agency), may_approve_plan, request.at.date())
    found = _plan(request, year)
    agrees = slug == "duyet"
    form: Form = (forms.Grounded if agrees else forms.Reasoned)(**sent(request))

    def run(told: dict[str, Any]) -> str:
        command = commands.approve_plan if agrees else commands.return_plan
        command(actor=request.actor, at=request.at, plan=found, **told)
        say_next(request, "Đã duyệt danh mục hồ sơ." if agrees else "Đã trả lại danh mục.")
        return found.url

    label = "Duyệt danh mục hồ sơ" if agrees else "Trả lại danh mục"
    context = {"act": {"label": label}, "title": f"Danh mục hồ sơ năm {year}", "left": [], "back_url": found.url}
    return taken(request, form, run, "workfiles/step.html", context)
