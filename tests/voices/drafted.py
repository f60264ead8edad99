"""Drafts of the stories: Tâm words one for the Sở, Sơn lets it out, readers say what they think of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from tests.cast import AT, Cast
from tests.voices.asked import E_MAIL, NAME, PHONE
from tram.kernel.actors import ANONYMOUS
from tram.voices.commands.asking import opine
from tram.voices.commands.drafts import propose, publish, summarise
from tram.voices.models import Draft, DraftPublication, Voice

WORDED: dict[str, Any] = {
    "kind": "decision", "title": "Quyết định ban hành Quy chế quản lý mạng viễn thông",
    "purpose": "Quy chế cũ không còn phù hợp.\nQuy chế mới rút ngắn thủ tục.", "text": "Điều 1. Phạm vi.\nĐiều 2. Đối tượng.",
    "days": 20, "short_reason": "",
}  # fmt: skip
SUMMARY = "Tiếp thu: sửa Điều 2.\nKhông tiếp thu: mức phí do luật định."
LATER = AT + timedelta(days=21)


@dataclass
class Drafting:
    """A draft and what becomes of it, on the day of the cast."""

    cast: Cast

    def by(self, name: str, at: datetime = AT) -> dict[str, Any]:
        """A person, now."""
        return {"actor": self.cast.actor(name), "at": at}

    def worded(self, *, file: bytes = b"", at: datetime = AT, **more: Any) -> Draft:
        """Worded by Tâm."""
        brought = ("du-thao.pdf", BytesIO(file)) if file else None
        return propose(**self.by("tam", at), agency=self.cast.units["skhcn"], told=WORDED | more, file=brought)

    def public(self, draft: Draft | None = None, at: datetime = AT, **more: Any) -> DraftPublication:
        """Let out by Sơn."""
        draft = draft or self.worded(at=at, **more)
        return publish(**self.by("son", at), draft=draft, seen=draft.version)

    def said(self, out: DraftPublication, at: datetime = AT, **more: Any) -> Voice:
        """What a reader says of it."""
        told = {"text": "Nên rút còn ba ngày.", "name": NAME, "shows_name": False, "consents": True}
        told |= {"email": E_MAIL, "phone": PHONE} | more
        opine(actor=ANONYMOUS, at=at, key=uuid4(), slug=out.slug, **told)
        return Voice.objects.latest("pk")

    def summed(self, out: DraftPublication) -> Draft:
        """Summed up by Tâm after the last day."""
        draft = Draft.objects.get(pk=out.draft_id)
        return summarise(**self.by("tam", LATER), draft=draft, summary=SUMMARY, seen=draft.version)
