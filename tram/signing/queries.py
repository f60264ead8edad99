"""Reading signing: certificates, acts, who is trusted, and the report on any PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q, QuerySet

from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden, Invalid
from tram.signing.models import Act, Certificate
from tram.signing.policy import is_usable
from tram.signing.rules import verifying
from tram.signing.rules.asking import warm as warm
from tram.signing.rules.places import corner_words as corner_words
from tram.signing.rules.places import seal_box as seal_box
from tram.signing.rules.reports import Report as Report
from tram.signing.rules.trust import Authority, authorities, lists
from tram.signing.rules.words import Trouble
from tram.signing.states import ATTACHMENT, COPY, SEAL

UNREADABLE = "Tệp không đọc được như một PDF nên không kiểm tra được chữ ký. Tải lại bản gốc từ nơi gửi rồi thử lại."
FOREIGN_MODULE = (
    "Máy chủ không nạp mô-đun PKCS#11 này. Người coi máy chủ khai nó ở TRAM_TOKEN_MODULES rồi chạy lại Trạm."
)
SLOW = "Tệp quá lớn hoặc quá rối nên chưa kiểm tra xong trong thời gian cho phép. Thử lại sau."


def home() -> Path:
    """Where keys, authorities and waiting papers of this installation lie."""
    return Path(settings.TRAM_DATA) / "signing"


def folders() -> tuple[Path, Path, Path]:
    """Where authorities are trusted from: the data folder's own, the catalogue's, the test authority."""
    return home() / "authorities", Path(settings.TRAM_CATALOGUE) / "authorities", home() / "test"


def trusted() -> list[Authority]:
    """Every authority that this installation trusts."""
    return authorities(*folders())


def report(source: Path, at: datetime) -> Report:
    """What the signatures of a PDF are worth at that hour; raises Invalid when it cannot be read. Asks no rights."""
    try:
        return verifying.verify(source, at, trusted(), lists(*folders()))
    except Trouble as trouble:
        raise Invalid({"file": SLOW if trouble.id == "too_slow" else UNREADABLE}) from trouble


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """Chứng thư trong danh sách."""

    id: int
    name: str
    issuer: str
    serial: str
    since: datetime
    until: datetime
    keeper: str
    is_seal: bool
    is_test: bool
    needs_pin: bool
    has_picture: bool


def own_certificates(actor: Actor, at: datetime) -> list[CertificateRow]:
    """The certificates with which the actor may sign at that hour as themselves, newest first. One query."""
    return _rows(Certificate.objects.filter(account=actor.account or 0), at)


def seals_of(agency: int, at: datetime) -> list[CertificateRow]:
    """The certificates of an agency's seal that are good at that hour, newest first. One query."""
    return _rows(Certificate.objects.filter(agency=agency, account=None), at)


def must_be_loadable(module: str) -> None:
    """Raise Invalid for a PKCS#11 library that whoever runs the machine did not name: a page never chooses what is loaded."""
    if module not in settings.TRAM_TOKEN_MODULES:
        raise Invalid({"module": FOREIGN_MODULE})


@dataclass(frozen=True, slots=True)
class HeldRow:
    """Chứng thư trong danh sách quản lý: whose, how long, and why it signs no more."""

    id: int
    name: str
    owner: str
    issuer: str
    serial: str
    since: datetime
    until: datetime
    keeper: str
    is_seal: bool
    is_test: bool
    has_picture: bool
    withdrawn_at: datetime | None
    withdrawn_for: str
    is_good: bool


HELD = 50
"""Rows of a page."""


def shown_to(actor: Actor, on: date) -> QuerySet[Certificate]:
    """One's own certificates; the seals that one keeps as clerk; all of the agencies that one administers."""
    hat = actor.acting
    grants = [grant for grant in hat.grants if grant.valid(on)] if hat is not None and hat.valid(on) else []
    if any(grant.role == "admin_province" for grant in grants):
        return Certificate.objects.all()
    over = {role: [grant.unit for grant in grants if grant.role == role] for role in ("admin_org", "clerk")}
    mine = Q(account=actor.account or 0) | Q(agency__in=over["admin_org"])
    return Certificate.objects.filter(mine | Q(agency__in=over["clerk"], account=None))


def one_shown(actor: Actor, pk: int, on: date) -> Certificate:
    """A certificate of that list; Hidden alike when it is not there and when it is not theirs."""
    found = shown_to(actor, on).filter(pk=pk).first()
    if found is None:
        raise Hidden
    return found


def held(actor: Actor, at: datetime, *, after: int = 0, limit: int = HELD) -> tuple[list[HeldRow], int]:
    """The certificates that this person may see, newest first; and the key of the next page (0 = none). One query."""
    found = shown_to(actor, local_day(at)).select_related("account").order_by("-pk")
    rows = list((found.filter(pk__lt=after) if after else found)[: limit + 1])
    return [_held(one, at) for one in rows[:limit]], rows[limit - 1].pk if len(rows) > limit else 0


def _held(one: Certificate, at: datetime) -> HeldRow:
    return HeldRow(
        one.pk, one.name, one.account.name if one.account else "", one.issuer, one.serial, one.since, one.until,
        one.get_keeper_display(), one.is_seal, one.is_test, one.picture_id is not None, one.withdrawn_at,
        one.withdrawn_for, bool(is_usable(one, at)),
    )  # fmt: skip


def _rows(certificates: QuerySet[Certificate], at: datetime) -> list[CertificateRow]:
    good = certificates.filter(withdrawn_at=None, since__lte=at, until__gte=at).order_by("-since", "-pk")
    return [
        CertificateRow(
            one.pk, one.name, one.issuer, one.serial, one.since, one.until, one.get_keeper_display(), one.is_seal,
            one.is_test, one.keeper == "token" and not one.secret, one.picture_id is not None,
        )
        for one in good if one.revoked_at is None or one.revoked_at > at
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActRow:
    """Lượt ký, as a dated proof: who signed, from which post, by what right, over which bytes."""

    id: int
    about: str
    role: str
    signer: str
    title: str
    unit: str
    principal: str
    capacity: str
    authority: str
    evidence: tuple[str, ...]
    fingerprint: str
    before: str
    after: str
    level: str
    proved_by: str
    signed_at: datetime
    is_seal: bool
    is_of_annex: bool


def acts_about(about: str) -> list[ActRow]:
    """Every signature made about a thing, in their order. One query."""
    return [_act(row) for row in Act.objects.filter(about=about).order_by("signed_at", "pk")]


def acts_behind(hashes: Sequence[str]) -> list[ActRow]:
    """The acts whose signed files have these hashes (SHA-256, hex), in their order. One query."""
    return [_act(row) for row in Act.objects.filter(after__in=hashes).order_by("signed_at", "pk")]


def _act(row: Act) -> ActRow:
    return ActRow(
        row.pk, row.about, row.get_role_display(), row.account_name, row.post_title, row.unit_name, row.principal_name,
        row.capacity, row.authority, tuple(row.evidence), row.fingerprint, row.before, row.after, row.level,
        row.proved_by, row.signed_at, row.role in (SEAL, COPY),
        row.role == ATTACHMENT,
    )  # fmt: skip
