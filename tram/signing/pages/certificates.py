"""Certificates: one's own, the seals that a clerk keeps, all of the agency for its administrator; enrolled, dressed, withdrawn."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from tram.files.commands import store
from tram.identity.queries import accounts_of
from tram.kernel.verdicts import Invalid, WrongState
from tram.signing import forms, queries
from tram.signing.commands import certificates as commands
from tram.signing.policy import may_administer, may_see_certificates, may_set_picture
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import key_of, tell

UNKNOWN = "Không có tài khoản này trong cơ quan. Xem tên đăng nhập ở mục Tài khoản rồi nhập lại."


@require_GET
def listing(request: Asked) -> HttpResponse:
    """A page of the list, with what this person may do with each."""
    may_see_certificates(request.actor).or_refuse()
    today, after = request.at.date(), key_of(request.GET, "sau")
    rows, following = queries.held(request.actor, request.at, after=after)
    here = reverse("signing:certificates")
    context = {
        "rows": rows,
        "is_admin": bool(may_administer(request.actor, request.actor.agency, today)),
        "pager": {
            "previous_url": here if after else "",
            "next_url": f"{here}?sau={following}" if following else "",
            "words": f"{len(rows)} chứng thư trên trang này",
        },
    }
    return render(request, "signing/certificates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: Asked) -> HttpResponse:
    """Enrol a certificate whose key lies in a token or with a service, for a person of the agency or its seal."""
    may_administer(request.actor, request.actor.agency, request.at.date()).or_refuse()
    form = forms.Enrolled(request.POST, request.FILES) if request.method == "POST" else forms.Enrolled()

    def run(told: dict[str, Any]) -> None:
        account = None
        if told["login"]:
            account = accounts_of(request.actor, request.at.date()).filter(login=told["login"].casefold()).first()
            if account is None:
                raise Invalid({"login": UNKNOWN})
        agency = account.agency if account and account.agency else request.actor.agency
        commands.enrol_certificate(
            actor=request.actor, at=request.at, content=told["content"].read(), agency=agency, account=account,
            keeper=told["keeper"], place=form.place(), secret=told["secret"],
        )  # fmt: skip

    return _take(request, form, run, "Đăng ký chứng thư số", "Đăng ký", "Đã đăng ký chứng thư số.")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Asked, pk: int) -> HttpResponse:
    """Cease to use a certificate; what it signed stays."""
    found = queries.one_shown(request.actor, pk, request.at.date())
    may_administer(request.actor, found.agency, request.at.date()).or_refuse()
    form = forms.Withdrawn(request.POST) if request.method == "POST" else forms.Withdrawn()

    def run(told: dict[str, Any]) -> None:
        commands.withdraw_certificate(actor=request.actor, at=request.at, certificate=found, **told)

    title = f"Ngừng dùng chứng thư số của {found.name}"
    return _take(request, form, run, title, "Ngừng dùng", "Đã ngừng dùng chứng thư số.", is_grave=True)


@require_http_methods(["GET", "HEAD", "POST"])
def dress(request: Asked, pk: int) -> HttpResponse:
    """How the signature or the seal looks on paper."""
    found = queries.one_shown(request.actor, pk, request.at.date())
    may_set_picture(request.actor, found, request.at.date()).or_refuse()
    form = forms.Pictured(request.POST, request.FILES) if request.method == "POST" else forms.Pictured()

    def run(told: dict[str, Any]) -> None:
        upload = told["file"]
        kept = store(
            actor=request.actor, at=request.at, stream=upload, name=upload.name or "", agency=found.agency
        )  # fmt: skip
        file: UUID = kept.pk
        commands.set_picture(actor=request.actor, at=request.at, certificate=found, file=file)

    return _take(request, form, run, f"Ảnh chữ ký, dấu của {found.name}", "Đặt ảnh", "Đã đặt ảnh chữ ký.")


def _take(
    request: Asked, form: django_forms.Form, run: Any, title: str, button: str, done: str, *, is_grave: bool = False
) -> HttpResponse:  # fmt: skip
    """Show a form, or do what it asks for and lead back to the list."""
    here = reverse("signing:certificates")
    if form.is_bound and form.is_valid():
        try:
            run(dict(form.cleaned_data))
        except Invalid as wrong:
            tell(form, wrong)
        except WrongState as late:
            form.add_error(None, str(late))
        else:
            say_next(request, done)
            return go(request, here)
    context = {"form": form, "title": title, "button": button, "is_grave": is_grave, "back_url": here}
    return render(request, "signing/certificate.html", context, status=422 if form.is_bound else 200)
