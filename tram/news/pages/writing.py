"""Writing: an article begun, its next revision saved; nobody overwrites what they have not seen."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.kernel.actors import entitled
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.news import forms, screens
from tram.news.commands import write as commands
from tram.news.commands.bring import Brought, Taken, begin_with, bring
from tram.news.models import Article
from tram.news.policy import may_begin, may_save
from tram.news.queries import articles
from tram.news.rules.content import Block
from tram.news.rules.diffs import differences
from tram.news.rules.filing import VIETNAMESE, brought
from tram.news.rules.proof import doubts
from tram.news.states import WRITING
from tram.organisation.models import Unit
from tram.web import drafts
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_of, tell


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Asked) -> HttpResponse:
    """A new article for the agency of the acting hat."""
    agency = Unit(pk=request.actor.agency)
    entitled(request.actor, agency, may_begin, request.at.date())
    if request.method != "POST":
        return _page(request, forms.Writing())
    form = forms.Writing(request.POST)
    if form.is_valid():
        told: dict[str, Any] = {"agency": agency, **{name: form.cleaned_data[name] for name in ("category", "also")}}
        by: dict[str, Any] = {"actor": request.actor, "at": request.at}
        try:
            told["content"] = form.content(())
            if files := _files(request):
                return _brought(request, begin_with(files=files, **told, **by))
            made = commands.begin(**told, **by)
        except Invalid as wrong:
            tell(form, wrong)
        else:
            drafts.forget(request.actor.account, request.path)
            say_next(request, "Đã lưu bản nháp.")
            return go(request, reverse("news:article", args=[made.pk]))
    return _page(request, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: Asked, pk: int) -> HttpResponse:
    """The newest revision to be written on. POST saves ("luu"), takes the lock ("giu") or gives it back ("thoi")."""
    found = articles.one(request.actor, pk, request.at.date())
    entitled(request.actor, found, may_save, request.at.date())
    by: dict[str, Any] = {"actor": request.actor, "at": request.at, "article": found}
    wanted = request.POST.get("viec", "")
    if wanted == "giu":
        commands.take_lock(**by)
        return go(request, request.path)
    if wanted == "thoi":
        commands.let_go(**by)
        drafts.forget(request.actor.account, request.path)
        return go(request, reverse("news:article", args=[pk]))
    if request.method == "POST":
        return _save(request, found, by)
    if found.state not in WRITING:
        raise WrongState("Bài đã qua bước biên tập. Trả lại bài hoặc mở sửa trước khi viết tiếp.")
    typed = forms.typed(articles.content(found), found.number, found.category, found.also)
    return _page(request, forms.Writing(initial=typed), found)


def _save(request: Asked, found: Article, by: dict[str, Any]) -> HttpResponse:
    form = forms.Writing(request.POST)
    if not form.is_valid():
        return _page(request, form, found, status=422)
    told, held = form.cleaned_data, _held(found, form)
    try:
        kept: dict[str, Any] = {name: told[name] for name in ("category", "also", "note")}
        kept |= {"base": told["base"] or 0, "content": form.content(held)}
        if files := _files(request):
            return _brought(request, bring(files=files, **kept, **by))
        revision = commands.write(**kept, **by)
    except Invalid as wrong:
        tell(form, wrong)
        return _page(request, form, found, status=422)
    except WrongState as moved:
        return _overtaken(request, form, found, held, moved)
    drafts.forget(request.actor.account, request.path)
    say_next(request, f"Đã lưu bản {revision.number}.")
    return go(request, reverse("news:article", args=[found.pk]))


def _files(request: Asked) -> list[Brought]:
    return [(one.name or "", one) for one in request.FILES.getlist("tep")]


def _brought(request: Asked, done: Taken) -> HttpResponse:
    """Back on the writing page: what came stands in the body, to be described; what did not is told why."""
    drafts.forget(request.actor.account, request.path)
    said = (
        f"Đã lưu và đưa {done.taken} tệp vào bài. Ghi mô tả, lời chép; chuyển dòng [Ảnh …], [Bản ghi …] tới chỗ của nó."
    )
    warnings = [f"{name}: {sentence}" for name, sentence in done.refused]
    say_next(request, said if done.taken else "Đã lưu chữ; chưa đưa được tệp nào vào.", warnings=warnings)
    return go(request, reverse("news:write", args=[done.article.pk]))


def _held(found: Article, form: forms.Writing) -> Sequence[Block]:
    """The body whose pictures and files the typed text names."""
    try:
        return articles.content(found, form.cleaned_data["held"] or form.cleaned_data["base"] or 0).body
    except Hidden:
        return ()


def _overtaken(
    request: Asked, form: forms.Writing, found: Article, held: Sequence[Block], moved: WrongState
) -> HttpResponse:
    """Somebody saved meanwhile, or holds the article: what was typed stays, with what they changed and what would change theirs.

    Saved again from here it is written upon their revision, which its writer has now seen.
    """
    base, newest = form.cleaned_data["base"] or 0, articles.content(found)
    if not 0 < base < found.number:
        form.add_error(None, str(moved))
        return _page(request, form, found, status=409)
    again = request.POST.copy()
    again["base"], again["held"] = str(found.number), str(form.cleaned_data["held"] or base)
    shown: dict[str, Any] = {
        "overtaken": str(moved),
        "theirs": articles.compared(found, base, found.number),
        "mine": differences(newest, form.content(held)),
    }
    return _page(request, forms.Writing(again), found, status=409, **shown)


def _body(found: Article, form: forms.Writing) -> Sequence[Block]:
    """The blocks that the typed text names: of the revision that the page was opened on."""
    held = key_of(form.data, "held") or key_of(form.data, "base")
    try:
        return forms.focused(articles.content(found, held).body, form.data)
    except Hidden:
        return ()


def _page(
    request: Asked, form: forms.Writing, found: Article | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    holder = found if found and found.locked_until and found.locked_until > request.at else None
    context = {
        "form": form,
        "limit": brought(),
        "is_lost": bool(request.FILES),
        "pictures": screens.pictures(_body(found, form)) if found else [],
        "recordings": screens.recordings(_body(found, form)) if found else [],
        "article": found,
        "holder": holder,
        "is_mine": bool(holder and holder.locked_by_id == request.actor.account),
        "back_url": reverse("news:article", args=[found.pk]) if found else reverse("news:list"),
        "doubts": doubts(articles.content(found)) if found and found.language == VIETNAMESE.code else [],
        "draft": request.path,
        "draft_at": None if form.is_bound else drafts.kept_at(request.actor.account, request.path),
        **more,
    }
    return render(request, "news/write.html", context, status=status)
