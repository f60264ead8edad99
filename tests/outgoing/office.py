"""The office of the stories: Lan drafts, Dũng answers for the content, Tâm for the form, Sơn signs, Hoa numbers and issues."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests.cast import AT, Cast
from tram.kernel.actors import Actor
from tram.organisation.commands.books import open_book
from tram.organisation.models import NumberBook
from tram.outgoing.commands.check import check_content, check_form, submit
from tram.outgoing.commands.draft import draft
from tram.outgoing.commands.issue import issue
from tram.outgoing.commands.number import number
from tram.outgoing.commands.present import approve, present
from tram.outgoing.commands.sign import sign_on_paper
from tram.outgoing.models import Outgoing
from tram.outgoing.rules import Content, Place
from tram.tasks.models import Task

BODY = "Sở Khoa học và Công nghệ đề nghị quý cơ quan rà soát dự toán năm 2027.\nTrân trọng./."


@dataclass
class Office:
    """Every step of a letter by whoever's step it is, on the day of the cast."""

    cast: Cast

    def who(self, name: str, at: datetime = AT) -> Actor:
        """A person."""
        return self.cast.actor(name, at)

    def content(self, **more: Any) -> Content:
        """A letter to the Sở Tài chính, the telecoms' sister division and one outside."""
        places = (
            Place("Sở Tài chính", unit=self.cast.units["stc"].pk, is_addressed=True),
            Place("Phòng Chuyển đổi số", unit=self.cast.units["it"].pk),
            Place("Bưu điện tỉnh Lào Cai", way="post", address="Số 1 Hoàng Liên"),
        )
        return replace(Content("official_letter", "Rà soát dự toán năm 2027", BODY, places=places), **more)

    def draft(self, who: str = "lan", **more: Any) -> Outgoing:
        """A draft as saved first."""
        links = {name: more.pop(name) for name in ("answers", "before", "relation") if name in more}
        return draft(actor=self.who(who), at=AT, content=self.content(**more), **links)

    def checked(self, document: Outgoing) -> Outgoing:
        """Submitted and with both initials."""
        document = submit(actor=self.who("lan"), at=AT, document=document, seen=document.version)
        document = check_content(actor=self.who("dung"), at=AT, document=document, seen=document.version)
        return check_form(actor=self.who("tam"), at=AT, document=document, seen=document.version)

    def presented(self, document: Outgoing | None = None) -> Outgoing:
        """Before the first whom the rule names."""
        document = self.checked(document or self.draft())
        present(actor=self.who("lan"), at=AT, document=document, seen=document.version)
        return Outgoing.objects.get(pk=document.pk)

    def approved(self, document: Outgoing | None = None) -> Outgoing:
        """By whom the rule names: Sơn for most."""
        document = self.presented(document)
        signer = next(who for who, post in self.cast.posts.items() if post.pk == document.signer_id)
        return approve(actor=self.who(signer), at=AT, document=document, seen=document.version)

    def signed(self, document: Outgoing | None = None) -> Outgoing:
        """By hand."""
        return sign_on_paper(actor=self.who("hoa"), at=AT, document=self.approved(document))

    def numbered(self, document: Outgoing | None = None) -> Outgoing:
        """In the book."""
        return number(actor=self.who("hoa"), at=AT, document=self.signed(document))

    def issued(self, document: Outgoing | None = None) -> Outgoing:
        """On its way."""
        return issue(actor=self.who("hoa"), at=AT, document=self.numbered(document))


def open_books(cast: Cast, *codes: str) -> dict[str, NumberBook]:
    """The Sở's books of outgoing documents of the year."""
    agency = cast.units["skhcn"]
    return {
        code: open_book(actor=Actor.system(), at=AT, agency=agency, code=code, name=code, year=2026)
        for code in codes or ("outgoing", "outgoing-copies")
    }


def work(document: Outgoing, **more: Any) -> list[tuple[str, str]]:
    """Open work about a document: (kind, whose)."""
    rows = Task.objects.filter(about=document.ref, ended_at=None, **more).select_related("unit", "post").order_by("pk")
    return [(task.kind, task.post.title if task.post else task.unit.name) for task in rows]
