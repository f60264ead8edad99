"""Signing with a key at hand: a fresh proof of who sits there, the signature, and the dated proof of the act."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import connection

from tram.audit.commands import atomic, record
from tram.files.commands import store
from tram.files.models import File
from tram.files.queries import open_blob, work_folder
from tram.identity.commands.entering import FreshProof, spend_proof
from tram.identity.models import Account
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.crashpoints import crashpoint
from tram.kernel.verdicts import Invalid, WrongState, allow_if
from tram.signing.commands.orders import order_of
from tram.signing.commands.wanted import Field, Wanted
from tram.signing.models import Act, Certificate
from tram.signing.policy import has_ground, is_usable, may_reserve, may_sign
from tram.signing.rules.asking import ask
from tram.signing.rules.orders import plain
from tram.signing.rules.words import Trouble
from tram.signing.states import CAPACITIES, PERSONAL, ROLES

SIGNED = "Ô ký này đã được ký. Mở lại văn bản để xem bản đã ký."
UNKNOWN_MARK = "Tư cách ký là một trong: để trống, TM., Q., KT., TL., TUQ."


@atomic
def reserve_fields(*, actor: Actor, at: datetime, file: UUID, fields: list[Field], agency: int, name: str = "") -> File:
    """A copy of a PDF with places for number, date and signatures, made before anybody signs it. Raises Invalid."""
    may_reserve(actor).or_refuse()
    with work_folder() as folder:
        target = folder / "reserved.pdf"
        with explained():
            order = {"source": str(open_blob(file)), "target": str(target), "fields": [plain(one) for one in fields]}
            ask("reserve", order)
        kept = _kept(actor, at, target, name or File.objects.get(pk=file).name, agency)
    record(actor=actor, at=at, what="signing.fields_reserved", about=kept.ref, agency=agency, file=kept.name)
    return kept


@atomic
def sign(*, actor: Actor, at: datetime, wanted: Wanted, proof: FreshProof, pin: str = "") -> Act:
    """Sign a PDF with a key that is at hand (file or token); the signed file is `act.result`.

    `proof` is what `identity.commands.entering.prove_for` gave for `wanted.purpose`; `pin` for tokens that ask each
    time. Raises Refused (right, proof), Invalid (capacity, key, certificate: field `sign`), WrongState (signed already).
    """
    certificate = allowed_certificate(actor, at, wanted)
    way = spend_proof(actor=actor, at=at, proof=proof, purpose=wanted.purpose)
    return _made(actor, at, wanted, certificate, way, pin)


@atomic
def sign_beside(*, actor: Actor, at: datetime, wanted: Wanted, act: Act, pin: str = "") -> Act:
    """Sign another file of the same paper by the proof of an act that was made in this very moment, as an annex is by
    the agency when it seals the letter.

    Raises Refused for another person, paper, certificate or moment than the act's; Invalid and WrongState as `sign` does.
    """
    certificate = allowed_certificate(actor, at, wanted)
    is_one = (act.account_id, act.about, act.certificate_id, act.signed_at) == (
        actor.account, wanted.about, wanted.certificate, at,
    )  # fmt: skip
    allow_if(is_one, "Mỗi lần xác nhận chỉ ký các tệp của một văn bản, trong cùng một lượt.").or_refuse()
    return _made(actor, at, wanted, certificate, act.proved_by, pin)


def _made(actor: Actor, at: datetime, wanted: Wanted, certificate: Certificate, way: str, pin: str) -> Act:
    hold_field(wanted)
    crashpoint("signing.sign.proved")
    with work_folder() as folder, explained():
        target = folder / "signed.pdf"
        order = order_of(wanted, certificate, at, folder, target, pin)
        told = ask("seal", order)
        crashpoint("signing.sign.made")
        result = _kept(actor, at, target, wanted.name or File.objects.get(pk=wanted.file).name, certificate.agency)
    crashpoint("signing.sign.stored")
    act = kept_act(actor, at, wanted, certificate, result, told, way)
    crashpoint("signing.sign.kept")
    return act


def allowed_certificate(actor: Actor, at: datetime, wanted: Wanted) -> Certificate:
    """Part: the certificate that the actor may use now for what is wanted, in that capacity; raises Refused or Invalid."""
    certificate = Certificate.objects.get(pk=wanted.certificate)
    may_sign(actor, certificate, local_day(at)).or_refuse()
    capacity = wanted.capacity
    if capacity.mark not in CAPACITIES or wanted.role not in ROLES:
        raise Invalid({"capacity": UNKNOWN_MARK})
    if certificate.is_seal == (wanted.role == PERSONAL):
        raise Invalid(
            {"certificate": "Chứng thư cá nhân dùng cho người ký; chứng thư cơ quan dùng đóng dấu và ký bản sao."}
        )
    for verdict, field in (
        (has_ground(capacity.mark, capacity.authority, capacity.evidence), "capacity"),
        (is_usable(certificate, at), "certificate"),
    ):
        if not verdict:
            raise Invalid({field: verdict.reason})
    return certificate


def hold_field(wanted: Wanted) -> None:
    """One at a time for one field of one file, until the transaction ends; raises WrongState when it is signed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [wanted.file.int >> 65])
    if Act.objects.filter(source=wanted.file, field=wanted.field).exists():
        raise WrongState(SIGNED)


def kept_act(
    actor: Actor, at: datetime, wanted: Wanted, certificate: Certificate, result: File, told: dict[str, str], way: str
) -> Act:
    """Part: the immutable row of the act, and its record."""
    hat = actor.acting
    assert hat is not None and actor.account is not None
    act = Act.objects.create(
        about=wanted.about, role=wanted.role, agency=certificate.agency, account=Account(pk=actor.account),
        account_name=actor.name, post=hat.post, post_title=hat.title, unit_name=hat.unit_name,
        principal_name=hat.principal_name, capacity=wanted.capacity.mark, authority=wanted.capacity.authority,
        evidence=list(wanted.capacity.evidence), certificate=certificate, fingerprint=certificate.fingerprint,
        source_id=wanted.file, result=result, before=told["before"], after=told["after"], field=wanted.field,
        level=told["level"], proved_by=way, signed_at=at,
    )  # fmt: skip
    record(
        actor=actor, at=at, what="signing.signed", about=wanted.about, agency=certificate.agency,
        role=act.get_role_display(), name=certificate.name, level=act.level, act=act.pk, before=act.before,
        after=act.after, fingerprint=act.fingerprint, capacity=act.capacity, authority=act.authority,
        evidence=act.evidence,
    )  # fmt: skip
    return act


def gated(_path: Path) -> None:
    """A paper out of our own store, already judged there, with a signature more."""


def _kept(actor: Actor, at: datetime, path: Path, name: str, agency: int) -> File:
    with path.open("rb") as content:
        return store(actor=actor, at=at, stream=content, name=name, agency=agency, look=gated)


@contextmanager
def explained() -> Iterator[None]:
    """What the signing program could not do, as Invalid with its sentence."""
    try:
        yield
    except Trouble as trouble:
        raise Invalid({"sign": trouble.sentence}) from trouble
