"""Commands on how a site looks: tried, looked at, let out, put back."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from tram.audit.commands import atomic, record
from tram.files.commands import store_shown
from tram.files.models import File
from tram.files.queries import FileRefused, card, cards_there, is_locked
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Hidden, WrongState
from tram.organisation.models import Unit
from tram.skins.models import Skin
from tram.skins.policy import may_close, may_dress
from tram.skins.queries import mark_of, open_skin, told_of, tried
from tram.skins.rules import Told as Told
from tram.skins.rules import must_fit, settled
from tram.skins.sockets import wearers

Brought = tuple[str, BinaryIO]
"""A picture as it comes: its name, its bytes."""
NO_PICTURE = (
    "Chỉ nhận ảnh PNG hoặc JPG. Biểu trưng ở dạng khác thì xuất thành PNG nền trong hoặc nền trắng rồi chọn lại."
)
SEEN_OTHER = "Diện mạo đang xem thử vừa được sửa. Tải lại trang, xem rồi cho hiện."
AS_IT_IS = "Trang đang hiện đúng như vậy."


@atomic
def try_on(
    *, actor: Actor, at: datetime, agency: Unit, told: Told, logo: Brought | None = None, drops_logo: bool = False
) -> Skin:
    """Keep what an agency would have its site look like, in place of what it tried before; nobody outside sees it.

    Of a picture only its pixels are kept. Raises Refused for others, Invalid for a colour nobody can read, for no picture.
    """
    agency = _lock(agency)
    actor = entitled(actor, agency, may_dress, at.date())
    must_fit(told)
    row = tried(agency.pk) or Skin(agency=agency)
    base = row if row.pk else open_skin(agency.pk)
    if logo:
        drawn = _drawn(actor, at, agency.pk, logo)
        row.logo, row.logo_sha256 = drawn.pk, drawn.blob_id
    elif drops_logo or base is None:
        row.logo, row.logo_sha256 = None, ""
    else:
        row.logo, row.logo_sha256 = base.logo, base.logo_sha256
    row.colour, row.slogan, row.foot = told
    _sign(row, actor, at)
    record(actor=actor, at=at, what="skins.tried", about=agency.ref, agency=agency.pk, name=agency.name)
    return row


@atomic
def drop(*, actor: Actor, at: datetime, agency: Unit) -> None:
    """Let go of what is being tried. Raises WrongState where nothing is."""
    agency = _lock(agency)
    actor = entitled(actor, agency, may_dress, at.date())
    _tried(agency).delete()
    record(actor=actor, at=at, what="skins.dropped", about=agency.ref, agency=agency.pk, name=agency.name)


@atomic
def publish(*, actor: Actor, at: datetime, agency: Unit, seen: str) -> Skin:
    """Let everybody see what was tried; `seen`: the mark of what the person looked at.

    Raises WrongState where nothing is tried, where it is another by now, where the site looks like that already.
    """
    _hold(tried(agency.pk))
    agency = _lock(agency)
    actor = entitled(actor, agency, may_dress, at.date())
    row = _tried(agency)
    if mark_of(row) != seen:
        raise WrongState(SEEN_OTHER)
    must_fit(told_of(row))
    _change(agency, row, at, "Đổi diện mạo")
    row.since_at = at
    _sign(row, actor, at)
    _tell(actor, at, row, "skins.published")
    return row


@atomic
def put_back(*, actor: Actor, at: datetime, agency: Unit, skin: int) -> Skin:
    """Let everybody see again what the site looked like before. Raises Hidden for what never was this agency's."""
    before = Skin.objects.filter(pk=skin, agency=agency.pk, since_at__isnull=False).first()
    _hold(before)
    agency = _lock(agency)
    actor = entitled(actor, agency, may_dress, at.date())
    if before is None:
        raise Hidden
    told = told_of(before)
    must_fit(told)
    is_there = before.logo is not None and bool(cards_there([before.logo]))
    row = Skin(agency=agency, colour=told.colour, slogan=told.slogan, foot=told.foot, since_at=at)
    row.logo, row.logo_sha256 = (before.logo, before.logo_sha256) if is_there else (None, "")
    _change(agency, row, at, "Lấy lại diện mạo cũ")
    _sign(row, actor, at)
    _tell(actor, at, row, "skins.put_back", worn=f"{before.since_at:%d/%m/%Y}")
    return row


@atomic
def close(*, actor: Actor, at: datetime, file: UUID, is_lost: bool = False) -> None:
    """A stamp of secrecy was seen on a picture: what shows it leaves the portal; `is_lost`: what is tried lets it go as well."""
    may_close(actor).or_refuse()
    shown = Skin.objects.filter(logo=file, until_at=None)
    for pk in sorted({row.agency_id for row in shown}):
        agency = _lock(Unit(pk=pk))
        out, row = open_skin(pk), tried(pk)
        if out and out.logo == file:
            _end(out, at, "Ảnh nghi có dấu mật")
            _tell(actor, at, out, "skins.closed")
        if is_lost and row and row.logo == file:
            row.logo, row.logo_sha256 = None, ""
            row.save(update_fields=["logo", "logo_sha256"])
            record(actor=actor, at=at, what="skins.closed", about=agency.ref, agency=pk, name=agency.name)


def _lock(agency: Unit) -> Unit:
    """One act on an agency's skin at a time."""
    return Unit.objects.select_for_update(no_key=True).get(pk=agency.pk)


def _hold(skin: Skin | None) -> None:
    """Before the agency, as whoever notes a stamp does: the stamp waits for this, or this finds the file locked."""
    if skin and skin.logo:
        list(File.objects.select_for_update().filter(pk=skin.logo).values_list("pk"))


def _tried(agency: Unit) -> Skin:
    row = tried(agency.pk)
    if row is None:
        raise WrongState("Không có diện mạo nào đang xem thử. Chọn màu, ảnh, lời rồi lưu để xem trước.")
    return row


def _drawn(actor: Actor, at: datetime, agency: int, brought: Brought) -> File:
    rules = settled()["logo"]
    file = store_shown(
        actor=actor, at=at, stream=brought[1], name=brought[0], agency=agency, longest=rules["longest_side"],
        size=rules["largest_mb"] * 1024**2, pixels=rules["most_megapixels"] * 10**6,
    )  # fmt: skip
    if card(file.pk).kind not in rules["kinds"]:
        raise FileRefused("kind", NO_PICTURE)
    return file


def _change(agency: Unit, row: Skin, at: datetime, why: str) -> None:
    """End what the site wears now, for `row`."""
    file = File.objects.select_related("marked").filter(pk=row.logo).first() if row.logo else None
    if file and is_locked(file):
        raise WrongState("Ảnh đang khóa vì nghi có dấu mật. Chờ văn thư trả lời, hoặc chọn ảnh khác.")
    out = open_skin(agency.pk)
    if out and mark_of(out) == mark_of(row):
        raise WrongState(AS_IT_IS)
    if out:
        _end(out, at, why)


def _end(out: Skin, at: datetime, why: str) -> None:
    out.until_at, out.ended_for = at, why
    out.save(update_fields=["until_at", "ended_for"])


def _sign(row: Skin, actor: Actor, at: datetime) -> None:
    assert actor.account is not None, "a person chooses"
    row.writer_id, row.writer_name, row.made_at = actor.account, actor.name, at
    row.save()


def _tell(actor: Actor, at: datetime, row: Skin, what: str, **more: str) -> None:
    record(
        actor=actor, at=at, what=what, about=row.agency.ref, agency=row.agency_id, name=row.agency.name, skin=row.pk,
        digest=mark_of(row), **more,
    )  # fmt: skip
    for _room, wearer in wearers.items():
        wearer.changed(actor=actor, at=at, agency=row.agency_id)
