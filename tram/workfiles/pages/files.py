"""The list of work files, the page of one, opening, and the steps with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tram.audit.queries import history
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Hidden, WrongState
from tram.organisation.models import Post, Unit
from tram.organisation.queries import calendar_of, seats_of_unit
from tram.tasks.queries import deadline_of
from tram.web.after import say_next
from tram.web.asked import Asked
from tram.web.fields import key_of
from tram.workfiles import forms
from tram.workfiles.commands import close, keep
from tram.workfiles.models import Paper, WorkFile
from tram.workfiles.pages.filing import picked, sent, taken
from tram.workfiles.policy import may_entrust, may_fill, may_keep_back, may_list, may_open, steps
from tram.workfiles.queries import contents, files
from tram.workfiles.rules import retentions

TABS = {"van-ban": "Văn bản", "viec": "Việc", "nhat-ky": "Nhật ký", "thong-tin": "Thông tin"}
EMPTY = {
    "dang-mo": "Chưa có hồ sơ nào đang mở. Mở hồ sơ, hoặc chọn văn bản trong danh sách rồi đưa vào hồ sơ.",
    "du-kien": "Danh mục chưa có hồ sơ dự kiến mở.",
    "da-ket-thuc": "Chưa có hồ sơ nào kết thúc mà chưa nộp lưu.",
    "luu-tru": "Chưa có hồ sơ nào nộp vào lưu trữ cơ quan.",
    "tat-ca": "Chưa có hồ sơ nào bạn được xem.",
}


@require_GET
def listing(request: Asked) -> HttpResponse:
    """What this person may see, a page at a time, by state, year and unit."""
    may_list(request.actor).or_refuse()
    asked, after = request.GET.get("muc", ""), key_of(request.GET, "sau")
    folder = asked if asked in files.FOLDERS else "dang-mo"
    year, unit = key_of(request.GET, "nam"), key_of(request.GET, "don-vi")
    rows, following = files.work_files(
        request.actor, request.at.date(), folder=folder, year=min(year, 9999), unit=unit, after=after
    )
    here = reverse("workfiles:list")
    kept = f"{f'&nam={year}' if year else ''}{f'&don-vi={unit}' if unit else ''}"
    context = {
        "folders": [
            {"name": name, "url": f"{here}?muc={code}{kept}", "current": code == folder}
            for code, (name, _) in files.FOLDERS.items()
        ],
        "rows": rows,
        "folder": folder,
        "year": year or "",
        "unit": unit or "",
        "units": _units(request.actor),
        "years": range(request.at.year + 1, request.at.year - 6, -1),
        "this_year": request.at.year,
        "may_open": _own_unit(request.actor, request) is not None,
        "pager": {
            "previous_url": f"{here}?muc={folder}{kept}" if after else "",
            "next_url": f"{here}?muc={folder}{kept}&sau={following}" if following else "",
            "words": f"{len(rows)} hồ sơ trên trang này",
        },
        "empty_words": EMPTY[folder],
    }
    return render(request, "workfiles/list.html", context)


def _units(actor: Actor) -> list[tuple[int, str]]:
    """The units of the agency, to look at one of them."""
    found = Unit.objects.filter(agency=actor.agency, abolished_on=None).order_by("order", "pk")
    return list(found.values_list("pk", "name"))


def _own_unit(actor: Actor, request: Asked) -> Unit | None:
    """The unit of the acting hat, where this person may open files."""
    unit = Unit.objects.filter(pk=actor.acting.unit).first() if actor.acting else None
    return unit if unit and may_open(actor, unit, request.at.date()) else None


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Asked) -> HttpResponse:
    """Open a file beside the plan, empty or by the papers that were picked."""
    may_list(request.actor).or_refuse()
    unit = Unit.objects.filter(pk=request.actor.acting.unit).first() if request.actor.acting else None
    if unit is None:
        raise Hidden
    may_open(request.actor, unit, request.at.date()).or_refuse()
    chosen = picked(request)
    form = forms.File(**sent(request), initial={"title": chosen.title})

    def run(told: dict[str, Any]) -> str:
        made = keep.open_file(actor=request.actor, at=request.at, unit=unit, papers=chosen.letters, **told)
        say_next(request, f"Đã mở hồ sơ {made.notation}.")
        return made.url

    context = {"unit": unit, "chosen": chosen, "back_url": reverse("workfiles:list")}
    return taken(request, form, run, "workfiles/open.html", context)


@require_GET
def file(request: Asked, pk: int) -> HttpResponse:
    """One file: what lies in it as this person may read it, work about it, what happened."""
    today, found = request.at.date(), files.one(request.actor, pk, request.at.date())
    asked = request.GET.get("the", "")
    tab = asked if asked in TABS else "van-ban"
    (row,) = files.rows_of([found])
    context = {
        "file": found,
        "row": row,
        "retention": retentions().get(found.retention),
        "tabs": [{"name": name, "url": f"?the={code}", "current": code == tab} for code, name in TABS.items()],
        "tab": tab,
        "steps": steps(request.actor, found, today),
        "back_url": reverse("workfiles:list"),
        **_tab(request, found, tab),
    }
    return render(request, "workfiles/file.html", context)


def _tab(request: Asked, found: WorkFile, tab: str) -> dict[str, Any]:
    today = request.at.date()
    if tab == "nhat-ky":
        return {"lines": history(found.ref)}
    if tab == "viec":
        work, hidden = contents.work_about(request.actor, found, today)
        calendar = calendar_of(found.agency_id)
        return {"work": [(task, deadline_of(task, today, calendar)) for task in work], "hidden": hidden}
    if tab == "thong-tin":
        return {}
    after = key_of(request.GET, "sau")
    rows, hidden, following = contents.contents(request.actor, found, today, after=after)
    pager = {
        "previous_url": found.url if after else "",
        "next_url": f"{found.url}?sau={following}" if following else "",
        "words": f"{len(rows)} văn bản trên trang này",
    }
    return {"papers": rows, "hidden": hidden, "pager": pager}


@dataclass(frozen=True, slots=True)
class Act:
    """Một bước với hồ sơ: its words, who may, its form."""

    label: str
    done: str
    rule: Callable[..., Any]
    form: Callable[..., django_forms.Form]
    run: Callable[..., object]
    verb: str
    hint: str = ""
    is_grave: bool = False


ACTS = {
    "mo": Act("Mở hồ sơ", "Đã mở hồ sơ.", may_fill, forms.Step, keep.open_planned, "open"),
    "sua": Act("Sửa thông tin", "Đã sửa.", may_fill, forms.File, keep.describe, "describe"),
    "giao": Act("Giao người khác", "Đã giao hồ sơ.", may_entrust, forms.Entrusted, keep.entrust, "entrust",
                "Người nhận phải thuộc đơn vị của hồ sơ."),
    "ket-thuc": Act("Kết thúc hồ sơ", "Đã kết thúc hồ sơ.", may_fill, forms.Closed, close.close, "close",
                    "Văn bản được đánh số thứ tự theo ngày; sau đó không thêm bớt nữa."),
    "mo-lai": Act("Mở lại", "Đã mở lại hồ sơ.", may_entrust, forms.Reasoned, close.reopen, "reopen"),
    "giu-lai": Act("Cho giữ lại", "Đã cho giữ lại.", may_keep_back, forms.KeptBack, close.keep_back, "keep_back",
                   "Không quá 2 năm từ ngày đến hạn nộp lưu (Điều 30 Nghị định 30/2020/NĐ-CP)."),
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: Asked, pk: int, slug: str) -> HttpResponse:
    """Ask for a step or take it; closing says what stands in its way."""
    today, found, act = request.at.date(), files.one(request.actor, pk, request.at.date()), ACTS.get(slug)
    if act is None:
        raise Hidden
    entitled(request.actor, found, act.rule, today)
    if act.verb not in steps(request.actor, found, today):
        raise WrongState("Bước này không còn hợp với hồ sơ. Mở lại hồ sơ để xem bước tiếp theo.")
    form = _form(request, found, slug, act)
    left = contents.obstacles(request.actor, found, today) if slug == "ket-thuc" else []

    def run(told: dict[str, Any]) -> str:
        if slug == "giao":
            told["to"] = Post.objects.select_related("unit").get(pk=told["to"])
        act.run(actor=request.actor, at=request.at, file=found, **told)
        say_next(request, act.done)
        return found.url

    context = {
        "file": found,
        "act": act,
        "left": left,
        "back_url": found.url,
        "title": f"{found.notation} · {found.title}",
    }
    return taken(request, form, run, "workfiles/step.html", context)


def _form(request: Asked, found: WorkFile, slug: str, act: Act) -> django_forms.Form:
    more: dict[str, Any] = {}
    if slug == "sua":
        more["initial"] = {name: getattr(found, name) for name in ("title", "retention", "rights", "description")}
    if slug == "giao":
        more["posts"] = people(found.unit_id, request, without=found.creator_id)
    return act.form(**sent(request), **more)


def people(unit: int, request: Asked, without: int = 0) -> list[tuple[int, str]]:
    """Who sits in a unit, as choices."""
    seats = [seat for seat in seats_of_unit(unit, request.at.date()) if seat.name and seat.post != without]
    return [(seat.post, f"{seat.name}, {seat.title}") for seat in seats]


@require_http_methods(["GET", "HEAD", "POST"])
def take_out(request: Asked, pk: int, paper: int) -> HttpResponse:
    """Take one paper out, with the reason."""
    today, found = request.at.date(), files.one(request.actor, pk, request.at.date())
    entitled(request.actor, found, may_fill, today)
    line = Paper.objects.filter(pk=paper, file=found).first()
    if line is None:
        raise Hidden

    def run(told: dict[str, Any]) -> str:
        keep.take_out(actor=request.actor, at=request.at, file=found, paper=line, **told)
        say_next(request, "Đã bỏ văn bản ra khỏi hồ sơ.")
        return found.url

    act = Act("Bỏ ra khỏi hồ sơ", "", may_fill, forms.Reasoned, keep.take_out, "fill", "Văn bản vẫn ở chỗ của nó.")
    context = {
        "file": found,
        "act": act,
        "left": [],
        "back_url": found.url,
        "title": f"{found.notation} · {found.title}",
    }
    return taken(request, forms.Reasoned(**sent(request)), run, "workfiles/step.html", context)
