"""Commands on old articles: a file is taken in as it is, its changes are agreed to one by one, a person confirms the draft."""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Hidden, Invalid, need_reason
from tram.news.commands.write import begin
from tram.news.models import Article, OldFile
from tram.news.policy import may_review, may_take_in
from tram.news.rules.article import article_of, usual
from tram.news.rules.content import content_of
from tram.news.rules.opening import opened
from tram.news.rules.stretches import Reading, reading_of
from tram.news.states import OLD_MOVES
from tram.organisation.models import Unit
from tram.vietnamese.text import tidy

LONGEST_NAME = 255


@atomic
def take_in(*, actor: Actor, at: datetime, agency: Unit, name: str, data: bytes, source: str = "") -> OldFile:
    """Keep the bytes of an old article to be looked through; the same bytes are kept once. Nothing is an article yet.

    Raises ArticleRefused (an Invalid) with the sentence for a file that is no article, and keeps nothing of it.
    """
    actor = entitled(actor, agency, may_take_in, at.date())
    reading = reading_of(opened(data), source)
    digest = sha256(data).hexdigest()
    known = OldFile.objects.filter(agency=agency, sha256=digest).first()
    if known is not None:
        return known
    taken = sorted(usual(reading.changes))
    file = OldFile.objects.create(
        agency=agency, name=tidy(name)[-LONGEST_NAME:] or "bai-cu.txt", source=tidy(source)[:120], sha256=digest, data=data,
        title=article_of(reading).title[:300], taken=taken, brought_by=actor.name, brought_at=at,
    )  # fmt: skip
    record(
        actor=actor, at=at, what="news.old_taken_in", about=file.ref, agency=agency.pk, name=file.name, sha256=digest,
        changes=len(taken), proposals=len(reading.changes) - len(taken),
    )  # fmt: skip
    return file


@atomic
def choose(*, actor: Actor, at: datetime, file: OldFile, taken: Collection[str]) -> OldFile:
    """Agree to these changes and to no others; a file that was set aside comes back. Raises Invalid for a key there is not."""
    file = _lock(file)
    actor = entitled(actor, file, may_review, at.date())
    file.state = OLD_MOVES.after(file.state, "choose")
    reading = read_again(file)
    if not set(taken) <= {change.key for change in reading.changes}:
        raise Invalid({"taken": "Có thay đổi không thuộc tệp này. Mở lại trang rồi chọn lại."})
    file.taken, file.title, file.reason = sorted(set(taken)), article_of(reading, taken).title[:300], ""
    file.save(update_fields=["state", "taken", "title", "reason"])
    told = {"taken": len(file.taken), "changes": len(reading.changes), "keys": file.taken}
    record(actor=actor, at=at, what="news.old_chosen", about=file.ref, agency=file.agency_id, **told)
    return file


@atomic
def confirm(*, actor: Actor, at: datetime, file: OldFile, category: str = "archive") -> Article:
    """Make the draft of an old article, with the changes agreed to; its writer is who confirms."""
    file = _lock(file)
    actor = entitled(actor, file, may_review, at.date())
    state = OLD_MOVES.after(file.state, "confirm")
    old = article_of(read_again(file), file.taken)
    article = begin(actor=actor, at=at, agency=file.agency, category=category, content=content_of(old))
    if old.published_at:
        article.printed_at = datetime.fromisoformat(old.published_at)
        article.save(update_fields=["printed_at"])
    file.state, file.article, file.decided_by, file.decided_at = state, article, actor.name, at
    file.save(update_fields=["state", "article", "decided_by", "decided_at"])
    record(
        actor=actor, at=at, what="news.old_confirmed", about=file.ref, agency=file.agency_id, name=file.name,
        article=article.pk,
    )  # fmt: skip
    return article


@atomic
def set_aside(*, actor: Actor, at: datetime, file: OldFile, reason: str) -> OldFile:
    """Make nothing of an old file; its bytes stay, and it may be chosen again."""
    file = _lock(file)
    actor = entitled(actor, file, may_review, at.date())
    state = OLD_MOVES.after(file.state, "set_aside")
    need_reason(reason, "Bài này đã có trong kho")
    file.state, file.reason, file.decided_by, file.decided_at = state, reason.strip()[:500], actor.name, at
    file.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    record(actor=actor, at=at, what="news.old_set_aside", about=file.ref, agency=file.agency_id, reason=file.reason)
    return file


def read_again(file: OldFile) -> Reading:
    """The reading of a kept file: a function of its bytes and its source, so it is not kept itself."""
    return reading_of(opened(bytes(file.data)), file.source)


def _lock(file: OldFile) -> OldFile:
    found = OldFile.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=file.pk).first()
    if found is None:
        raise Hidden
    return found
