"""Letters of the Sở that become public: signed on paper, scanned, issued, published by Hoa."""

import io
from dataclasses import dataclass
from typing import Any

from tests.cast import AT
from tests.outgoing.office import Office
from tests.rights.scene import paper
from tram.files.commands import store
from tram.files.models import File
from tram.gazette.commands.letters import publish
from tram.gazette.models import Publication
from tram.outgoing.commands.draft import attach
from tram.outgoing.commands.issue import issue
from tram.outgoing.commands.number import number
from tram.outgoing.commands.sign import sign_on_paper
from tram.outgoing.models import Outgoing


@dataclass
class Publishing:
    """The office, and the portal as it goes on from there."""

    office: Office

    def file(self, who: str, name: str) -> File:
        """A page that somebody brings."""
        actor = self.office.who(who)
        return store(actor=actor, at=AT, stream=io.BytesIO(paper(name)), name=f"{name}.pdf", agency=actor.agency)

    def issued(self, *, scan: bool = True, annex: str = "", **more: Any) -> Outgoing:
        """A letter that left, with its scan and perhaps an annex."""
        office, hoa = self.office, self.office.who("hoa")
        document = office.draft(**more)
        if annex:
            attach(actor=office.who("lan"), at=AT, document=document, file=self.file("lan", annex))
        document = office.approved(document)
        page = self.file("hoa", f"ban-quet-{document.pk}") if scan else None
        document = sign_on_paper(actor=hoa, at=AT, document=document, scan=page)
        document = issue(actor=hoa, at=AT, document=number(actor=hoa, at=AT, document=document))
        return Outgoing.objects.get(pk=document.pk)

    def public(self, letter: Outgoing | None = None, **more: Any) -> Publication:
        """On the portal."""
        told: dict[str, Any] = {"reviewed": True} | more
        return publish(actor=self.office.who("hoa"), at=AT, letter=letter or self.issued(), **told)
