"""One scan that holds several letters: where they begin, cutting them apart, putting them back."""

from collections.abc import Collection
from datetime import datetime
from functools import partial
from pathlib import Path, PurePath

from tram.audit.commands import atomic, record
from tram.documents.commands.arrive import no_secret, read, receive
from tram.documents.commands.cards import lock
from tram.documents.models import Incoming, IncomingFile, Part, SplitProposal
from tram.documents.policy import may_register
from tram.documents.rules import Cuts, letters_of, page_words
from tram.documents.states import BEFORE_THE_BOOK, MOVES, NAMES, State
from tram.files.commands import store_pages
from tram.files.models import File
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Unit
from tram.reading.queries import Reading

MOST_PAGES = 500
MOST_LETTERS = 100
VEILED = "Văn bản này đang chờ trả lời về dấu mật, hoặc không còn tệp để tách."


@atomic
def propose_split(*, actor: Actor, at: datetime, document: Incoming, cuts: Cuts, pages: int) -> SplitProposal:
    """Keep where letters seem to begin in a paper of so many pages; nothing is cut until the clerk says so."""
    document = lock(document)
    if not actor.is_system:
        may_register(actor, document.agency_id, at.date()).or_refuse()
    if document.veiled or not document.files.exists():
        raise WrongState(VEILED)
    letters = len(letters_of(pages, cuts.starts, cuts.drops))
    told = {"starts": cuts.starts, "drops": cuts.drops, "letters": letters, "read_at": at}
    proposal, _ = SplitProposal.objects.update_or_create(document=document, defaults=told)
    record(
        actor=actor, at=at, what="documents.split_proposed", about=document.ref, agency=document.agency_id, letters=letters
    )  # fmt: skip
    return proposal


@atomic
def split(
    *, actor: Actor, at: datetime, document: Incoming, starts: Collection[int], drops: Collection[int]
) -> list[Incoming]:
    """Cut a waiting PDF into letters that begin on the pages `starts` (from 1), without the pages `drops`.

    Each letter waits in the lane and is read as after a drop. The paper that came leaves the lane untouched, with its
    file, until `rejoin`. Raises Invalid (`start`, `drop`), WrongState, FileRefused as `bring` does.
    """
    document = lock(document)
    may_register(actor, document.agency_id, at.date()).or_refuse()
    state = MOVES.after(document.state, "split")
    original = splittable(document)
    letters = _letters(original.blob.pages or 0, starts, drops)
    made = [_letter(actor=actor, at=at, document=document, original=original, pages=pages) for pages in letters]
    document.state, document.ended_at = state, at
    document.save(update_fields=["state", "ended_at"])
    record(
        actor=actor, at=at, what="documents.split", about=document.ref, agency=document.agency_id, letters=len(made),
        sha256=original.blob_id,
    )  # fmt: skip
    return made


def splittable(document: Incoming) -> File:
    """The one PDF of several pages that this paper is; raises WrongState for every other paper."""
    if document.veiled:
        raise WrongState(VEILED)
    files = [
        row.file
        for row in IncomingFile.objects.filter(document=document).select_related("file__blob").order_by("place")
    ]
    if len(files) != 1 or files[0].blob.kind != "pdf" or (files[0].blob.pages or 0) < 2:
        raise WrongState("Chỉ tách được văn bản gồm đúng một tệp PDF từ 2 trang trở lên.")
    if (files[0].blob.pages or 0) > MOST_PAGES:
        raise WrongState(
            f"Tệp có {files[0].blob.pages} trang; chỉ tách được đến {MOST_PAGES} trang. Quét lại thành nhiều tệp."
        )
    return files[0]


def _letters(pages: int, starts: Collection[int], drops: Collection[int]) -> list[list[int]]:
    wrong = {}
    for name, given in (("start", starts), ("drop", drops)):
        strange = sorted(page for page in given if not 1 <= page <= pages)
        if strange:
            wrong[name] = f"Tệp không có trang {page_words(strange[:5])}. Chọn trang từ 1 đến {pages}."
    if wrong:
        raise Invalid(wrong)
    letters = letters_of(pages, starts, drops)
    if len(letters) < 2:
        raise Invalid({"start": "Đánh dấu ít nhất một trang bắt đầu văn bản mới; phải còn từ hai văn bản trở lên."})
    if len(letters) > MOST_LETTERS:
        raise Invalid(
            {"start": f"Một lần tách được đến {MOST_LETTERS} văn bản. Tách thành vài phần lớn rồi tách tiếp."}
        )
    return letters


def _letter(*, actor: Actor, at: datetime, document: Incoming, original: File, pages: list[int]) -> Incoming:
    """One letter of the scan: its own file through every check, waiting in the same lane, read as after a drop."""
    words = page_words(pages)
    found: list[Reading] = []
    name = f"{PurePath(original.name).stem[:80]} (trang {_short(words)}).pdf"
    try:
        file = store_pages(
            actor=actor, at=at, original=original, pages=pages, name=name, look=partial(_look, found, name)
        )  # fmt: skip
    except Invalid as error:
        raise Invalid({"start": f"Trang {words}: {error}"}) from error
    agency = Unit.objects.get(pk=document.agency_id)
    letter = receive(actor=actor, at=at, agency=agency, files=[file])
    Part.objects.create(document=letter, original=document, original_sha256=original.blob_id, pages=words)
    read(at=at, document=letter, found=found)
    return letter


def _look(found: list[Reading], name: str, content: Path) -> None:
    found.extend(no_secret(content, name))


def _short(words: str) -> str:
    return words if len(words) <= 40 else f"{words[: words.rindex(',', 0, 40)]}…"


@atomic
def rejoin(*, actor: Actor, at: datetime, document: Incoming) -> Incoming:
    """Take a split back: the paper that came waits again, its parts leave the lane.

    Raises WrongState as soon as one part has left the lane by itself (in the book, returned, split further).
    """
    document = lock(document)
    may_register(actor, document.agency_id, at.date()).or_refuse()
    document.state, document.ended_at = MOVES.after(document.state, "rejoin"), None
    letters = Incoming.objects.select_for_update(no_key=True, of=("self",)).filter(part__original=document)
    parts = list(letters.exclude(state=State.REJOINED).select_related("part").order_by("pk"))
    for part in parts:
        if part.state not in BEFORE_THE_BOOK:
            name = NAMES[State(part.state)].lower()
            raise WrongState(f"Không hoàn tác được nữa: phần trang {part.part.pages} {name}.")
        part.state, part.ended_at = MOVES.after(part.state, "put_back"), at
        part.save(update_fields=["state", "ended_at"])
    document.save(update_fields=["state", "ended_at"])
    record(
        actor=actor, at=at, what="documents.rejoined", about=document.ref, agency=document.agency_id, letters=len(parts)
    )  # fmt: skip
    return document
