"""What the audit and the administrators are told: backed up, drilled, failed, restored, upgraded."""

from datetime import datetime

from django.urls import reverse

from tram.audit.commands import atomic, record
from tram.files.commands import destroy_again
from tram.keeping.policy import may_keep
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.notifications.commands import notify
from tram.organisation.queries import province_administrators


@atomic
def note_backup(
    *, actor: Actor, at: datetime, backup: str, rows: int, contents: int, broken: list[str], sentence: str
) -> None:
    """Leave on record that a backup was made and read back; contents that could not be saved are told to administrators."""
    may_keep(actor).or_refuse()
    if broken:
        _tell(actor, at, "keeping.failed", sentence)
    record(
        actor=actor, at=at, what="keeping.backed_up", about="keeping.backups/0", agency=0, backup=backup, rows=rows,
        contents=contents, broken=broken[:100], sentence=sentence,
    )  # fmt: skip


@atomic
def note_drill(*, actor: Actor, at: datetime, backup: str, is_well: bool, seconds: float, sentence: str) -> None:
    """Leave on record what a restore drill saw, and tell the administrators, whether it went well or not."""
    may_keep(actor).or_refuse()
    _tell(actor, at, "keeping.drilled" if is_well else "keeping.failed", sentence)
    record(
        actor=actor, at=at, what="keeping.drilled", about="keeping.backups/0", agency=0, backup=backup,
        seconds=round(seconds), is_well=is_well, sentence=sentence,
    )  # fmt: skip


@atomic
def note_failure(*, actor: Actor, at: datetime, sentence: str) -> None:
    """Tell the administrators, and leave on record, that the backup or the drill by the clock did not come to its end."""
    may_keep(actor).or_refuse()
    _tell(actor, at, "keeping.failed", sentence)
    record(actor=actor, at=at, what="keeping.failed", about="keeping.backups/0", agency=0, sentence=sentence)


@atomic
def note_restore(*, actor: Actor, at: datetime, backup: str, destroyed: dict[str, str]) -> None:
    """Leave on record that the house goes on from a backup. State secrets that were destroyed since then, and would come
    back with it, are destroyed again: `destroyed` gives their hash and level."""
    may_keep(actor).or_refuse()
    for sha256, level in destroyed.items():
        destroy_again(actor=actor, at=at, sha256=sha256, level=level)
    record(
        actor=actor, at=at, what="keeping.restored", about="keeping.backups/0", agency=0, backup=backup,
        destroyed=sorted(destroyed),
    )  # fmt: skip


@atomic
def note_upgrade(*, actor: Actor, at: datetime, backup: str, version: str, seconds: float) -> None:
    """Leave on record that the house was upgraded."""
    may_keep(actor).or_refuse()
    record(
        actor=actor, at=at, what="keeping.upgraded", about="keeping.backups/0", agency=0, backup=backup,
        version=version, seconds=round(seconds),
    )  # fmt: skip


def _tell(actor: Actor, at: datetime, kind: str, sentence: str) -> None:
    posts = [seat.post for seat in province_administrators(local_day(at))]
    notify(
        actor=actor, at=at, kind=kind, about="keeping.backups/0", url=reverse("notifications:list"), to_posts=posts,
        sentence=sentence,
    )  # fmt: skip
