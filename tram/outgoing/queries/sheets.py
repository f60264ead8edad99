"""What a draft begins with, and the official page that is made of it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings

from tram.documents.models import Incoming
from tram.formats.queries import Finding, Proof, Sheet, Signature, blocks_of, check, is_mendable
from tram.organisation.models import Unit
from tram.organisation.queries import seats_with_role
from tram.outgoing.models import Outgoing, Presentation
from tram.outgoing.queries.signers import abbreviations, signers
from tram.outgoing.rules import Content as Content
from tram.outgoing.rules import Place as Place
from tram.outgoing.rules import kinds as kinds
from tram.outgoing.rules import notation, spoken_code, templates
from tram.outgoing.states import Outcome

NAMING = ("decision", "resolution", "telegram")
"""Kinds that name who decides, or who calls, before their words (Phụ lục III, mẫu 1.1, 1.2, 1.6)."""
STAMPS = ("", "KHẨN", "THƯỢNG KHẨN", "HỎA TỐC")
SHORT = re.compile(r"^(tỉnh|thành phố|xã|phường|thị trấn|đặc khu)\s+", re.IGNORECASE)
ABOUT = re.compile(r"^(?:v/v|về việc)\s+", re.IGNORECASE)
IN_A_NAME = re.compile(r"\b(?:tỉnh|thành phố|xã|phường|đặc khu)\s+(.+)$", re.IGNORECASE)


def beginning(kind: str, answers: Incoming | None = None) -> Content:
    """What a new draft begins with: the template of its kind, and from a letter that it answers whom it goes to."""
    told = templates().get(kind, {"subject": "", "bases": [], "body": ""})
    content = Content(kind=kind, subject=told["subject"], bases=tuple(told["bases"]), body=told["body"])
    if answers is None:
        return content
    named = f"{answers.type_name or 'văn bản'} số {answers.code}" if answers.code else "văn bản"
    day = f" ngày {answers.issued_date:%d/%m/%Y}" if answers.issued_date else ""
    place = Place(answers.organ_name, unit=answers.organ_unit_id, is_addressed=True)
    about = f" về việc {ABOUT.sub('', answers.subject)}" if answers.subject else ""
    cited = f"Trả lời {named}{day} của {answers.organ_name}{about}"
    body = told["body"].replace("[Lý do hoặc văn bản được trả lời]", cited)
    return Content(
        kind=kind, subject=f"trả lời {named[:1].lower()}{named[1:]}"[:500], bases=tuple(told["bases"]),
        body=body.replace("[cơ quan]", answers.agency.name), places=(place,) if answers.organ_name else (),
        urgency=answers.urgency,
    )  # fmt: skip


def sheet_of(document: Outgoing, on: date, number: int = 0) -> Sheet:
    """The official page of a version (0 = the present one) with blanks for number and day, as it would be signed."""
    kept = document.versions.get(number=number or document.version)
    return sheet_with(document, Content.of(kept.content), on)


def sheet_with(document: Outgoing, content: Content, on: date) -> Sheet:
    """The same page with other words in it, those that somebody is typing; `document` need not be kept yet."""
    kind = kinds()[content.kind]
    agency = Unit.objects.select_related("area", "parent__area").get(pk=document.agency_id)
    short, unit = abbreviations(document, on)
    parent = agency.parent if agency.parent and agency.parent.is_agency else None
    heads = seats_with_role(["chair", "director"], agency.pk, on)
    titles, name = _signature(document, on)
    addressed = tuple(place.name for place in content.places if place.is_addressed)
    others = tuple(place.name for place in content.places if not place.is_addressed)
    kept_at = f"Lưu: VT, {unit}" if unit else "Lưu: VT"
    copies = f" ({content.kept_copies} bản)" if content.kept_copies > 1 else ""
    return Sheet(
        kind=kind.code, organ=agency.name, superior=parent.name if parent and not _is_committee(agency) else "",
        notation=notation(kind, short, unit), place=place_name(agency), year=on.year, subject=content.subject,
        urgency=STAMPS[content.urgency], addressees=addressed,
        authority=_decider(titles, heads[0].title if heads else "", agency.name) if kind.code in NAMING else "",
        grounds=tuple(base.rstrip(";.") for base in content.bases),
        body=blocks_of(content.body),
        signature=Signature(titles=titles, name=name),
        recipients=(*(("Như trên",) if addressed else ()), *others, kept_at + copies),
        proof=proof_of(document),
    )  # fmt: skip


def proof_of(document: Outgoing) -> Proof | None:
    """What lets an outsider prove the letter: from the approval on, when its words are fixed."""
    if document.proof_code is None:
        return None
    code, site = spoken_code(document.proof_code), settings.TRAM_PUBLIC_URL.rstrip("/")
    return Proof(f"{site}/xac-minh/{code}", f"{site.partition('://')[2]}/xac-minh", code)


def _signature(document: Outgoing, on: date) -> tuple[tuple[str, ...], str]:
    """The lines of the presentation that counts; before it, of the signer that the rule would name."""
    counting = Presentation.objects.filter(document=document.pk, outcome__in=(Outcome.WAITING, Outcome.APPROVED))
    live = counting.order_by("-pk").first()
    if live is not None:
        return tuple(live.lines), document.signer_full_name
    first = next(iter(signers(document, on)), None)
    return (first.lines, first.name) if first else ((), "")


def _is_committee(agency: Unit) -> bool:
    return agency.name.casefold().startswith("ủy ban nhân dân")


def _decider(titles: tuple[str, ...], head: str, organ: str) -> str:
    """Who decides, over the grounds: the collective in whose name it is signed, else the agency's head."""
    if titles and titles[0].startswith("TM."):
        return organ
    words = head.split()
    cut = next(at for at in range(len(words) + 1) if organ.casefold().startswith(" ".join(words[at:]).casefold()))
    return " ".join([*words[:cut], organ])


def place_name(agency: Unit) -> str:
    """Địa danh: the province of provincial agencies, the commune of communal ones (Phụ lục I, phần II, mục 4)."""
    for unit in (agency, agency.parent):
        if unit is not None and unit.area is not None:
            return SHORT.sub("", unit.area.name)
    for unit in (agency, agency.parent):
        found = IN_A_NAME.search(unit.name) if unit is not None else None
        if found:
            return found[1]
    return ""


def findings(document: Outgoing, on: date) -> list[Finding]:
    """What breaks the form of the present version (Điều 8, Phụ lục I), what is wrong before what deserves a look."""
    return sorted(check(sheet_of(document, on)), key=lambda one: not one.is_wrong)


@dataclass(frozen=True, slots=True)
class Mending:
    """Chỗ sửa giúp: in which field of the form what a finding said is written, as the how-manieth from the top (from 0)."""

    field: str
    place: int


FIELDS = {"subject": "subject", "grounds": "bases", "body": "body"}
"""What of the page is typed as it is printed: field of the sheet -> field of the form."""
MOST_MENDED, MOST_PLACES_TRIED = 40, 12


def mendings(sheet: Sheet, content: Content, found: Sequence[Finding]) -> list[tuple[Finding, Mending | None]]:
    """Each finding with the place where putting its fix makes it go; None where only a person can say.

    Tried in the very words, for a block of the page is no line of the form: the place is the first where the finding goes
    and no other comes.
    """
    return [
        (one, _place_of(sheet, content, one, len(found)) if at < MOST_MENDED else None) for at, one in enumerate(found)
    ]


def _place_of(sheet: Sheet, content: Content, finding: Finding, amount: int) -> Mending | None:
    field = FIELDS.get(finding.field)
    if not is_mendable(finding) or (field is None and finding.field != "recipients"):
        return None
    if field is None:
        return _place_among(content, finding.said)
    typed = getattr(content, field)
    text = typed if isinstance(typed, str) else "\n".join(typed)
    for place, start in enumerate(_starts(text, finding.said)):
        new = text[:start] + finding.fix + text[start + len(finding.said) :]
        changed: dict[str, Any] = {finding.field: _printed(field, new)}
        left = check(replace(sheet, **changed))
        if len(left) < amount and (finding.rule, finding.said, finding.at) not in {_key(one) for one in left}:
            return Mending(field, place)
        if place == MOST_PLACES_TRIED:
            break
    return None


def _place_among(content: Content, said: str) -> Mending | None:
    """A line of Nơi nhận that somebody typed; what the page writes by itself is nobody's to mend."""
    for field, is_work in (("others", False), ("handling", True)):
        names = [one.name for one in content.places if not one.is_addressed and (one.work == "handle") is is_work]
        if said in names:
            return Mending(field, "\n".join(names[: names.index(said)]).count(said))
    return None


def _key(finding: Finding) -> tuple[str, str, int | None]:
    return finding.rule, finding.said, finding.at


def _printed(field: str, text: str) -> Any:
    """A field's text as the sheet has it."""
    if field == "body":
        return blocks_of(text)
    return tuple(base.rstrip(";.") for base in text.splitlines()) if field == "bases" else text


def _starts(text: str, said: str) -> Iterator[int]:
    """Every place in which the words stand, as they would be found one after the other."""
    start = text.find(said)
    while start >= 0:
        yield start
        start = text.find(said, start + len(said))
