"""Copies (NĐ 30/2020 Điều 25–27): what is copied, what the copy begins with, and the page that it makes."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from tram.documents.models import Incoming
from tram.documents.queries import files
from tram.files.queries import cards, open_blob
from tram.formats.queries import as_extract, as_paper_copy, as_pdf
from tram.kernel.verdicts import WrongState
from tram.outgoing.models import Outgoing
from tram.outgoing.queries.sheets import ABOUT, sheet_of
from tram.outgoing.rules import Content, kinds, pages_named
from tram.outgoing.states import OUT

NO_ORIGINAL = "Văn bản này không có tệp PDF để sao. Quét bản gốc, gắn vào văn bản rồi lập bản sao."
Copied = Incoming | Outgoing


def original_of(letter: Copied) -> UUID:
    """The PDF that a copy of a letter copies: of one that came its first, of one of ours the page that left.

    Raises WrongState when there is none.
    """
    if isinstance(letter, Incoming):
        held = files(letter.pk)
    else:
        held = cards([letter.paper_id]) if letter.state in OUT and letter.paper_id else []
    found = next((card.id for card in held if card.kind == "pdf" and not card.is_locked), None)
    if found is None:
        raise WrongState(NO_ORIGINAL)
    return found


def beginning_of_copy(kind: str, letter: Copied) -> Content:
    """What a copy begins with: its subject names what is copied."""
    if isinstance(letter, Incoming):
        name, organ = letter.type_name or "Văn bản", letter.organ_name
    else:
        name, organ = kinds()[letter.kind].name, letter.agency.name
    day = f" ngày {letter.issued_date:%d/%m/%Y}" if letter.issued_date else ""
    number = f" số {letter.code}" if letter.code else ""
    subject = f"{name}{number}{day} của {organ} về việc {ABOUT.sub('', letter.subject)}"
    return Content(kind, subject=subject[:500], urgency=letter.urgency)


def copied_pages(document: Outgoing) -> bytes:
    """The original's pages that the present version of a copy takes: all, or those that an extract names.

    Raises Invalid for pages that are not there, WrongState when the original is gone.
    """
    if document.original_id is None:
        raise WrongState(NO_ORIGINAL)
    content = Content.of(document.versions.get(number=document.version).content)
    original = open_blob(document.original_id).read_bytes()
    return as_extract(original, pages_named(content.body)) if document.kind == "extract_copy" else original


def page_of(document: Outgoing, on: date) -> bytes:
    """The page as it would be signed by hand: of a copy the original with the copy's block under its last words.

    The block bears no code for outsiders: in the margin of its own sheet it would keep it from standing under the words.
    """
    sheet = sheet_of(document, on)
    if document.original_id is None:
        return as_pdf(sheet)
    return as_paper_copy(copied_pages(document), replace(sheet, proof=None))
