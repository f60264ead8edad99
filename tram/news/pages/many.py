"""Several articles at once: those that wait at one step, ticked and taken further together, each with its own record."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.kernel.verdicts import Hidden
from tram.news.commands.many import move_all
from tram.news.pages.ways import BY_SLUG, STEPS
from tram.news.policy import may_list
from tram.news.queries import articles
from tram.news.screens import part_url
from tram.news.states import State
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_in, key_of

STATES = {"present": State.DRAFT, "pass_on": State.WITH_EDITOR, "publish": State.WITH_PUBLISHER}
"""The steps that are taken together, each with the state before it."""
SAYS = {
    "present": "Các bài đã đánh dấu sang biên tập cổng. Bài còn thiếu thì ở lại, kèm chỗ phải sửa.",
    "pass_on": "Các bài đã đánh dấu sang người duyệt xuất bản. Không ai sửa chữ nào nữa cho đến khi đăng hoặc trả lại.",
    "publish": "Ai cũng đọc được các bài đã đánh dấu ngay khi bấm. Bài cũ đứng ở ngày đăng lần đầu của nó, không chen lên đầu trang.",
}


@require_http_methods(["GET", "HEAD", "POST"])
def many(request: Asked) -> HttpResponse:
    """What waits at a step for somebody; POST takes those that are ticked further."""
    may_list(request.actor).or_refuse()
    on, after, here = request.at.date(), key_of(request.GET, "sau"), reverse("news:many")
    step = BY_SLUG.get(request.GET.get("muc", ""), "present")
    if step not in STATES:
        raise Hidden
    error = ""
    if request.method == "POST":
        if chosen := _ticked(request):
            return _moved(request, step, chosen)
        error = "Đánh dấu ít nhất một bài rồi bấm."
    rows, following = articles.at_a_step(request.actor, on, step, STATES[step], after=after)
    context = {
        "rows": rows,
        "way": STEPS[step],
        "says": SAYS[step],
        "error": error,
        "may": any(not why_not for _, why_not in rows),
        "parts": [(part_url(here, STEPS[one].slug), STEPS[one].label, one == step) for one in STATES],
        "back_url": reverse("news:list"),
        "pager": {
            "previous_url": part_url(here, STEPS[step].slug) if after else "",
            "next_url": part_url(here, STEPS[step].slug, after=following) if following else "",
            "words": f"{len(rows)} bài trên trang này",
        },
    }
    return render(request, "news/many.html", context, status=422 if error else 200)


def _ticked(request: Asked) -> dict[int, int]:
    """Each tick says which article, and which revision of it was read. Raises Hidden for one that this person may not see."""
    ticks = [told.partition(".") for told in request.POST.getlist("bai")]
    chosen = {key_in(pk): key_in(number) for pk, _, number in ticks}
    seen = articles.visible_to(request.actor, request.at.date()).filter(pk__in=chosen)
    if set(seen.values_list("pk", flat=True)) != set(chosen):
        raise Hidden
    return chosen


def _moved(request: Asked, step: str, chosen: dict[int, int]) -> HttpResponse:
    done, left = move_all(actor=request.actor, at=request.at, step=step, articles=chosen)
    say_next(
        request, f"{STEPS[step].label}: xong {done} bài.", warnings=[f"{title}: {sentence}" for title, sentence in left]
    )
    return go(request, request.get_full_path())
