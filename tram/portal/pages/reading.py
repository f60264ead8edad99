"""The pages that people read: fronts, categories, lists, articles. Open to everybody; nothing is shown but what is public."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_safe

from tram.kernel.refs import ref_of
from tram.kernel.verdicts import Hidden
from tram.news.queries.articles import as_public, one
from tram.news.queries.public import Gone, public_at
from tram.portal.pages.keeping import Made, Told, absent, answered, kept, rendered
from tram.portal.queries import Face, all_faces, category_slugs, province, site_at, site_by_code
from tram.portal.rules.addresses import place_of
from tram.portal.screens import articles as screens
from tram.portal.screens import languages
from tram.portal.screens.fronts import front_of
from tram.portal.screens.previews import previewed
from tram.web.asked import Asked


@require_safe
@kept
def front(request: Asked) -> Made:
    """The front page of the province's portal, and what is older."""
    return _front_or_older(request, province())


@require_safe
def front_typed(request: HttpRequest) -> HttpResponse:
    """The same with a stroke at its end, as people type it."""
    return HttpResponsePermanentRedirect(reverse("portal:front"))


@require_safe
@kept
def site(request: Asked, slug: str) -> Made:
    """The front page of an agency; its code of identification leads there too."""
    try:
        face = site_at(slug)
    except Hidden:
        return HttpResponsePermanentRedirect(reverse("portal:site", args=[site_by_code(slug, request.at)]))
    return _front_or_older(request, face)


def _front_or_older(request: Asked, face: Face) -> Made:
    after = place_of(request.GET.get("sau", ""))
    if after:
        text = rendered("listing", screens.listing(face, request.at, after=after))
    else:
        text = rendered("front", front_of(face, request.at))
    return Told(text, face, f"portal.front/{face.agency}")


@require_safe
@kept
def category(request: Asked, category: str, slug: str = "") -> Made:
    """What was told in one category, by everybody or by one agency."""
    code = category_slugs().get(category)
    if code is None:
        raise Hidden
    face = site_at(slug) if slug else province()
    after = place_of(request.GET.get("sau", ""))
    context = screens.listing(face, request.at, category=code, after=after)
    return Told(rendered("listing", context), face, f"portal.category/{face.agency}-{code}")


@require_safe
@kept
def sites(request: Asked) -> Made:
    """The agencies that have a site."""
    home = province()
    context = {"sites": all_faces(request.at), **screens.shell(home, home, request.path)}
    return Told(rendered("sites", context), home, "portal.sites/0")


@require_safe
@kept
def in_language(request: Asked, code: str = languages.ENGLISH) -> Made:
    """What exists in a language; the page of English is English throughout, those of others have the portal's own words."""
    context = languages.listing(code, request.at, place_of(request.GET.get("sau", "")))
    template = "english" if code == languages.ENGLISH else "language"
    return Told(rendered(template, context), province(), f"portal.language/0-{code}")


@require_safe
@kept
def article(request: Asked, slug: str) -> Made:
    """One article; where it moved; that it is gone."""
    found = public_at(slug, request.at)
    if isinstance(found, str):
        return HttpResponsePermanentRedirect(reverse("portal:article", args=[found]))
    if isinstance(found, Gone):
        return answered("gone", screens.gone(found, request.path), 410)
    context = screens.article(found)
    if found.language == languages.ENGLISH:
        text = rendered("article_en", languages.in_english(context))
        return Told(text, context["site"], ref_of("news", "article", found.article))
    return Told(rendered("article", context), context["site"], ref_of("news", "article", found.article))


@require_GET
def preview(request: Asked, pk: int) -> HttpResponse:
    """An article as its newest revision would stand here, for whoever may see it in the house; kept nowhere, counted nowhere."""
    found = one(request.actor, pk, request.at.date())
    shown, is_out = as_public(found, request.at)
    context = previewed(shown, found.number, is_out=is_out)
    if shown.language == languages.ENGLISH:
        return answered("article_en", languages.in_english(context), 200)
    return answered("article", context, 200)


@require_safe
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """Any other address of the portal."""
    return absent(request)  # type: ignore[arg-type]
