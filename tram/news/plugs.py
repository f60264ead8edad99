"""What the news plugs into lower rooms."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest

from tram.kernel import clock
from tram.kernel.actors import LEADERS, Actor
from tram.kernel.refs import parse_ref
from tram.kernel.verdicts import Verdict, WrongState, allow_if
from tram.news.commands.publish import send_back
from tram.news.commands.write import lock, lose, show_anew
from tram.news.models import Article, Attachment
from tram.news.policy import DESK, may_open_desk
from tram.news.queries.articles import visible_to
from tram.news.states import ON_THEIR_WAY, State
from tram.notifications.sockets import Phrase, Push
from tram.organisation.models import Unit
from tram.organisation.queries import posts_carrying
from tram.organisation.sockets import Tie
from tram.tasks.models import Task
from tram.web.middleware import request_actor
from tram.web.sockets import NavItem

MOST = 1000
WAITS_FOR = {
    State.DRAFT: "Bài đang ở người viết. Mở trang bài: sửa rồi trình, hoặc gỡ; việc tự xong theo bước ấy.",
    State.WITH_EDITOR: "Bài đang chờ biên tập. Mở trang bài và chọn chuyển duyệt đăng hoặc trả lại; việc tự xong theo bước ấy.",
    State.WITH_PUBLISHER: "Bài đang chờ duyệt đăng. Mở trang bài và chọn đăng, hẹn giờ hoặc trả lại; việc tự xong theo bước ấy.",
}
"""Work about an article ends by what is done on its page, never by itself."""
ONLY_THE_DESK = "Việc này chỉ giao được cho người biên tập, người duyệt đăng hoặc lãnh đạo của cơ quan ra bài."
VEILED = "Có tin bài của bạn vừa đổi trạng thái."
NOTICES = {
    "news.published": Phrase("Tin bài được đăng", "Bài đã đăng: {title}", VEILED, Push.NEVER),
    "news.withdrawn": Phrase("Tin bài bị gỡ", "{actor} đã gỡ bài: {title}. Lý do: {reason}", VEILED, Push.NEVER),
}


class ArticleWork:
    """Whose turn it is with an article, as work in their inbox (tasks.givers)."""

    def hold(self, *, about: str) -> None:
        """Work about it is about to be locked."""
        lock(Article(pk=parse_ref(about).pk))

    def ends_itself(self, *, kind: str) -> bool:
        """Always: by a step on the article's page."""
        return True

    def reads(self, *, actor: Actor, about: str, on: date) -> bool:
        """Whoever sees the article reads what is reported of the work about it."""
        return visible_to(actor, on).filter(pk=parse_ref(about).pk).exists()

    def began(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """The article stays as it is until a step is taken."""

    def handed(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """To people of the desk alone: others could not even open the article."""
        desk = (*DESK, *LEADERS)
        if task.post_id and not any(task.post_id in posts_carrying(role, task.agency_id, at.date()) for role in desk):
            if not actor.is_system:
                raise WrongState(ONLY_THE_DESK)
        elif not task.post_id and task.unit_id != task.agency_id:
            raise WrongState(ONLY_THE_DESK)

    def finished(self, *, actor: Actor, at: datetime, task: Task) -> None:
        """Not in the inbox."""
        raise WrongState(WAITS_FOR.get(State(_article(task).state), WAITS_FOR[State.DRAFT]))

    def returned(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Given back: to the writer, who cannot give it back any further."""
        article = _article(task)
        if article.state == State.DRAFT:
            raise WrongState(WAITS_FOR[State.DRAFT])
        send_back(actor=actor, at=at, article=article, reason=reason)

    def stopped(self, *, actor: Actor, at: datetime, task: Task, reason: str) -> None:
        """Taken back by who presented or passed it on: with its writer again."""
        article = _article(task)
        if article.state != State.DRAFT:
            send_back(actor=actor, at=at, article=article, reason=reason or "Rút lại khi chưa ai xem")


def _article(task: Task) -> Article:
    return Article.objects.get(pk=parse_ref(task.about).pk)


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
        waiting = Article.objects.filter(agency=unit, state__in=ON_THEIR_WAY).values_list("pk", flat=True)
        count = len(waiting[: MOST + 1])
        words = f"{count} tin bài chưa đăng" if count <= MOST else f"hơn {MOST} tin bài chưa đăng"
        return [Tie(words, "Đăng, hoặc gỡ trước khi cơ quan kết thúc.", is_open=True)] if count else []


def menu(request: HttpRequest) -> list[NavItem]:
    """What stands in the side menu of whoever writes for an agency, edits what is written or lets it out."""
    actor = request_actor(request)
    return [NavItem("/tin-bai", "Tin bài", "globe", 29)] if may_open_desk(actor, clock.local_day(clock.now())) else []
