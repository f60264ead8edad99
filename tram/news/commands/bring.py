"""Commands that bring pictures and files into an article, together with what was typed beside them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from typing import Protocol

from tram.audit.commands import atomic, together
from tram.files.commands import store_shown
from tram.files.queries import FileRefused, card
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid
from tram.news.commands.write import begin, take_lock, write
from tram.news.models import Article
from tram.news.policy import may_begin, may_save
from tram.news.rules.content import KINDS, Block, Content, checked
from tram.news.rules.filing import brought
from tram.organisation.models import Unit

UNRECORDED = {
    "begin_with": "the files and `begin` leave the records",
    "bring": "the files and `write` leave the records",
}


class _Stream(Protocol):
    def read(self, size: int, /) -> bytes:
        """Bytes of what was brought."""


Brought = tuple[str, _Stream]
"""A file as it comes: its name, its bytes."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Kết quả đưa tệp vào bài: `refused` names each file that was not taken, with its sentence; nothing of it is kept."""

    article: Article
    taken: int
    refused: list[tuple[str, str]]


@atomic
def begin_with(
    *, actor: Actor, at: datetime, agency: Unit, category: str, content: Content, files: Sequence[Brought],
    also: Collection[str] = (),
) -> Taken:  # fmt: skip
    """Begin an article with pictures and files, and take its lock. Raises what `begin` raises, and Invalid for too many files."""
    actor = entitled(actor, agency, may_begin, at.date())
    checked(content)
    blocks, refused = _stored(actor, at, agency.pk, files)
    told = _placed(content, blocks)
    article = begin(actor=actor, at=at, agency=agency, category=category, also=also, content=told)
    take_lock(actor=actor, at=at, article=article)
    return Taken(article, len(blocks), refused)


@atomic
def bring(
    *, actor: Actor, at: datetime, article: Article, base: int, content: Content, files: Sequence[Brought],
    category: str = "", also: Collection[str] | None = None, note: str = "",
) -> Taken:  # fmt: skip
    """Save what was typed with pictures and files, and keep the lock: they are described next.

    Raises what `write` raises, and Invalid for too many files; then nothing is kept.
    """
    entitled(actor, article, may_save, at.date())
    checked(content)
    blocks, refused = _stored(actor, at, article.agency_id, files)
    told = _placed(content, blocks)
    write(actor=actor, at=at, article=article, base=base, content=told, category=category, also=also, note=note)
    take_lock(actor=actor, at=at, article=article)
    return Taken(article, len(blocks), refused)


def _placed(content: Content, blocks: Sequence[Block]) -> Content:
    """Pictures where captions of old articles wait for one, in their order; all else at the end."""
    body, pictures = list(content.body), [block for block in blocks if block.kind == "picture"]
    waiting = [place for place, block in enumerate(body) if block.kind == "picture" and not block.file]
    for place, picture in zip(waiting, pictures, strict=False):
        body[place] = replace(body[place], file=picture.file)
    placed = pictures[: len(waiting)]
    return replace(content, body=(*body, *(block for block in blocks if block not in placed)))


def _stored(
    actor: Actor, at: datetime, agency: int, files: Sequence[Brought]
) -> tuple[list[Block], list[tuple[str, str]]]:
    """Each file that is good as a block of its own; for each other one its name and the sentence."""
    limit = brought()
    if len(files) > limit.most:
        raise Invalid({"files": f"Mỗi lần đưa vào không quá {limit.most} tệp. Chia ra, đưa vào nhiều lần."})
    blocks: list[Block] = []
    refused: list[tuple[str, str]] = []
    for name, stream in files:
        try:
            with together():
                blocks.append(_block(actor, at, agency, name, stream))
        except FileRefused as refusal:
            refused.append((name, refusal.sentence))
        except Invalid as wrong:
            refused.append((name, str(wrong)))
    return blocks, refused


def _block(actor: Actor, at: datetime, agency: int, name: str, stream: _Stream) -> Block:
    limit = brought()
    file = store_shown(
        actor=actor, at=at, stream=stream, name=name, agency=agency, longest=limit.longest, size=limit.megabytes * 1024**2,
        pixels=limit.pixels, sound_seconds=60 * limit.sound_minutes, sound_size=limit.sound_megabytes * 1024**2,
    )  # fmt: skip
    kept = card(file.pk)
    kind = limit.kinds.get(kept.kind, "")
    if kind not in KINDS:
        raise Invalid({"files": f"Bài đăng không nhận tệp {kept.kind_name}. Chuyển thành PDF rồi đưa vào lại."})
    stem = PurePath(kept.name).stem
    return Block(
        kind, file=str(file.pk), text=stem if kind == "file" else "", caption=stem if kind == "recording" else ""
    )
