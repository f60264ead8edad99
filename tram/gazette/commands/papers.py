"""Commands on documents that were not drafted here: brought, read, written down, made public, taken back."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from tram.audit.commands import atomic, record
from tram.documents.commands.arrive import Stream
from tram.documents.models import Incoming
from tram.documents.queries import files as files_of_incoming
from tram.files.commands import pass_on, store
from tram.files.models import File
from tram.files.queries import open_blob, refuse_marked_secret
from tram.gazette.commands.standing import let_out, link, locked, must_fit, none_locked, tell
from tram.gazette.models import Paper, PaperFile, Publication
from tram.gazette.policy import may_be_taken, may_bring, may_close, may_publish
from tram.gazette.queries.log import files_of, kinds, open_row, open_rows
from tram.gazette.queries.public import as_shown, digest
from tram.gazette.queries.relations import Target, linked, looked_up, stands_above
from tram.gazette.rules import (
    LONGEST_WORDS,
    RELATIONS,
    Slip,
    holds_from,
    kind_of,
    mentions,
    proposed,
    read_relations,
    slug_of,
    topics,
)
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Unit
from tram.outgoing.queries.proofs import kind_names
from tram.reading.queries import printed_text, read_printed

__all__ = ["Slip"]

MOST_FILES = 20
FROM = {
    "code": "code", "issued_date": "issued_date", "issuer": "organ_name", "subject": "subject",
    "signer_position": "signer_position", "signer_full_name": "signer_full_name",
}  # fmt: skip
"""Fields of a slip -> of an incoming document."""


@atomic
def bring(*, actor: Actor, at: datetime, agency: Unit, files: Sequence[tuple[str, Stream]]) -> Paper:
    """A document and its annexes come as files: each judged and kept; what the first of them says by itself fills the slip.

    Nothing is public yet. Raises FileRefused or DiskFull with their own sentences.
    """
    may_bring(actor, agency.pk, at.date()).or_refuse()
    if not files:
        raise Invalid({"files": "Chọn tệp PDF của văn bản."})
    if len(files) > MOST_FILES:
        raise Invalid({"files": f"Mỗi văn bản nhiều nhất {MOST_FILES} tệp. Gộp phụ lục lại."})
    read: dict[str, Any] = {}

    def look(content: Path) -> None:
        text = _printed(content, files[0][0])
        refuse_marked_secret(text, files[0][0])
        read.update(_proposed(content, files[0][0], text))

    paper = _new(actor, at, agency.pk)
    for place, (name, stream) in enumerate(files):
        kept = store(actor=actor, at=at, stream=stream, name=name, agency=agency.pk, look=look if place == 0 else None)
        _hold(paper, kept, place)
    _fill(paper, read)
    record(actor=actor, at=at, what="gazette.brought", about=paper.ref, agency=paper.agency_id, files=len(files))
    return paper


@atomic
def take(*, actor: Actor, at: datetime, document: Incoming) -> Paper:
    """The same of a document that came and is in the book: what the book says of it fills the slip. Raises WrongState the second time."""
    actor = entitled(actor, document, may_publish, at.date())
    may_be_taken(document).or_refuse()
    cards = files_of_incoming(document.pk)
    if not cards:
        raise WrongState("Văn bản đến này chưa có tệp. Thêm bản quét trước.")
    if Paper.objects.filter(agency=document.agency_id, source=document.ref).exists():
        raise WrongState("Văn bản đến này đã được đưa vào danh sách văn bản công khai.")
    paper = _new(actor, at, document.agency_id, source=document.ref)
    for place, card in enumerate(cards):
        _hold(paper, pass_on(actor=actor, at=at, file=File.objects.get(pk=card.id), agency=document.agency_id), place)
    told = {name: getattr(document, source) for name, source in FROM.items()}
    text = "\n".join(paper.files.order_by("place").values_list("words", flat=True))
    told["kind"] = kind_of(document.type_name, document.code, kind_names())
    told |= {
        "effective_on": holds_from(text, document.issued_date),
        "relations": "\n".join(mentions(text)),
        "unsure": [],
    }
    _fill(paper, told)
    record(actor=actor, at=at, what="gazette.brought", about=paper.ref, agency=paper.agency_id, files=len(cards))
    return paper


def _new(actor: Actor, at: datetime, agency: int, **more: str) -> Paper:
    return Paper.objects.create(agency_id=agency, brought_by=actor.name, brought_at=at, changed_at=at, **more)


def _hold(paper: Paper, file: File, place: int) -> None:
    words = _printed(open_blob(file.pk), file.name)[:LONGEST_WORDS]
    PaperFile.objects.create(paper=paper, file=file, place=place, words=words.replace("\x00", "").strip())


def _printed(content: Path, name: str) -> str:
    try:
        return printed_text(content, name)
    except Invalid:  # a good file of a kind that is not read says nothing
        return ""


def _proposed(content: Path, name: str, text: str) -> dict[str, Any]:
    try:
        reading = read_printed(content, name)
    except Invalid:
        reading = None
    if reading is None:
        return {}
    found = {key: getattr(reading.fields, key) for key in ("number", "symbol", "kind", "issuer", "date", "subject")}
    found |= {"signer_title": reading.fields.signer_title, "signer_name": reading.fields.signer_name}
    return proposed({key: (one.value, one.confidence) for key, one in found.items()}, text, kind_names())


def _fill(paper: Paper, told: dict[str, Any]) -> None:
    for name, value in told.items():
        field = Paper._meta.get_field(name)
        longest = getattr(field, "max_length", None)
        setattr(paper, name, value[:longest] if isinstance(value, str) and longest else value)
    paper.save()


@atomic
def write(*, actor: Actor, at: datetime, paper: Paper, slip: Slip) -> Paper:
    """What a person says of it. What is public stays as it was agreed to until it is published anew."""
    paper = locked(paper)
    actor = entitled(actor, paper, may_publish, at.date())
    _must_be_readable(slip)
    slip = replace(slip, code=slip.code.replace(" ", ""), topic=slip.topic if slip.topic in topics() else "")
    _fill(paper, asdict(slip) | {"unsure": [], "changed_at": at})
    record(actor=actor, at=at, what="gazette.written", about=paper.ref, agency=paper.agency_id, code=paper.code)
    return paper


def _must_be_readable(slip: Slip) -> None:
    wrong = {} if not slip.kind or slip.kind in kinds() else {"kind": "Chọn loại văn bản trong danh sách."}
    try:
        read_relations(slip.relations)
    except ValueError as error:
        wrong["relations"] = str(error)
    if wrong:
        raise Invalid(wrong)


@atomic
def add_file(*, actor: Actor, at: datetime, paper: Paper, name: str, stream: Stream) -> PaperFile:
    """One more annex; raises FileRefused or DiskFull with their own sentences."""
    paper = locked(paper)
    actor = entitled(actor, paper, may_publish, at.date())
    last = paper.files.order_by("-place").first()
    place = last.place + 1 if last else 0
    if paper.files.count() >= MOST_FILES:
        raise Invalid({"more": f"Mỗi văn bản nhiều nhất {MOST_FILES} tệp. Gộp phụ lục lại."})
    file = store(actor=actor, at=at, stream=stream, name=name, agency=paper.agency_id)
    _hold(paper, file, place)
    record(actor=actor, at=at, what="gazette.file_added", about=paper.ref, agency=paper.agency_id, file=file.ref)
    return paper.files.get(place=place)


@atomic
def publish_paper(
    *, actor: Actor, at: datetime, paper: Paper, slip: Slip, reviewed: bool, left_out: Collection[UUID] = ()
) -> Publication:
    """Write the slip down and make the document public with its files but those `left_out`; a public one anew.

    `reviewed`: the actor has read it again for what nobody outside may know. Raises Invalid for what is missing or does not
    fit, WrongState while a file is locked and where all of this stands on the portal already.
    """
    paper = write(actor=actor, at=at, paper=paper, slip=slip)
    slip = replace(slip, code=paper.code, topic=paper.topic)
    actor = entitled(actor, paper, may_publish, at.date())
    if wrong := slip.missing():
        raise Invalid(wrong)
    must_fit(reviewed, slip.effective_on, slip.effective_until)
    targets = _targets(paper, slip)
    held = none_locked(files_of(paper))
    if not held:
        raise Invalid({"more": "Thêm tệp của văn bản trước khi công khai."})
    assert slip.issued_date is not None, "asked above"
    _must_be_new(paper, slip, slip.issued_date)
    files = [{"id": str(card.id), "sha256": card.sha256} for card in held if card is held[0] or card.id not in left_out]
    before = open_row(paper)
    named = linked(before) if before else []
    if before and _is_same(before, slip, files, targets):
        raise WrongState("Văn bản đang công khai đúng như vậy.")
    out = let_out(
        paper, actor, at, slug_of(kinds()[slip.kind], slip.code, slip.issued_date, f"v{paper.pk}"), _agreed(slip, files)
    )
    link(out, targets)
    record(
        actor=actor, at=at, what="gazette.published", about=paper.ref, agency=paper.agency_id, code=slip.code,
        slug=out.slug, files=len(files), publication=out.pk, digest=digest(as_shown(out, at)),
    )  # fmt: skip
    tell(actor, at, out, is_less=before is not None, before=named)
    return out


def _agreed(slip: Slip, files: list[dict[str, str]]) -> dict[str, Any]:
    names = ("kind", "code", "subject", "issued_date", "issuer", "topic", "effective_on", "effective_until")
    signer = f"{slip.signer_position} {slip.signer_full_name}".strip()[:250]
    return {name: getattr(slip, name) for name in names} | {"signer": signer, "files": files}


def _is_same(before: Publication, slip: Slip, files: list[dict[str, str]], targets: list[Target]) -> bool:
    links = {(one.how, one.code, one.issued_date, one.slug) for one in before.links.all()}
    same = all(getattr(before, name) == value for name, value in _agreed(slip, files).items())
    return same and links == {(one.how, one.code, one.day, one.slug) for one in targets}


def _targets(paper: Paper, slip: Slip) -> list[Target]:
    """Raises Invalid for an address at which nothing stands, and for the end of a document of an agency that is not below."""
    told = read_relations(slip.relations)
    found = looked_up(told, paper.agency_id)
    for one, target in zip(told, found, strict=True):
        if target is None:
            raise Invalid({"relations": f"Không có văn bản nào đang công khai ở /cong/van-ban/{one.slug}."})
        own = open_row(paper)
        if own and target.slug == own.slug:
            raise Invalid({"relations": "Một dòng nhắc đến chính văn bản này. Bỏ dòng ấy."})
        how = RELATIONS[one.how]
        if target.agency and (how.ends or how.changes) and not stands_above(paper.agency_id, target.agency):
            raise Invalid(
                {"relations": f"{target.code} do cơ quan khác công khai; chỉ cơ quan ấy hoặc cấp trên ghi là {how.name.lower()}."}
            )  # fmt: skip
    return [target for target in found if target]


def _must_be_new(paper: Paper, slip: Slip, day: date) -> None:
    """The same document is public once: raises Invalid with its address."""
    alike = open_rows().filter(agency=paper.agency_id, issued_date=day, code__iexact=slip.code)
    other = alike.exclude(paper=paper.pk, letter=None).filter(issuer__in=("", slip.issuer)).first()
    if other:
        raise Invalid({"code": f"{slip.code} đã công khai tại /cong/van-ban/{other.slug}."})


@atomic
def lose(*, actor: Actor, at: datetime, file: UUID) -> None:
    """Let go of a file that was a state secret, and is destroyed in this transaction."""
    may_close(actor).or_refuse()
    for held in PaperFile.objects.select_related("paper").filter(file=file):
        paper = held.paper
        held.delete()
        record(
            actor=actor, at=at, what="gazette.secret_removed", about=paper.ref, agency=paper.agency_id,
            file=f"files.file/{file}",
        )  # fmt: skip
