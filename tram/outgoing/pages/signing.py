"""Signing and sealing: the certificate is chosen, a fresh factor is shown for this very letter, and the page is signed.

Repeatable: a wrong factor must leave its trace, and a POST under an idempotency key is rolled back with its error. A
second press finds the letter signed.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tram.files.queries import cards
from tram.identity import queries as identity
from tram.identity.commands.entering import FreshProof, Shown, prove_for
from tram.kernel.actors import entitled
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.outgoing import forms
from tram.outgoing.commands.sign import seal, sign, wanted_from_clerk, wanted_from_signer
from tram.outgoing.models import Outgoing
from tram.outgoing.pages.ways import STEPS
from tram.outgoing.policy import PERMITS, steps
from tram.outgoing.queries import documents as queries
from tram.signing.queries import CertificateRow, own_certificates, seals_of, warm
from tram.web.after import go, say_next
from tram.web.asked import Asked
from tram.web.fields import tell
from tram.web.middleware import repeatable


@repeatable
@require_http_methods(["GET", "HEAD", "POST"])
def put_hand(request: Asked, pk: int) -> HttpResponse:
    """The signer signs."""
    document = _ready(request, pk, "sign")
    return _take(request, document, "sign", own_certificates(request.actor, request.at))


@repeatable
@require_http_methods(["GET", "HEAD", "POST"])
def put_seal(request: Asked, pk: int) -> HttpResponse:
    """The clerk seals; number and day are filled in the same breath."""
    document = _ready(request, pk, "seal")
    return _take(request, document, "seal", seals_of(document.agency_id, request.at))


def _ready(request: Asked, pk: int, step: str) -> Outgoing:
    document = queries.one(request.actor, pk, request.at.date())
    entitled(request.actor, document, PERMITS[step], request.at.date())
    if step not in steps(request.actor, document, request.at.date()):
        raise WrongState("Bước này không còn hợp với văn bản. Mở lại văn bản để xem bước tiếp theo.")
    return document


def _take(request: Asked, document: Outgoing, step: str, certificates: list[CertificateRow]) -> HttpResponse:
    row = identity.sign_in_of(request)
    if row is None:
        raise Hidden
    has_step = identity.has_second_step(row.account)
    form = forms.Proof(
        **({"data": request.POST} if request.method == "POST" else {}), has_step=has_step,
        certificates=[(one.id, f"{one.name} · {one.issuer}, đến {one.until:%d/%m/%Y}") for one in certificates],
        needs_pin=any(one.needs_pin for one in certificates), initial={"certificate": certificates[0].id if certificates else None},
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            _signed(request, document, step, form.cleaned_data, row)
        except Invalid as wrong:
            tell(form, wrong)
        else:
            say_next(request, STEPS[step].done)
            return go(request, document.url)
    if not form.is_bound:
        warm()
    card = queries.card(document)
    context = {
        "form": form, "way": STEPS[step], "has_step": has_step, "certificates": certificates, "card": card,
        "row": card["row"], "annexes": queries.annexes_to_sign(document) if step == "seal" else [], "page_url": _page_url(document), "back_url": document.url,
    }  # fmt: skip
    return render(request, "outgoing/sign.html", context, status=422 if form.is_bound else 200)


def _page_url(document: Outgoing) -> str:
    """What is about to be signed: the page as it stands, or the page as its signer left it."""
    if document.paper_id:
        return cards([document.paper_id])[0].url
    return reverse("outgoing:page", args=[document.pk])


def _signed(request: Asked, document: Outgoing, step: str, told: dict[str, Any], row: Any) -> None:
    certificate = told["certificate"]
    wanted = (wanted_from_signer if step == "sign" else wanted_from_clerk)(document, certificate)
    proof = _proof(request, wanted.purpose, told, row)
    command = sign if step == "sign" else seal
    command(
        actor=request.actor, at=request.at, document=document, certificate=certificate, proof=proof,
        pin=told.get("pin", ""),
    )  # fmt: skip


def _proof(request: Asked, purpose: str, told: dict[str, Any], row: Any) -> FreshProof:
    """The factor shown for this very letter; what was wrong with it is told beside its field."""
    passkey = told.get("credential")
    shown = Shown(
        password=told.get("password", ""), code=told.get("code", ""), response=passkey,
        state=request.session.pop("passkey", None) if passkey else None, site=identity.site_of(request),
    )  # fmt: skip
    address = identity.address_of(request)
    proof = prove_for(actor=request.actor, at=request.at, sign_in=row, purpose=purpose, shown=shown, address=address)
    if proof.problem:
        raise Invalid({"code" if "code" in told else "password": proof.problem})
    return proof
