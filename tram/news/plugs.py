"""What the news plugs into lower rooms."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest

from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if
from tram.news.commands.write import lose, show_anew
from tram.news.models import Article, Attachment
from tram.news.policy import may_open_desk
from tram.news.queries.articles import visible_to
from tram.news.states import State
from tram.organisation.models import Unit
from tram.organisation.sockets import Tie
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem

MOST = 1000


class ArticleFiles:
    """Files that articles show: whoever may see the article inside the house opens them (files.holders)."""

    def may_open(self, actor: Actor, file_id: UUID, at: datetime) -> Verdict | None:
        """As part of an article; None when none shows it."""
        held = Attachment.objects.filter(file=file_id).values("article")
        if not held.exists():
            return None
        seen = visible_to(actor, at.date()).filter(pk__in=held).exists()
        return allow_if(seen, "Bạn không thấy được mục này.")

    def locked(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """Nothing of a file is copied into an article, the file itself is closed by its own room; pages that name it are made anew."""
        show_anew(actor=actor, at=at, file=file)

    def released(self, *, actor: Actor, at: datetime, file: UUID) -> None:
        """It opens again by itself."""
        show_anew(actor=actor, at=at, file=file)

    def lost(self, *, actor: Actor, at: datetime, file: UUID, level: str) -> None:
        """Articles let go of the file; their blocks show nothing any more."""
        lose(actor=actor, at=at, file=file)


class OpenArticles:
    """Articles of an agency that are on their way, told before it moves or ends (organisation.successions)."""

    def foresee(self, *, unit: Unit, on: date) -> Sequence[Tie]:
        """One line for all of them; counted up to a thousand."""
        if not unit.is_agency:
            return []
        on_their_way = [State.DRAFT, State.WITH_EDITOR, State.WITH_PUBLISHER, State.SCHEDULED]
        waiting = Article.objects.filter(agency=unit, state__in=on_their_way).values_list("pk", flat=True)
        count = len(waiting[: MOST + 1])
        words = f"{count} tin bài chưa đăng" if count <= MOST else f"hơn {MOST} tin bài chưa đăng"
        return [Tie(words, "Đăng, hoặc gỡ trước khi cơ quan kết thúc.", is_open=True)] if count else []


def menu(request: HttpRequest) -> list[NavItem]:
    """What stands in the side menu of whoever edits an agency's portal or lets out what stands there."""
    actor = request_actor(request)
    return [NavItem("/tin-bai", "Tin bài", "globe", 29)] if may_open_desk(actor, clock.local_day(clock.now())) else []
