"""The self-scan: what is public is looked through step by step; what stands there without leave is kept and told."""

from datetime import datetime

from django.urls import reverse

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden, WrongState, need_reason
from tram.notifications.commands import notify
from tram.organisation.queries import posts_carrying, province_administrators
from tram.portal.models import Scan, Sighting
from tram.portal.policy import may_scan
from tram.portal.queries import last_scan
from tram.portal.screens.looking import Seen
from tram.portal.screens.scanning import PARTS, step

MOST_TOLD = 20


@atomic
def scan(*, actor: Actor, at: datetime) -> Scan:
    """Take the next step of the scan that is on its way, or the first of a new one; the last step ends it and tells.

    One that stood in a part which an upgrade took away begins again.
    """
    may_scan(actor).or_refuse()
    last = last_scan(is_whole=True)
    now = Scan.objects.select_for_update().filter(ended_at=None).first() or Scan.objects.create(began_at=at)
    if now.part not in PARTS:
        now.part, now.after = PARTS[0], 0
    done = step(now.part, now.after, at, last.began_at if last else None)
    for seen in done.seen:
        _keep(seen, at)
    now.looked += done.looked
    now.after = done.after or 0
    if done.after is None and now.part == PARTS[-1]:
        now.ended_at = at
        _end(actor, at, now)
    elif done.after is None:
        now.part = PARTS[PARTS.index(now.part) + 1]
    now.save()
    return now


def _keep(seen: Seen, at: datetime) -> None:
    told = {"agency": seen.agency, "is_bad": seen.is_bad, "sentence": seen.sentence[:600], "mend": seen.mend[:400]}
    Sighting.objects.update_or_create(
        place=seen.place[:400], mark=seen.mark, defaults={**told, "last_at": at, "gone_at": None},
        create_defaults={**told, "first_at": at, "last_at": at},
    )  # fmt: skip


def _end(actor: Actor, at: datetime, now: Scan) -> None:
    """What was not met again is gone; what is new is told to the administrators and to who lets out for the agency."""
    Sighting.objects.filter(gone_at=None, last_at__lt=now.began_at).update(gone_at=at)
    waiting = Sighting.objects.filter(gone_at=None, settled_at=None)
    day = local_day(at)
    for one in waiting.filter(first_at__gte=now.began_at).order_by("-is_bad", "pk")[:MOST_TOLD]:
        posts = [seat.post for seat in province_administrators(day)]
        posts += posts_carrying("publisher", one.agency, day) if one.agency else []
        notify(
            actor=actor, at=at, kind="portal.seen", about=one.ref, url=reverse("notifications:list"), to_posts=posts,
            place=one.place[:200], sentence=one.sentence,
        )  # fmt: skip
    record(
        actor=actor, at=at, what="portal.scanned", about=now.ref, agency=0, looked=now.looked,
        found=len(waiting.values_list("pk", flat=True)[:1000]),
    )  # fmt: skip


@atomic
def settle_sighting(*, actor: Actor, at: datetime, sighting: int, reason: str) -> Sighting:
    """Note that what was seen is right as it stands. Raises Hidden when there is none, WrongState for what nobody can have
    wanted: that is mended, never settled."""
    may_scan(actor).or_refuse()
    found = Sighting.objects.select_for_update().filter(pk=sighting, gone_at=None).first()
    if found is None:
        raise Hidden
    if found.is_bad:
        raise WrongState(f"Điều này phải sửa, không ghi cho qua được: {found.mend}")
    need_reason(reason, "Bài của Công an xã về vụ đánh bạc")
    found.settled_at, found.reason = at, reason.strip()[:500]
    found.save(update_fields=["settled_at", "reason"])
    told = {"place": found.place, "reason": found.reason}
    record(actor=actor, at=at, what="portal.sighting_settled", about=found.ref, agency=found.agency, **told)
    return found
