"""The desks: Việc của tôi, Phân việc, Bảng theo dõi."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tram.audit.commands import together
from tram.desk import forms, queries
from tram.desk.policy import headed_units, may_follow, may_share_out
from tram.desk.rules import GUIDES
from tram.kernel.verdicts import Hidden, Invalid
from tram.organisation.models import Post
from tram.organisation.queries import calendar_of
from tram.portal.queries import is_open
from tram.tasks import queries as tasks
from tram.tasks.commands.give import hand, unhand
from tram.tasks.models import Task
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_in, key_of
from tram.web.offline import keep

FEW = 5


def _more(request: Asked, **query: object) -> str:
    return f"{request.path}?{urlencode({name: value for name, value in query.items() if value})}"


@require_GET
def home(request: Asked) -> HttpResponse:
    """Việc của tôi; who is nobody here and whose browser no official ever signed in on is a reader of the portal."""
    if request.actor.account is None:
        if is_open() and settings.BROWSER_COOKIE_NAME not in request.COOKIES:
            return redirect("portal:front")
        raise Hidden
    actor, today = request.actor, request.at.date()
    work = queries.my_work(actor, today, request.GET.get("sau", ""))
    calendar = calendar_of(actor.agency)
    lists = [
        ("Chờ người khác", reverse("desk:awaited"), tasks.awaited(actor, today, limit=FEW)),
        ("Theo dõi việc đã giao", reverse("desk:given"), tasks.given_by(actor, today, limit=FEW)),
    ]
    context = {
        "work": work,
        "lists": [
            {"name": name, "url": url, "rows": queries.shown(rows, today, calendar), "is_more": following}
            for name, url, (rows, following) in lists
            if rows
        ],
        "may_order": may_follow(actor, today),
        "pager": {"next_url": _more(request, sau=work.next) if work.next else ""},
    }
    return keep(request, render(request, "desk/home.html", context))


def _listing(request: Asked, name: str, found: tuple[list[Any], int]) -> HttpResponse:
    rows, following = found
    context = {
        "name": name,
        "rows": queries.shown(rows, request.at.date(), calendar_of(request.actor.agency)),
        "pager": {"next_url": _more(request, sau=following) if following else ""},
        "back_url": "/",
    }
    return render(request, "desk/listing.html", context)


@require_GET
def awaited(request: Asked) -> HttpResponse:
    """Chờ người khác: what I gave, handed out or handed in, and now lies with others."""
    if request.actor.account is None:
        raise Hidden
    after = key_of(request.GET, "sau")
    return _listing(request, "Chờ người khác", tasks.awaited(request.actor, request.at.date(), after))


@require_GET
def given(request: Asked) -> HttpResponse:
    """Theo dõi: everything I gave, ended or not."""
    if request.actor.account is None:
        raise Hidden
    after = key_of(request.GET, "sau")
    return _listing(request, "Theo dõi việc đã giao", tasks.given_by(request.actor, request.at.date(), after))


@require_http_methods(["GET", "POST"])
def share(request: Asked) -> HttpResponse:
    """Phân việc: a unit's inbox beside its people; one POST gives the chosen rows to one person."""
    may_share_out(request.actor, request.at.date()).or_refuse()
    units = headed_units(request.actor, request.at.date())
    unit = key_of(request.GET, "don-vi") or units[0]
    if request.method == "POST":
        return _hand_all(request, unit)
    return _sharing(request, unit, {}, 200)


def _sharing(request: Asked, unit: int, errors: dict[str, str], status: int) -> HttpResponse:
    found = queries.to_share_out(request.actor, unit, request.at.date(), key_of(request.GET, "sau"))
    if found is None:
        raise Hidden
    context = {
        "share": found,
        "errors": errors,
        "phrases": forms.PHRASES,
        "typed": request.POST,
        "picked": set(request.POST.getlist("task")),
        "others": [row for row in queries.units_headed(request.actor, request.at.date()) if row.id != unit],
        "pager": {"next_url": _more(request, **{"don-vi": unit, "sau": found.next}) if found.next else ""},
        "back_url": "/",
    }
    return render(request, "desk/share.html", context, status=status)


def _hand_all(request: Asked, unit: int) -> HttpResponse:
    form = forms.Share(request.POST)
    if not form.is_valid():
        return _sharing(request, unit, {name: str(words[0]) for name, words in form.errors.items()}, 422)
    typed, today = form.cleaned_data, request.at.date()
    to = Post.objects.select_related("unit").filter(pk=typed["to"]).first()
    chosen = list(tasks.visible_to(request.actor, today).filter(pk__in=typed["task"]).order_by("pk"))
    if to is None or len(chosen) != len(set(typed["task"])):
        raise Hidden
    try:
        with together():
            for task in chosen:
                day = _earlier(task, typed["days_before"] or 0, today)
                hand(actor=request.actor, at=request.at, task=task, to=to, word=typed["word"], due_on=day)
    except Invalid as wrong:
        return _sharing(request, unit, wrong.errors, 422)
    undo = _more(request, viec="-".join(str(task.pk) for task in chosen))
    name = next((one["name"] for one in tasks.people_of(to.unit_id, today) if one["post"] == to.pk), to.title)
    say_next(request, f"Đã phân {len(chosen)} việc cho {name}.", undo.replace("phan-viec?", "phan-viec/rut?"))
    return go(request, request.get_full_path())


def _earlier(task: Task, days: int, today: date) -> date | None:
    """The task's deadline less so many working days, never before today; None leaves the deadline as it is."""
    if not days or task.due_on is None or task.due_on <= today:
        return None
    return max(today, calendar_of(task.agency_id).add(task.due_on, -days))


@require_POST
def unshare(request: Asked) -> HttpResponse:
    """Take a handing of several tasks back, as long as nobody has read them."""
    chosen = list(map(key_in, request.GET.get("viec", "").split("-")))
    found = list(tasks.visible_to(request.actor, request.at.date()).filter(pk__in=chosen[:200]).order_by("pk"))
    if not found:
        raise Hidden
    with together():
        for task in found:
            unhand(actor=request.actor, at=request.at, task=task)
    say_next(request, f"Đã rút lại {len(found)} việc về hộp việc đơn vị.")
    return go(request, reverse("desk:share"))


@require_GET
def board(request: Asked) -> HttpResponse:
    """Bảng theo dõi: numbers of the four classes, and the rows behind each."""
    today = request.at.date()
    may_follow(request.actor, today).or_refuse()
    units = queries.units_followed(request.actor, today)
    unit = key_of(request.GET, "don-vi") or (units[0].id if len(units) == 1 else 0)
    post = key_of(request.GET, "nguoi") if "nguoi" in request.GET else None
    result = request.GET.get("loai", "overdue")
    result = result if result in queries.CLASSES else "overdue"
    found = queries.board(request.actor, today, unit=unit, post=post, result=result, after=key_of(request.GET, "sau"))
    if found is None:
        raise Hidden
    here = {"don-vi": unit, "loai": result} | ({} if post is None else {"nguoi": str(post)})
    context = {
        "board": found,
        "classes": [(slug, name, found.totals[slug]) for slug, name in queries.CLASSES.items()],
        "result": result,
        "result_name": queries.CLASSES[result],
        "unit": next((row for row in units if row.id == unit), None),
        "post": post,
        "is_one_unit": len(units) == 1,
        "pager": {"next_url": _more(request, **here, sau=found.next) if found.next else ""},
        "back_url": "/",
    }
    return render(request, "desk/board.html", context)


@require_GET
def guide(request: Asked, guide: str = "") -> HttpResponse:
    """Trợ giúp: short tasks in the words of the screens, for the role that was picked, else for one's own."""
    if request.actor.account is None:
        raise Hidden
    picked = guide or queries.own_guide(request.actor, request.at.date())
    if picked not in GUIDES:
        raise Hidden
    context = {
        "guide": picked, "name": GUIDES[picked], "guides": GUIDES.items(), "template": f"desk/guides/{picked}.html",
        "back_url": "/",
    }  # fmt: skip
    return keep(request, render(request, "desk/help.html", context))
