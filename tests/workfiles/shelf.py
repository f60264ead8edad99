"""The shelf of the stories: Lan makes up files, Dũng heads her division, Hoa keeps the archive, Sơn directs the Sở."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.cast import AT
from tests.outgoing.office import Office
from tram.documents.commands.register import register
from tram.documents.commands.settle import close as settle_letter
from tram.documents.models import Access, Incoming
from tram.documents.rules import Slip
from tram.kernel.actors import Actor
from tram.workfiles.commands.close import close
from tram.workfiles.commands.keep import file_papers, open_file
from tram.workfiles.commands.transfer import hand_over, receive
from tram.workfiles.models import WorkFile


@dataclass
class Shelf:
    """Files and letters of the telecoms division, on the day of the cast."""

    office: Office
    number: int = 44

    def who(self, name: str, at: datetime = AT) -> Actor:
        """A person."""
        return self.office.who(name, at)

    def letter(self, *, settled: bool = True, to: str = "lan", **more: Any) -> Incoming:
        """A letter in the book that `to` may read."""
        cast, self.number = self.office.cast, self.number + 1
        slip = Slip(
            organ_name="Sở Tài chính", code_number=str(self.number), code_notation="STC-NS", type_name="Công văn",
            subject=f"Hỏi dự toán {self.number}", issued_date=AT.date(), page_amount=2, **more,
        )  # fmt: skip
        letter = register(actor=self.who("hoa"), at=AT, agency=cast.units["skhcn"], slip=slip)
        Access.objects.create(document=letter, key=f"post.{cast.posts[to].pk}", cause="thử", since_at=AT)
        if settled:
            settle_letter(actor=self.who("hoa"), at=AT, document=letter, outcome="Lưu hồ sơ")
        return Incoming.objects.get(pk=letter.pk)

    def file(self, who: str = "lan", retention: str = "exchange", **more: Any) -> WorkFile:
        """An open file of that person's unit."""
        actor = self.who(who)
        unit = next(u for u in self.office.cast.units.values() if actor.acting and u.pk == actor.acting.unit)
        return open_file(actor=actor, at=AT, unit=unit, title="Dự toán năm 2027", retention=retention, **more)

    def closed(self, who: str = "lan", **more: Any) -> WorkFile:
        """A file with one settled letter."""
        file = self.file(who, **more)
        file_papers(actor=self.who(who), at=AT, file=file, papers=[self.letter(to=who)])
        return close(actor=self.who(who), at=AT, file=file)

    def archived(self) -> WorkFile:
        """In the agency's archive."""
        file = self.closed()
        told = hand_over(actor=self.who("lan"), at=AT, files=[file])
        receive(actor=self.who("hoa"), at=AT, hand_over=told)
        return WorkFile.objects.get(pk=file.pk)
