"""Questions of the stories: a reader asks the Sở, Lan answers, Tâm (its office chief) lets it out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from tests.cast import AT, Cast
from tram.kernel.actors import ANONYMOUS, Actor
from tram.voices.commands.answering import answer, entrust
from tram.voices.commands.asking import ask
from tram.voices.commands.publishing import publish
from tram.voices.models import Publication, Voice
from tram.voices.rules import mark_of

E_MAIL, PHONE, NAME = "qzthu@qzhop.vn", "0987 654 321", "Lò Thị Qzten"
TOLD: dict[str, Any] = {
    "title": "Giờ làm việc của bộ phận một cửa", "text": "Chiều thứ bảy bộ phận một cửa có làm việc không?",
    "name": NAME, "shows_name": False, "consents": True, "email": E_MAIL, "phone": PHONE,
}  # fmt: skip
ANSWER = "Sáng thứ bảy làm việc từ 7 giờ 30 đến 11 giờ 30.\nChiều thứ bảy nghỉ."


@dataclass
class Asking:
    """A question and what becomes of it, on the day of the cast."""

    cast: Cast

    def who(self, name: str) -> Actor:
        """A person."""
        return self.cast.actor(name)

    def code(self, key: UUID | None = None, *, at: datetime = AT, to: str = "skhcn", **more: Any) -> str:
        """Sent by a reader; its code."""
        told = TOLD | more
        return ask(actor=ANONYMOUS, at=at, key=key or uuid4(), agency=self.cast.units[to], **told)

    def asked(self, **more: Any) -> Voice:
        """A question that waits."""
        return Voice.objects.get(mark=mark_of(self.code(**more)))

    def answered(self, voice: Voice | None = None, **more: Any) -> Voice:
        """With Lan's answer, after the division was asked for it; with Hùng's where it was settled before."""
        voice = voice or self.asked()
        who = "lan" if voice.state == "waiting" else "hung"
        if voice.state == "waiting":
            entrust(actor=self.who("tam"), at=AT, voice=voice, unit=self.cast.units["telecoms"])
        told = {"title": voice.title, "text": voice.text, "answer": ANSWER, "seen": voice.version} | more
        return answer(actor=self.who(who), at=AT, voice=voice, **told)

    def public(self, voice: Voice | None = None, **more: Any) -> Publication:
        """On the portal."""
        voice = self.answered(voice, **more)
        return publish(actor=self.who("tam"), at=AT, voice=voice, seen=voice.version)
