"""Pages of old articles: files brought in, looked through, made into drafts."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.kernel.verdicts import Hidden, Invalid
from tram.news import forms, screens
from tram.news.commands import old as commands
from tram.news.commands.many import confirm_all
from tram.news.policy import desk_of, may_review_any
from tram.news.queries.articles import old_files_visible_to
from tram.organisation.models import Unit
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_in, key_of, tell


@require_http_methods(["GET", "HEAD", "POST"])
def old(request: Asked) -> HttpResponse:
    """Old files of the agency; POST brings more of them: each good one waits, each bad one is told why."""
    on = request.at.date()
    may_review_any(request.actor, on).or_refuse()
    after, here = key_of(request.GET, "sau"), reverse("news:old")
    form = forms.Filed(request.POST if request.method == "POST" else None, initial={"category": commands.ARCHIVE})
    told: dict[str, Any] = {"status": 200}
    if request.method == "POST":
        if request.POST.get("viec") == "xac-nhan":
            return _confirmed(request)
        told = _bring(request, form)
    rows, following = screens.old_files(request.actor, on, after=after)
    context = {
        "rows": rows,
        "some_wait": any(row.is_waiting for row in rows),
        "form": form,
        "together": forms.Together(auto_id="together_%s"),
        "most": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
        "back_url": reverse("news:list"),
        "pager": screens.pager(here, after, following, f"{len(rows)} tệp trên trang này"),
        **told,
    }
    return render(request, "news/old.html", context, status=told["status"])


def _confirmed(request: Asked) -> HttpResponse:
    """Those that were ticked become drafts; of each other one is told why not."""
    chosen = {key_in(told) for told in request.POST.getlist("tep")}
    seen = old_files_visible_to(request.actor, request.at.date()).filter(pk__in=chosen)
    if set(seen.values_list("pk", flat=True)) != chosen:
        raise Hidden
    done, left = confirm_all(
        actor=request.actor, at=request.at, files=list(chosen), category=request.POST.get("category", "")
    )
    told = f"{done} tệp đã thành bản nháp." if chosen else "Chưa đánh dấu tệp nào. Đánh dấu rồi bấm lại."
    say_next(request, told, warnings=[f"{title}: {sentence}" for title, sentence in left])
    return go(request, request.get_full_path())


def _bring(request: Asked, form: forms.Filed) -> dict[str, Any]:
    if not form.is_valid():
        return {"status": 422}
    brought = [*request.FILES.getlist("files"), *request.FILES.getlist("folder")]
    if not brought:
        return {"status": 422, "errors": {"files": "Chọn ít nhất một tệp TXT hoặc HTML rồi bấm Đưa vào."}}
    agency = Unit.objects.get(pk=desk_of(request.actor, request.at.date()))
    files = [(one.name or "", one.size or 0, one) for one in brought]
    where = {"category": form.cleaned_data["category"] or commands.ARCHIVE, "also": form.cleaned_data["also"]}
    where["source"] = request.POST.get("source", "")
    try:
        taken, refused = commands.take_in_all(actor=request.actor, at=request.at, agency=agency, files=files, **where)
    except Invalid as wrong:
        tell(form, wrong)
        return {"status": 422}
    return {"status": 200 if taken else 422, "taken": len(taken), "refused": refused}


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: Asked, pk: int) -> HttpResponse:
    """One old file: its text beside the article, a switch for every change; POST keeps the choice, confirms, or sets aside."""
    found = screens.one_old(request.actor, pk, request.at.date())
    there = {"category": found.category, "also": found.also}
    form = forms.Decision(request.POST if request.method == "POST" else None, initial=there)
    if form.is_bound and form.is_valid():
        try:
            return go(request, _decided(request, found, form.cleaned_data))
        except Invalid as wrong:
            tell(form, wrong)
    shown = screens.review(found)
    context = {
        "review": shown,
        "published": screens.in_words(shown.article.published_at),
        "happened": screens.in_words(shown.article.event_date),
        "form": form,
        "back_url": reverse("news:old"),
    }
    return render(request, "news/review.html", context, status=422 if form.errors else 200)


def _decided(request: Asked, found: Any, told: dict[str, Any]) -> str:
    by: dict[str, Any] = {"actor": request.actor, "at": request.at, "file": found}
    wanted = request.POST.get("viec", "")
    if wanted == "khong":
        commands.set_aside(reason=told["reason"], **by)
        say_next(request, f"Không nhập tệp {found.name}.")
        return reverse("news:old")
    keys = screens.keys_of(commands.read_again(found), request.POST.getlist("nhan"), request.POST.getlist("nhom"))
    where = {name: told[name] for name in ("category", "also")}
    if wanted == "xac-nhan":
        made = commands.confirm(taken=keys, **where, **by)
        say_next(request, "Đã thành bản nháp.")
        return reverse("news:article", args=[made.pk])
    commands.choose(taken=keys, **where, **by)
    say_next(request, "Đã lưu lựa chọn. Bài bên phải theo lựa chọn này.")
    return reverse("news:review", args=[found.pk])
