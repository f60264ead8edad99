"""Work on documents that takes longer than a click: reading scans."""

from tram.documents import queries
from tram.documents.commands.arrive import propose
from tram.documents.models import Incoming
from tram.documents.rules import proposed
from tram.files.commands import look
from tram.files.queries import open_blob, stamp_on
from tram.jobs.sockets import job
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Invalid
from tram.reading.queries import read_letter


@job("Đọc bản quét văn bản đến")
def read_scan(document: int) -> None:
    """Read the first file of a paper with the machine reader and propose its fields; a paper that was read is let be.

    Nothing is read of a paper on which a stamp of secrecy is seen, until the clerk has said that it is none.
    """
    paper, found = Incoming.objects.get(pk=document), queries.files(document)
    if queries.proposal(document) or not found:
        return
    first, at = found[0], clock.now()
    level = stamp_on(first["id"])
    if level is not None:
        look(actor=Actor.system(), at=at, file=first["id"], level=level)
        paper.refresh_from_db()
    if paper.veiled:
        return
    try:
        reading = read_letter(open_blob(first["id"]), first["name"])
        fields, text, engine = proposed(reading.fields), reading.text.plain, reading.text.engine or reading.text.source
    except Invalid:
        fields, text, engine = {}, "", "none"
    propose(actor=Actor.system(), at=clock.now(), document=paper, fields=fields, text=text, engine=engine)
