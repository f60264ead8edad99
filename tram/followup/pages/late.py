"""Đôn đốc: what is late and soon due, the reminder, the letter that urges."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from tram.followup import queries
from tram.followup.commands import remind, urge
from tram.followup.policy import may_follow, may_urge
from tram.kernel.verdicts import Hidden
from tram.tasks.events import KIND_NAMES, Kind
from tram.tasks.models import Task
from tram.web.after import go, next_path, say_next
from tram.web.asked import Asked
from tram.web.fields import key_of

STATES = {"assigned": "Chưa nhận", "in_progress": "Đang làm"}
KINDS = {kind.value: name for kind, name in KIND_NAMES.items() if kind != Kind.INFORM}


def filter_of(request: HttpRequest) -> queries.Filter:
    """What the address line narrows the list to; words that nobody offers narrow nothing."""
    folder, kind, state = (request.GET.get(name, "") for name in ("muc", "loai", "trang-thai"))
    return queries.Filter(
        folder if folder in queries.FOLDERS else queries.LATE, key_of(request.GET, "don-vi"),
        kind if kind in KINDS else "", state if state in STATES else "",
    )  # fmt: skip


def address(asked: queries.Filter, **more: object) -> str:
    """The same list, with these words changed."""
    words = {"muc": asked.folder, "don-vi": asked.unit, "loai": asked.kind, "trang-thai": asked.state, **more}
    return "?" + urlencode({name: value for name, value in words.items() if value})


@require_GET
def late(request: Asked) -> HttpResponse:
    """Quá hạn, sắp đến hạn."""
    actor, on = request.actor, request.at.date()
    may_follow(actor, on).or_refuse()
    asked, units = filter_of(request), queries.units_followed(actor, on)
    if asked.unit and asked.unit not in units:
        raise Hidden
    rows, following = queries.late(actor, on, asked, key_of(request.GET, "sau"))
    numbers = queries.counts(actor, on)
    place = list(queries.FOLDERS).index(asked.folder)
    context: dict[str, Any] = {
        "rows": rows, "asked": asked, "folder_name": queries.FOLDERS[asked.folder],
        "folders": [
            {
                "name": name, "url": address(asked, muc=slug), "current": slug == asked.folder,
                "number": sum(one[at] for one in numbers.values()),
            }
            for at, (slug, name) in enumerate(queries.FOLDERS.items())
        ],
        "units": [(unit, name, numbers.get(unit, (0, 0))[place]) for unit, name in units.items()],
        "kinds": KINDS.items(), "states": STATES.items(),
        "pager": {"next_url": address(asked, sau=following) if following else ""},
        "here": request.get_full_path(), "back_url": "/",
    }  # fmt: skip
    if may_urge(actor, actor.agency, on):
        context |= {"may_urge": True, "urging": queries.urging(actor.agency, on)}
    return render(request, "followup/late.html", context)


@require_POST
def nudge(request: Asked, pk: int) -> HttpResponse:
    """Nhắc: one tap."""
    task = Task(pk=pk)
    if remind(actor=request.actor, at=request.at, task=task):
        said = "Đã nhắc. Người giữ việc nhận thông báo ngay."
    else:
        said = "Đã ghi lần nhắc. Hôm nay người giữ việc đã được nhắc một lần nên không nhận thêm thông báo."
    say_next(request, said)
    return go(request, next_path(request, "/don-doc"))


@require_POST
def letter(request: Asked) -> HttpResponse:
    """Soạn công văn đôn đốc: the draft opens for whoever may write it."""
    made = urge(actor=request.actor, at=request.at, agency=request.actor.agency)
    say_next(request, "Đã soạn dự thảo công văn đôn đốc. Đọc lại, sửa rồi trình; Trạm không tự gửi.")
    return go(request, made.url)
