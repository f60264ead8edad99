"""Work on documents that takes longer than a click: reading scans, finding where letters begin in them."""

from uuid import UUID

from tram.documents import queries
from tram.documents.commands.arrive import propose
from tram.documents.commands.split import MOST_PAGES, propose_split
from tram.documents.models import Incoming
from tram.documents.rules import Cuts, dropped_pages, proposed, proposed_cuts
from tram.documents.states import BEFORE_THE_BOOK
from tram.files.commands import look
from tram.files.queries import looks, open_blob, stamp_on
from tram.jobs.sockets import job
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid
from tram.reading.queries import first_pages, read_letter


@job("Đọc bản quét văn bản đến")
def read_scan(document: int) -> None:
    """Read the first file of a paper with the machine reader and propose its fields; a paper that was read is let be.

    Nothing is read of a paper on which a stamp of secrecy is seen, until the clerk has said that it is none.
    """
    paper, found = Incoming.objects.get(pk=document), queries.files(document)
    if queries.proposal(document) or not found:
        return
    first = found[0]
    if _is_veiled(paper, first.id):
        return
    try:
        reading = read_letter(open_blob(first.id), first.name)
        fields, text, engine = proposed(reading.fields), reading.text.plain, reading.text.engine or reading.text.source
    except Invalid:
        fields, text, engine = {}, "", "none"
    propose(actor=Actor.system(), at=clock.now(), document=paper, fields=fields, text=text, engine=engine)


def _is_veiled(paper: Incoming, file: UUID) -> bool:
    """Whether a stamp of secrecy is seen on the paper: looked for now, if nobody looked before."""
    level = stamp_on(file)
    if level is not None:
        look(actor=Actor.system(), at=clock.now(), file=file, level=level)
        paper.refresh_from_db()
    return paper.veiled


@job("Tìm chỗ tách trong bản quét nhiều trang")
def find_starts(document: int) -> None:
    """Propose where letters begin in the one PDF of a paper that waits; looked at twice, it proposes the same.

    As for `read_scan`, nothing is read where a stamp of secrecy is seen.
    """
    paper, found = Incoming.objects.get(pk=document), queries.files(document)
    if paper.state not in BEFORE_THE_BOOK or not found or _is_veiled(paper, found[0].id):
        return
    file, pages = found[0].id, found[0].pages or 0
    try:
        cuts = _cuts(file, pages) if 1 < pages <= MOST_PAGES else Cuts({}, {})
    except Invalid:
        cuts = Cuts({}, {})
    propose_split(actor=Actor.system(), at=clock.now(), document=paper, cuts=cuts, pages=pages)


def _cuts(file: UUID, pages: int) -> Cuts:
    drops = dropped_pages([(one.ink, one.code) for one in looks(file)])
    firsts = first_pages(open_blob(file), [page for page in range(1, pages + 1) if page not in drops])
    return proposed_cuts(pages, drops, firsts)
