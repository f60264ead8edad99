"""Pages of articles: the list, one article with all that is known of it, two revisions beside each other, comments."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from tram.audit.queries import history
from tram.kernel.actors import wear
from tram.kernel.verdicts import Hidden, Invalid
from tram.news import forms
from tram.news.commands import write as commands
from tram.news.models import Article
from tram.news.pages.ways import offers
from tram.news.policy import may_begin, may_list, may_review_any, may_translate, may_write
from tram.news.queries import articles
from tram.news.rules.filing import VIETNAMESE, categories, languages
from tram.news.rules.proof import doubts
from tram.news.screens import content_shown, pager, part_url
from tram.news.states import NAMES, PARTS, WRITING, State
from tram.organisation.models import Unit
from tram.tasks import queries as tasks
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_of

LONGEST_ASKED = 300
TURNS = ("news.begun", "news.presented", "news.sent_back", "news.revised", "news.withdrawn")
"""What hands an article to somebody: of the last of these the page says that it came back."""


@require_GET
def listing(request: Asked) -> HttpResponse:
    """Articles that this person may see, a page at a time."""
    may_list(request.actor).or_refuse()
    after, here, asked = key_of(request.GET, "sau"), reverse("news:list"), request.GET.get("muc", "")
    part, text = asked if asked in PARTS else "", request.GET.get("tim", "").strip()[:LONGEST_ASKED]
    if known := articles.at_address(request.actor, text, request.at.date()):
        return redirect("news:article", known)
    rows, following = articles.articles(
        request.actor, request.at.date(), states=PARTS[part][1], words=text, after=after
    )
    context = {
        "rows": rows,
        "part": part,
        "text": text,
        "parts": [(part_url(here, word, text), name, word == part) for word, (name, _) in PARTS.items()],
        "may_begin": bool(may_begin(request.actor, Unit(pk=request.actor.agency), request.at.date())),
        "may_review": bool(may_review_any(request.actor, request.at.date())),
        "pager": pager(here, after, following, f"{len(rows)} tin bài trên trang này", part, text),
    }
    return render(request, "news/list.html", context)


@require_GET
def article(request: Asked, pk: int) -> HttpResponse:
    """One article as its newest revision has it: the steps that are open, comments, revisions, addresses, what happened."""
    return _page(request, articles.one(request.actor, pk, request.at.date()), forms.Said())


def _page(request: Asked, found: Article, form: forms.Said, errors: dict[str, str] | None = None) -> HttpResponse:
    content = articles.content(found)
    revisions, out, on = articles.revisions(found), articles.out(found), request.at.date()
    lines = history(found.ref)
    moves = [line for line in lines if line.what in TURNS]
    context = {
        "article": found,
        "content": content,
        "blocks": content_shown(content),
        "doubts": doubts(content) if found.state in WRITING and found.language == VIETNAMESE.code else [],
        "lacks": articles.lacking(found, content) if found.state in WRITING else [],
        "state_name": NAMES[State(found.state)],
        "category_name": categories().get(found.category, found.category),
        "also": [categories().get(code, code) for code in found.also],
        "guides_to": articles.procedures().get(content.procedure, content.procedure),
        "offers": offers(request.actor, found, revisions[0].account_id, out, on),
        "out": out,
        "is_locked": bool(found.locked_until and found.locked_until > request.at),
        "revisions": revisions,
        "comments": articles.comments(found),
        "may_settle": bool(may_write(wear(request.actor, found, may_write, on), found, on)),
        "form": form,
        "addresses": articles.addresses(found),
        "lines": lines,
        "waits_for": next((held for held in tasks.holdings(found.ref) if held.until_at is None), None),
        "unread": [one["id"] for one in tasks.actions(request.actor, found.ref, on) if one["is_unread"]],
        "returned": moves[-1] if moves and moves[-1].what == "news.sent_back" else None,
        "back_url": reverse("news:list"),
        "errors": errors or {},
        **_translations(request, found),
    }
    return render(request, "news/article.html", context, status=422 if form.is_bound or errors else 200)


def _translations(request: Asked, found: Article) -> dict[str, object]:
    """Of an original its translations and the languages that are left; of a translation its original."""
    if found.original_id:
        told = languages().get(found.language)
        return {"language": told.phrase if told else found.language, "original": found.original_id}
    known, on = articles.translations(found), request.at.date()
    taken = {one.name for one in known}
    may = may_translate(wear(request.actor, found, may_translate, on), found, on)
    left = [one for one in languages().values() if one.name not in taken] if may else []
    return {"translations": known, "languages_left": left}


@require_POST
def translate(request: Asked, pk: int) -> HttpResponse:
    """Begin a translation and go on writing it."""
    found = articles.one(request.actor, pk, request.at.date())
    try:
        made = commands.translate(
            actor=request.actor, at=request.at, article=found, language=request.POST.get("tieng", "")[:12]
        )
    except Invalid as wrong:
        return _page(request, found, forms.Said(), errors=wrong.errors)
    say_next(request, "Bản dịch bắt đầu bằng chữ của bài tiếng Việt. Dịch từng khối rồi trình như mọi bài.")
    return go(request, reverse("news:write", args=[made.pk]))


@require_POST
def comment(request: Asked, pk: int) -> HttpResponse:
    """Say something of an article to those who work on it."""
    found, form = articles.one(request.actor, pk, request.at.date()), forms.Said(request.POST)
    if form.is_valid():
        try:
            commands.comment(actor=request.actor, at=request.at, article=found, text=form.cleaned_data["text"])
        except Invalid as wrong:
            form.add_error("text", wrong.errors["text"])
        else:
            say_next(request, "Đã ghi góp ý.")
            return go(request, reverse("news:article", args=[pk]))
    return _page(request, found, form)


@require_POST
def settle(request: Asked, pk: int, comment: int) -> HttpResponse:
    """Note that a comment is dealt with."""
    found = articles.one(request.actor, pk, request.at.date())
    said = found.comments.filter(pk=comment).first()
    if said is None:
        raise Hidden
    commands.settle_comment(actor=request.actor, at=request.at, said=said)
    say_next(request, "Đã ghi là xử lý xong.")
    return go(request, reverse("news:article", args=[pk]))


@require_GET
def compare(request: Asked, pk: int) -> HttpResponse:
    """What differs between two revisions; the last two when none are named."""
    found = articles.one(request.actor, pk, request.at.date())
    after = key_of(request.GET, "den") or found.number
    before = key_of(request.GET, "tu") or max(1, after - 1)
    context = {
        "article": found,
        "before": before,
        "after": after,
        "numbers": range(found.number, 0, -1),
        "differences": articles.compared(found, before, after),
        "back_url": reverse("news:article", args=[pk]),
    }
    return render(request, "news/compare.html", context)
