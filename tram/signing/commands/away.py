"""Signing with a key far away: the digest goes out and waits in a table, the signature comes in soon or never."""

import shutil
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from tram.audit.commands import atomic, record
from tram.files.commands import store
from tram.files.models import File
from tram.files.queries import work_folder
from tram.identity.commands.entering import FreshProof, spend_proof
from tram.identity.models import Account
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Hidden, WrongState
from tram.signing.commands.orders import order_of
from tram.signing.commands.sign import allowed_certificate, explained, gated, hold_field, kept_act
from tram.signing.commands.wanted import Capacity, Filled, Wanted
from tram.signing.models import Act, Waiting
from tram.signing.policy import may_sweep
from tram.signing.queries import home
from tram.signing.rules.asking import ask
from tram.signing.states import AWAITED

TOO_LATE = "Lượt ký từ xa này đã quá 10 phút hoặc đã xong. Gửi ký lại từ đầu."


@atomic
def send_away(*, actor: Actor, at: datetime, wanted: Wanted, proof: FreshProof) -> Waiting:
    """Prepare a PDF and give out what is to be signed: `digest` of the paper for services that return a whole CMS,
    `attributes` (DER, hex) for services that return a bare signature (RSA PKCS#1 v1.5 or ECDSA over SHA-256).

    Raises as `sign` does. The row waits ten minutes.
    """
    certificate = allowed_certificate(actor, at, wanted)
    way = spend_proof(actor=actor, at=at, proof=proof, purpose=wanted.purpose)
    hold_field(wanted)
    row = Waiting(
        about=wanted.about, account=Account(pk=actor.account), certificate=certificate, source_id=wanted.file,
        began_at=at, expires_at=at + AWAITED, words={**_words(wanted), "way": way},
    )  # fmt: skip
    folder = _place(row.pk)
    folder.mkdir(parents=True, mode=0o700)
    with explained():
        order = order_of(wanted, certificate, at, folder, folder / "prepared.pdf")
        told = ask("prepare", order)
    secret_free = {**order, "moments": {**order["moments"], "key": ""}}
    row.digest, row.attributes, row.order = told["digest"], told["attributes"], {**secret_free, **told}
    row.save(force_insert=True)
    record(
        actor=actor, at=at, what="signing.sent_away", about=wanted.about, agency=certificate.agency,
        name=certificate.name, digest=row.digest, until=row.expires_at,
    )  # fmt: skip
    return row


@atomic
def take_signature(*, actor: Actor, at: datetime, waiting: UUID, answer: bytes) -> Act:
    """The signature has come in: a CMS or a bare signature. The paper is signed as of this hour, or not at all.

    Raises Hidden for what is not the actor's own, WrongState when it is too late, Invalid when the answer does not fit.
    """
    row = Waiting.objects.select_for_update(of=["self"]).filter(pk=waiting, account=actor.account or 0).first()
    if row is None:
        raise Hidden
    if row.ended_at is not None or at >= row.expires_at:
        raise WrongState(TOO_LATE)
    wanted = _wanted(row)
    certificate = allowed_certificate(actor, at, wanted)
    hold_field(wanted)
    with work_folder() as folder, explained():
        target = folder / "signed.pdf"
        order = order_of(wanted, certificate, row.began_at, folder, target)
        kept = {name: row.order[name] for name in ("digest", "attributes", "state")}
        told = ask(
            "resume", {**order, **kept, "prepared": str(_place(row.pk) / "prepared.pdf"), "answer": answer.hex()}
        )
        with target.open("rb") as content:
            name = wanted.name or File.objects.get(pk=wanted.file).name
            result = store(actor=actor, at=at, stream=content, name=name, agency=certificate.agency, look=gated)
    Waiting.objects.filter(pk=row.pk).update(ended_at=at)
    transaction.on_commit(lambda: shutil.rmtree(_place(row.pk), ignore_errors=True))
    record(
        actor=actor, at=at, what="signing.came_back", about=wanted.about, agency=certificate.agency,
        name=certificate.name, waited=int((at - row.began_at).total_seconds()),
    )  # fmt: skip
    return kept_act(actor, at, wanted, certificate, result, told, row.words["way"])


@atomic
def give_up_waiting(*, actor: Actor, at: datetime) -> int:
    """Forget what no service answered in time: the rows stay as a trace, the prepared papers go. Returns how many.

    A prepared paper without a row is what a death left before the commit; it goes once nobody can be at work on it.
    """
    may_sweep(actor).or_refuse()
    for folder in (home() / "waiting").glob("[0-9a-f]" * 32):
        if at.timestamp() - folder.stat().st_mtime > AWAITED.total_seconds() and not _is_awaited(folder):
            shutil.rmtree(folder, ignore_errors=True)
    late = list(Waiting.objects.filter(ended_at=None, expires_at__lte=at).values_list("pk", flat=True)[:1000])
    for pk in late:
        shutil.rmtree(_place(pk), ignore_errors=True)
    Waiting.objects.filter(pk__in=late).update(ended_at=at)
    if late:
        record(actor=actor, at=at, what="signing.gave_up", about="signing.waiting/0", agency=0, count=len(late))
    return len(late)


def _is_awaited(folder: Path) -> bool:
    return Waiting.objects.filter(pk=folder.name, ended_at=None).exists()


def _place(pk: UUID) -> Path:
    return home() / "waiting" / pk.hex


def _words(wanted: Wanted) -> dict[str, Any]:
    return {**asdict(wanted), "file": str(wanted.file)}


def _wanted(row: Waiting) -> Wanted:
    told = {name: value for name, value in row.words.items() if name != "way"}
    capacity = Capacity(**{**told["capacity"], "evidence": tuple(told["capacity"]["evidence"])})
    fills = tuple(Filled(**one) for one in told["fills"])
    return Wanted(**{**told, "file": UUID(told["file"]), "capacity": capacity, "fills": fills})
