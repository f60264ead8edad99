"""Commands on the way of an article to the public: presented, passed on, let out by a second person, taken back."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState, need_reason
from tram.news.commands.duty import ask_editor, ask_publisher, ask_writer, end_duty, tell_writer
from tram.news.commands.write import lock, tell, unlock
from tram.news.models import Address, Article, Publication, Revision
from tram.news.policy import may_edit, may_keep_hours, may_let_out, may_publish, may_send_back, may_withdraw, may_write
from tram.news.queries.articles import lacking, told_first
from tram.news.rules.content import Content
from tram.news.rules.filing import slug_of
from tram.news.states import MOVES, State

LONGEST_REASON = 500
SHOWN = ("first_published_at", "correction", "corrected_by", "slug")
TAKES = ("takes_comments", "takes_ratings")
"""What `_let_out` changes of an article."""


@atomic
def present(*, actor: Actor, at: datetime, article: Article, seen: int = 0) -> Article:
    """Put a draft before the editors. Raises Invalid with what still stands in the way of showing it.

    `seen`, here and below: the revision that the actor decides on, 0 for the newest; WrongState when there is a newer one.
    """
    article = lock(article)
    actor = entitled(actor, article, may_write, at.date())
    state = MOVES.after(article.state, "present")
    _must_be_complete(article, _newest(article, seen))
    _move(article, state, at)
    unlock(article)
    end_duty(actor, at, article, f"Đã trình bản {article.number}")
    ask_editor(actor, at, article)
    record(
        actor=actor, at=at, what="news.presented", about=article.ref, agency=article.agency_id, number=article.number
    )
    return article


@atomic
def pass_on(*, actor: Actor, at: datetime, article: Article, seen: int = 0) -> Article:
    """The editor is done: before the publisher. Raises as `present` does."""
    article = lock(article)
    actor = entitled(actor, article, may_edit, at.date())
    state = MOVES.after(article.state, "pass_on")
    revision = _newest(article, seen)
    _must_be_complete(article, revision)
    _move(article, state, at)
    unlock(article)
    end_duty(actor, at, article, f"Đã biên tập bản {article.number}")
    ask_publisher(actor, at, article, revision.account_id)
    record(
        actor=actor, at=at, what="news.passed_on", about=article.ref, agency=article.agency_id, number=article.number
    )
    return article


@atomic
def send_back(*, actor: Actor, at: datetime, article: Article, reason: str) -> Article:
    """Return an article to its writer, also one that was to appear at an hour."""
    article = lock(article)
    actor = entitled(actor, article, may_send_back, at.date())
    MOVES.after(article.state, "send_back")
    need_reason(reason, "Xác minh lại số liệu ở đoạn hai")
    _return(actor, at, article, reason.strip())
    return article


def _return(actor: Actor, at: datetime, article: Article, reason: str) -> None:
    article.publish_at = article.scheduled_by = None
    _move(article, MOVES.after(article.state, "send_back"), at, "publish_at", "scheduled_by")
    end_duty(actor, at, article, f"Trả lại: {reason}")
    ask_writer(actor, at, article, reason)
    record(actor=actor, at=at, what="news.sent_back", about=article.ref, agency=article.agency_id, reason=reason)


@atomic
def publish(
    *, actor: Actor, at: datetime, article: Article, seen: int = 0, expires_at: datetime | None = None,
    takes_comments: bool | None = None, takes_ratings: bool = True,
) -> Publication:  # fmt: skip
    """Let the newest revision out now. What was public before of this article ends in the same instant.

    Here and below `takes_comments`: whether readers may say something of it; None: as its category does; `takes_ratings`: whether
    they may give it a score.

    Raises Refused for whoever wrote it, Invalid for an end that is past.
    """
    article = _lock_after_its_original(article)
    revision = _newest(article, seen)
    actor = _second_person(actor, article, revision, at)
    state = MOVES.after(article.state, "publish")
    _must_be_complete(article, revision)
    _must_have_its_original(article)
    article.expires_at = _future(expires_at, at, "expires_at")
    article.takes_comments, article.takes_ratings = takes_comments, takes_ratings
    out = _let_out(article, revision, actor.account or 0, actor.name, at)
    _move(article, state, at, "expires_at", *TAKES, *SHOWN)
    end_duty(actor, at, article, f"Đã đăng bản {article.number}")
    _say_published(actor, at, article, out, "news.published")
    return out


@atomic
def schedule(
    *, actor: Actor, at: datetime, article: Article, publish_at: datetime, seen: int = 0,
    expires_at: datetime | None = None, takes_comments: bool | None = None, takes_ratings: bool = True,
) -> Article:  # fmt: skip
    """Let the newest revision out at an hour to come. Raises as `publish` does, and Invalid for an hour that is past."""
    article = _lock_after_its_original(article)
    revision = _newest(article, seen)
    actor = _second_person(actor, article, revision, at)
    state = MOVES.after(article.state, "schedule")
    _must_be_complete(article, revision)
    _must_have_its_original(article)
    article.publish_at = _future(publish_at, at, "publish_at")
    article.expires_at = _future(expires_at, publish_at, "expires_at")
    article.scheduled_by_id, article.takes_comments, article.takes_ratings = (
        actor.account,
        takes_comments,
        takes_ratings,
    )
    _move(article, state, at, "publish_at", "expires_at", "scheduled_by", *TAKES)
    end_duty(actor, at, article, f"Đã hẹn giờ đăng bản {article.number}")
    record(
        actor=actor, at=at, what="news.scheduled", about=article.ref, agency=article.agency_id, number=article.number,
        publish_at=publish_at, digest=revision.digest,
    )  # fmt: skip
    return article


@atomic
def appear(*, actor: Actor, at: datetime, article: Article) -> Publication | None:
    """The hour of a scheduled article has come; None when it has not, or the article was returned meanwhile."""
    may_keep_hours(actor).or_refuse()
    article = lock(article)
    if article.state != State.SCHEDULED or article.publish_at is None or article.publish_at > at:
        return None
    agreed = article.scheduled_by
    assert agreed is not None, "a constraint of the table says so"
    out = _let_out(article, _newest(article), agreed.pk, agreed.name, at)
    _move(article, MOVES.after(article.state, "appear"), at, *SHOWN)
    _say_published(actor, at, article, out, "news.appeared")
    return out


@atomic
def expire(*, actor: Actor, at: datetime, article: Article) -> bool:
    """The last hour of what is public of an article has come; False when it has not. A newer draft goes on as it is."""
    may_keep_hours(actor).or_refuse()
    article = lock(article)
    out = article.publications.filter(until_at=None).first()
    if out is None or out.expires_at is None or out.expires_at > at:
        return False
    _end(out, at, "Hết hạn đăng")
    if article.state == State.PUBLISHED:
        _move(article, MOVES.after(article.state, "expire"), at)
    record(actor=actor, at=at, what="news.expired", about=article.ref, agency=article.agency_id)
    _end_translations(actor, at, article, "Bài tiếng Việt hết hạn đăng")
    tell(actor, at, article)
    return True


@atomic
def withdraw(*, actor: Actor, at: datetime, article: Article, reason: str) -> Article:
    """Take an article from the public at once, or give a draft up; it stays in the house with its reason."""
    article = lock(article)
    actor = entitled(actor, article, may_withdraw, at.date())
    state = MOVES.after(article.state, "withdraw")
    need_reason(reason, "Số liệu sai, đang xác minh lại")
    for out in article.publications.filter(until_at=None):
        _end(out, at, reason.strip()[:LONGEST_REASON])
    article.publish_at = article.scheduled_by = None
    _move(article, state, at, "publish_at", "scheduled_by")
    unlock(article)
    end_duty(actor, at, article, f"Đã gỡ bài: {reason.strip()}")
    tell_writer(actor, at, article, "news.withdrawn", reason=reason.strip())
    record(
        actor=actor, at=at, what="news.withdrawn", about=article.ref, agency=article.agency_id, reason=reason.strip()
    )
    _end_translations(actor, at, article, "Bài tiếng Việt đã gỡ")
    tell(actor, at, article)
    return article


@atomic
def revise(*, actor: Actor, at: datetime, article: Article, correction: str) -> Article:
    """Open an article again that is or was public. What is public stays until the new revision is let out, and then says
    under the text what was corrected, and when.
    """
    article = lock(article)
    actor = entitled(actor, article, may_edit, at.date())
    state = MOVES.after(article.state, "revise")
    need_reason(correction, "Đính chính số xã đã hoàn thành: 12, không phải 21")
    article.correction, article.corrected_by_id = correction.strip()[:LONGEST_REASON], actor.account
    _move(article, state, at, "correction", "corrected_by")
    record(
        actor=actor, at=at, what="news.revised", about=article.ref, agency=article.agency_id, reason=article.correction
    )
    return article


@atomic
def readdress(*, actor: Actor, at: datetime, article: Article) -> Article:
    """Give an article the address of its present title; the old ones lead to it for ever.

    Raises WrongState while the public sees an older revision: the words of a draft would stand in a public address.
    """
    article = lock(article)
    actor = entitled(actor, article, may_edit, at.date())
    if article.publications.filter(until_at=None).exclude(revision__number=article.number).exists():
        raise WrongState("Tít mới chưa được duyệt đăng. Đăng bản mới rồi đổi địa chỉ theo tít của bản ấy.")
    before, after = article.slug, slug_of(article.title, article.pk)
    if after == before:
        raise WrongState("Địa chỉ của bài đã theo đúng tít bài.")
    Address.objects.get_or_create(slug=after, defaults={"article": article, "since_at": at})
    article.slug = after
    article.save(update_fields=["slug"])
    record(
        actor=actor, at=at, what="news.moved", about=article.ref, agency=article.agency_id, slug=after, before=before
    )
    tell(actor, at, article)
    return article


def _newest(article: Article, seen: int = 0) -> Revision:
    if seen and seen != article.number:
        raise WrongState(
            f"Bài đã có bản {article.number} sau bản {seen} mà bạn xem. Mở lại bài, đọc bản mới rồi quyết."
        )
    return article.revisions.get(number=article.number)


def _second_person(actor: Actor, article: Article, revision: Revision, at: datetime) -> Actor:
    """The actor in the hat from which they may let this revision out; raises Refused with the reason when none may."""
    worn = entitled(actor, article, may_let_out, at.date())
    may_publish(worn, article, revision.account_id, at.date()).or_refuse()
    return worn


def _must_be_complete(article: Article, revision: Revision) -> None:
    if lacks := lacking(article, Content.of(revision.content)):
        raise Invalid({"content": " ".join(lacks)})


def _lock_after_its_original(article: Article) -> Article:
    """In the order in which an original leaves with its translations; the other way round two would wait for each other."""
    if article.original_id:
        lock(Article(pk=article.original_id))
    return lock(article)


def _must_have_its_original(article: Article) -> None:
    """A translation stands beside its original, never alone. The original is locked, so that it stays until this is done."""
    original = article.original_id
    if original and not Publication.objects.filter(article=original, until_at=None).exists():
        raise WrongState("Bài tiếng Việt chưa đăng, hoặc đã gỡ. Đăng bài ấy trước rồi đăng bản dịch.")


def _end_translations(actor: Actor, at: datetime, article: Article, why: str) -> None:
    """What translates an article leaves the public with it, in the same transaction; one that was to appear is returned."""
    for one in article.translations.order_by("pk"):
        one = lock(one)
        if one.state == State.SCHEDULED:
            _return(actor, at, one, why)
        for out in one.publications.filter(until_at=None):
            _end(out, at, why)
            if one.state == State.PUBLISHED:
                _move(one, MOVES.after(one.state, "expire"), at)
            record(actor=actor, at=at, what="news.expired", about=one.ref, agency=one.agency_id)
            tell(actor, at, one)


def _future(moment: datetime | None, than: datetime, field: str) -> datetime | None:
    if moment is not None and moment <= than:
        raise Invalid({field: "Chọn lúc ở phía sau, ví dụ sáng mai."})
    return moment


def _move(article: Article, state: State, at: datetime, *also: str) -> None:
    article.state, article.changed_at = state, at
    article.save(update_fields=["state", "changed_at", *also])


def _let_out(article: Article, revision: Revision, publisher: int, name: str, at: datetime) -> Publication:
    for before in article.publications.filter(until_at=None):
        _end(before, at, "Có bản mới hơn")
    content = Content.of(revision.content)
    out = Publication.objects.create(
        article=article, revision=revision, agency_id=article.agency_id, category=article.category, also=article.also,
        digest=revision.digest, correction=article.correction, language=article.language, publisher_id=publisher, publisher_name=name, since_at=at,
        told_at=told_first(article, content, at), expires_at=article.expires_at, takes_comments=article.takes_comments,
        takes_ratings=article.takes_ratings, procedure=content.procedure,
    )  # fmt: skip
    if article.original_id and article.first_published_at is None:
        _address_in_its_language(article, at)
    article.first_published_at = article.first_published_at or at
    article.correction, article.corrected_by = "", None
    return out


def _address_in_its_language(article: Article, at: datetime) -> None:
    """A translation was begun with the words of its original; what the public is given is its own title."""
    article.slug = slug_of(article.title, article.pk)
    Address.objects.get_or_create(slug=article.slug, defaults={"article": article, "since_at": at})


def _end(out: Publication, at: datetime, why: str) -> None:
    out.until_at, out.ended_for = at, why
    out.save(update_fields=["until_at", "ended_for"])


def _say_published(actor: Actor, at: datetime, article: Article, out: Publication, what: str) -> None:
    told = {"number": out.revision.number, "slug": article.slug, "digest": out.digest, "publication": out.pk}
    told["categories"] = [out.category, *out.also]
    record(actor=actor, at=at, what=what, about=article.ref, agency=article.agency_id, **told)
    tell_writer(actor, at, article, "news.published")
    tell(actor, at, article)
