"""Commands on old articles: a file is taken in as it is, its changes are agreed to one by one, a person confirms the draft."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

from tram.audit.commands import atomic, record, together
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Hidden, Invalid, need_reason
from tram.news.commands.write import begin
from tram.news.models import Article, OldFile
from tram.news.policy import may_review, may_take_in
from tram.news.rules.article import article_of, usual
from tram.news.rules.content import content_of
from tram.news.rules.filing import filed
from tram.news.rules.opening import opened
from tram.news.rules.refusals import LARGEST_FILE, ArticleRefused
from tram.news.rules.stretches import Reading, reading_of
from tram.news.rules.twins import twins
from tram.news.states import OLD_MOVES, OldState
from tram.organisation.models import Unit
from tram.vietnamese.text import tidy

LONGEST_NAME, MOST_COMPARED = 255, 60
ARCHIVE = "archive"


class _Stream(Protocol):
    def read(self, size: int = -1, /) -> bytes:
        """Bytes of what was brought."""


Brought = tuple[str, int, _Stream]
"""A file as it comes: name, size in bytes, stream."""


@atomic
def take_in(
    *, actor: Actor, at: datetime, agency: Unit, name: str, data: bytes, source: str = "", category: str = ARCHIVE,
    also: Collection[str] = (),
) -> OldFile:  # fmt: skip
    """Keep the bytes of an old article to be looked through; the same bytes are kept once. Nothing is an article yet.

    `category`, `also`, here and below: where its article is to stand; who looks through it may choose otherwise.

    Raises ArticleRefused (an Invalid) with the sentence for a file that is no article, and keeps nothing of it.
    """
    actor = entitled(actor, agency, may_take_in, at.date())
    category, further = filed(category, also)
    reading = reading_of(opened(data), source)
    digest = sha256(data).hexdigest()
    known = OldFile.objects.filter(agency=agency, sha256=digest).first()
    if known is not None:
        return known
    taken, article = sorted(usual(reading.changes)), article_of(reading)
    told = {
        "name": _clean(name)[-LONGEST_NAME:] or "bai-cu.txt", "source": _clean(source)[:120], "data": data,
        "category": category, "also": further,
        "title": article.title[:300], "taken": taken, "proposals": sum(not change.made for change in reading.changes),
        "plain": article.plain, "brought_by": actor.name, "brought_at": at,
    }  # fmt: skip
    # somebody else may have brought the same bytes while these were read
    file, is_new = OldFile.objects.get_or_create(agency=agency, sha256=digest, defaults=told)
    if not is_new:
        return file
    record(
        actor=actor, at=at, what="news.old_taken_in", about=file.ref, agency=agency.pk, name=file.name, sha256=digest,
        changes=len(taken), proposals=file.proposals,
    )  # fmt: skip
    return file


@atomic
def take_in_all(
    *, actor: Actor, at: datetime, agency: Unit, files: Sequence[Brought], source: str = "", category: str = ARCHIVE,
    also: Collection[str] = (),
) -> tuple[list[OldFile], list[tuple[str, str]]]:  # fmt: skip
    """Take in what was brought together: those that are articles, and for each other one its name with the sentence.

    A file past the limit is not read. Sentences nearly alike are looked for among these and the last ones before them.
    """
    taken: list[OldFile] = []
    refused: list[tuple[str, str]] = []
    told: dict[str, Any] = {"agency": agency, "source": source, "category": category, "also": also}
    for name, size, stream in files:
        try:
            # a pack is opened by its list alone, whatever its size: its sentence counts the files
            start = stream.read(2) if size > LARGEST_FILE else b""
            if size > LARGEST_FILE and start != b"PK":
                raise ArticleRefused("large", size=f"{round(size / 1_000_000)} MB")
            data = start + stream.read()
            with together():
                taken.append(take_in(actor=actor, at=at, name=name, data=data, **told))
        except ArticleRefused as refusal:
            refused.append((name, str(refusal)))
    _compare(agency, taken)
    return taken, refused


def _compare(agency: Unit, new: Sequence[OldFile]) -> None:
    """Point out sentences that stand nearly alike in two files, in each of them that still waits."""
    before = OldFile.objects.filter(agency=agency).exclude(pk__in=[one.pk for one in new]).defer("data")
    every = {one.pk: one for one in [*before.order_by("-pk")[:MOST_COMPARED], *new]}
    found = twins({str(pk): one.plain for pk, one in every.items()}) if new else {}
    for name, alike in found.items():
        file = every[int(name)]
        rows = [asdict(one) | {"other": int(one.other), "other_title": every[int(one.other)].title} for one in alike]
        if file.state == OldState.WAITING and file.alike != rows:
            file.alike = rows
            file.save(update_fields=["alike"])


@atomic
def choose(
    *, actor: Actor, at: datetime, file: OldFile, taken: Collection[str], category: str = "",
    also: Collection[str] | None = None,
) -> OldFile:  # fmt: skip
    """Agree to these changes and to no others; a file that was set aside comes back.

    `category`, `also`: where its article is to stand; empty and None leave it. Raises Invalid for a key or a category there is not.
    """
    file = _lock(file)
    actor = entitled(actor, file, may_review, at.date())
    file.state = OLD_MOVES.after(file.state, "choose")
    reading = read_again(file)
    if not set(taken) <= {change.key for change in reading.changes}:
        raise Invalid({"taken": "Có thay đổi không thuộc tệp này. Mở lại trang rồi chọn lại."})
    file.taken, file.title, file.reason = sorted(set(taken)), article_of(reading, taken).title[:300], ""
    file.category, file.also = filed(category or file.category, file.also if also is None else also)
    file.save(update_fields=["state", "taken", "title", "reason", "category", "also"])
    told = {"taken": len(file.taken), "changes": len(reading.changes), "keys": file.taken}
    record(actor=actor, at=at, what="news.old_chosen", about=file.ref, agency=file.agency_id, **told)
    return file


@atomic
def confirm(
    *, actor: Actor, at: datetime, file: OldFile, category: str = "", also: Collection[str] | None = None,
    taken: Collection[str] | None = None,
) -> Article:  # fmt: skip
    """Make the draft of an old article, with the changes agreed to (`taken`, or those chosen before); its writer is who confirms."""
    if taken is not None:
        choose(actor=actor, at=at, file=file, taken=taken, category=category, also=also)
    file = _lock(file)
    actor = entitled(actor, file, may_review, at.date())
    state = OLD_MOVES.after(file.state, "confirm")
    old = article_of(read_again(file), file.taken)
    where: dict[str, Any] = {"category": category or file.category, "also": file.also if also is None else also}
    article = begin(actor=actor, at=at, agency=file.agency, content=content_of(old), **where)
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


def _clean(text: str) -> str:
    return tidy(text.replace("\x00", ""))


def read_again(file: OldFile) -> Reading:
    """The reading of a kept file: a function of its bytes and its source, so it is not kept itself."""
    return reading_of(opened(bytes(file.data)), file.source)


def _lock(file: OldFile) -> OldFile:
    found = OldFile.objects.select_for_update(of=("self",)).select_related("agency").filter(pk=file.pk).first()
    if found is None:
        raise Hidden
    return found
