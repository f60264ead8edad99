"""Commands on the text of an article: begun, saved as revisions, locked while somebody writes, commented on."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from tram.audit.commands import atomic, record
from tram.files.models import File
from tram.files.queries import opened
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Hidden, Invalid, WrongState
from tram.news.models import Address, Article, Attachment, Comment, Revision
from tram.news.policy import may_begin, may_lose, may_save, may_see, may_translate, may_write
from tram.news.queries.articles import procedures
from tram.news.rules.content import Block, checked
from tram.news.rules.content import Content as Content
from tram.news.rules.diffs import differences
from tram.news.rules.filing import categories, filed, languages, slug_of
from tram.news.rules.notation import read
from tram.news.sockets import faces
from tram.news.states import WRITING
from tram.organisation.models import Unit
from tram.vietnamese.text import tidy

LOCK = timedelta(minutes=15)
LONGEST_COMMENT, LONGEST_NOTE = 2000, 300
UNRECORDED = {
    "take_lock": "who has a page open is no act; the lock ends by itself and what is saved is on record",
    "let_go": "giving a lock back changes nothing of the article itself",
    "show_anew": "the files leave the record of the lock; nothing of the article is another",
}


def body_of(text: str) -> tuple[Block, ...]:
    """The body of an article that is typed anew, for whoever writes by commands. Raises Invalid for a picture or a file."""
    return read(text, ())


class Of(NamedTuple):
    """Bản dịch của bài nào, sang tiếng nào."""

    original: int
    language: str


@atomic
def begin(
    *, actor: Actor, at: datetime, agency: Unit, category: str, content: Content, also: Collection[str] = (),
    of: Of | None = None,
) -> Article:  # fmt: skip
    """Begin an article for an agency, with its first revision. `category` names its place; `also`: further ones that list it.

    Raises Invalid for a category or a procedure that there is not and for what the content lacks; Hidden for a file that the actor may not open.
    """
    actor = entitled(actor, agency, may_begin, at.date())
    content = _checked(content)
    category, further = filed(category, also)
    assert actor.account is not None, "who may begin has an account"
    article = Article(
        agency=agency, category=category, also=further, title=content.title, slug=f"nhap-{at.timestamp()}-{actor.account}",
        writer_id=actor.account, writer_name=actor.name, began_at=at, changed_at=at,
        original_id=of.original if of else None, language=of.language if of else "vi",
    )  # fmt: skip
    article.save(force_insert=True)
    article.slug = slug_of(content.title, article.pk)
    article.save(update_fields=["slug"])
    Address.objects.create(slug=article.slug, article=article, since_at=at)
    _revise(article, content, actor=actor, at=at, note="")
    record(actor=actor, at=at, what="news.begun", about=article.ref, agency=agency.pk, title=content.title)
    return article


@atomic
def write(
    *, actor: Actor, at: datetime, article: Article, base: int, content: Content, category: str = "",
    also: Collection[str] | None = None, note: str = "",
) -> Revision:  # fmt: skip
    """Save the next revision, written upon revision `base`, and give one's lock back. What changes nothing makes no revision; what files
    it elsewhere does, for who lets it out agrees to that too.

    `category`, `also`: where it stands from now on; empty and None leave it. Raises WrongState when somebody else saved meanwhile, holds the
    lock, or the article is past writing; Invalid as `begin` does.
    """
    article = lock(article)
    actor = entitled(actor, article, may_save, at.date())
    if article.state not in WRITING:
        raise WrongState("Bài đã qua bước biên tập. Trả lại bài hoặc mở sửa trước khi viết tiếp.")
    _must_not_be_locked(article, actor, at)
    last = article.revisions.get(number=article.number)
    if base != article.number:
        raise WrongState(f"{last.by_name} vừa lưu bản {last.number}. Mở lại bài, xem chỗ khác nhau rồi sửa tiếp.")
    content = _checked(content)
    unlock(article)
    places = list(dict.fromkeys(one.place.lower() for one in differences(Content.of(last.content), content)))[:5]
    if _filed_anew(article, category, also):
        places.insert(0, "chuyên mục")
    if content.digest == last.digest and not places:
        return last
    revision = _revise(article, content, actor=actor, at=at, note=note)
    article.title, article.changed_at = content.title, at
    article.save(update_fields=["title", "category", "also", "changed_at"])
    record(
        actor=actor, at=at, what="news.written", about=article.ref, agency=article.agency_id, number=revision.number,
        changed=", ".join(places), digest=revision.digest,
    )  # fmt: skip
    return revision


@atomic
def translate(*, actor: Actor, at: datetime, article: Article, language: str) -> Article:
    """Begin the translation of an article into a language of the catalogue: an article of its own that begins with its words.

    It goes the way of every article, and is let out only when no sentence of the original stands in it any more.
    Raises WrongState for one that is a translation itself, or has this one already.
    """
    article = lock(article)
    actor = entitled(actor, article, may_translate, at.date())
    if language not in languages():
        raise Invalid({"language": "Chọn ngôn ngữ trong danh sách."})
    if article.original_id or article.translations.filter(language=language).exists():
        raise WrongState(f"Bài đã có bản dịch {languages()[language].phrase}; sửa bản ấy.")
    content = Content.of(article.revisions.get(number=article.number).content)
    made = begin(
        actor=actor, at=at, agency=article.agency, category=article.category, content=content,
        also=[code for code in article.also if code in categories()], of=Of(article.pk, language),
    )  # fmt: skip
    record(
        actor=actor, at=at, what="news.translated", about=article.ref, agency=article.agency_id, translation=made.ref,
        language=languages()[language].phrase,
    )  # fmt: skip
    return made


def _checked(content: Content) -> Content:
    content = checked(content)
    if content.procedure and content.procedure not in procedures():
        raise Invalid({"procedure": "Thủ tục này không còn trong danh mục. Chọn thủ tục khác, hoặc để trống."})
    return content


def _filed_anew(article: Article, category: str, also: Collection[str] | None) -> bool:
    """Part: file an article where it is asked for; whether it stands elsewhere now."""
    before = article.category, article.also
    asked = category or article.category, article.also if also is None else list(also)
    if asked != before:
        article.category, article.also = filed(*asked)
    return before != (article.category, article.also)


def _revise(article: Article, content: Content, *, actor: Actor, at: datetime, note: str) -> Revision:
    """The next revision with the files that it shows; each of them the actor may open, or it stood there before."""
    known = set(article.attachments.values_list("file", flat=True))
    for file in content.files:
        if file not in known:
            opened(actor, file, at)
            Attachment.objects.create(article=article, file=File(pk=file))
    article.number += 1
    article.save(update_fields=["number"])
    return Revision.objects.create(
        article=article, number=article.number, content=content.plain(), digest=content.digest, account_id=actor.account or 0,
        by_name=actor.name, at=at, note=tidy(note)[:LONGEST_NOTE],
    )  # fmt: skip


@atomic
def take_lock(*, actor: Actor, at: datetime, article: Article) -> datetime:
    """Tell others that one writes here, for a quarter of an hour from now; taken again it runs on. Until when.

    Raises WrongState with the name of who writes there already.
    """
    article = lock(article)
    actor = entitled(actor, article, may_save, at.date())
    if article.state not in WRITING:
        raise WrongState("Bài đã qua bước biên tập. Trả lại bài hoặc mở sửa trước khi viết tiếp.")
    _must_not_be_locked(article, actor, at)
    article.locked_by_id, article.locked_name, article.locked_until = actor.account, actor.name, at + LOCK
    article.save(update_fields=["locked_by", "locked_name", "locked_until"])
    return article.locked_until


@atomic
def let_go(*, actor: Actor, at: datetime, article: Article) -> None:
    """Give one's own lock back; somebody else's stays."""
    article = lock(article)
    actor = entitled(actor, article, may_see, at.date())
    if article.locked_by_id == actor.account:
        unlock(article)


@atomic
def comment(*, actor: Actor, at: datetime, article: Article, text: str) -> Comment:
    """Say something about the newest revision to those who work on it."""
    article = lock(article)
    actor = entitled(actor, article, may_see, at.date())
    text = text.strip()
    if not text or len(text) > LONGEST_COMMENT:
        raise Invalid({"text": f"Nhập góp ý, không quá {LONGEST_COMMENT} chữ."})
    said = Comment.objects.create(
        article=article, number=article.number, text=text, account_id=actor.account or 0, by_name=actor.name, at=at
    )
    record(
        actor=actor, at=at, what="news.commented", about=article.ref, agency=article.agency_id, text=text[:200],
        comment=said.pk,
    )  # fmt: skip
    return said


@atomic
def settle_comment(*, actor: Actor, at: datetime, said: Comment) -> Comment:
    """Note that a comment is dealt with. Raises Hidden when it is not there, WrongState when it was settled before."""
    found = Comment.objects.select_for_update().filter(pk=said.pk).first()
    if found is None:
        raise Hidden
    actor = entitled(actor, found.article, may_write, at.date())
    if found.settled_at:
        raise WrongState(f"Góp ý này {found.settled_by} đã xử lý.")
    found.settled_by, found.settled_at = actor.name, at
    found.save(update_fields=["settled_by", "settled_at"])
    article = found.article
    record(
        actor=actor, at=at, what="news.comment_settled", about=article.ref, agency=article.agency_id, comment=found.pk
    )
    return found


@atomic
def lose(*, actor: Actor, at: datetime, file: UUID) -> None:
    """Let go of a file wherever an article shows it: it was a state secret, and is destroyed in this transaction."""
    may_lose(actor).or_refuse()
    for held in Attachment.objects.select_related("article").filter(file=file).order_by("pk"):
        article = held.article
        held.delete()
        record(
            actor=actor, at=at, what="news.secret_removed", about=article.ref, agency=article.agency_id,
            file=f"files.file/{file}",
        )  # fmt: skip
        tell(actor, at, article)


@atomic
def show_anew(*, actor: Actor, at: datetime, file: UUID) -> None:
    """A file was locked for a stamp of secrecy, or opened again: no page stays that shows it otherwise."""
    may_lose(actor).or_refuse()
    for held in Attachment.objects.select_related("article").filter(file=file).order_by("pk"):
        tell(actor, at, held.article)


def tell(actor: Actor, at: datetime, article: Article) -> None:
    """Part: whoever shows articles hears of it in this transaction, so that nothing old is shown after it.

    Of an article that was never public there is nothing to hear: it opens no site for its agency.
    """
    if article.publications.exists():
        for _, face in faces.items():
            face.changed(actor=actor, at=at, article=article.pk, agency=article.agency_id)


def lock(article: Article) -> Article:
    """The article's row, held until the command ends; Hidden when there is none."""
    found = Article.objects.select_for_update().filter(pk=article.pk).first()
    if found is None:
        raise Hidden
    return found


def unlock(article: Article) -> None:
    """Nobody writes here any more."""
    article.locked_by, article.locked_name, article.locked_until = None, "", None
    article.save(update_fields=["locked_by", "locked_name", "locked_until"])


def _must_not_be_locked(article: Article, actor: Actor, at: datetime) -> None:
    if article.locked_until and article.locked_until > at and article.locked_by_id != actor.account:
        raise WrongState(
            f"{article.locked_name} đang sửa bài này, giữ đến {article.locked_until.astimezone(at.tzinfo):%H:%M}."
        )
