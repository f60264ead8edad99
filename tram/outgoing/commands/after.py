"""What becomes of a letter that left: recalled, replaced, corrected. It is frozen and linked, never deleted (Điều 18)."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.documents.commands.exchange import ask_recall
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import need_reason
from tram.notifications.commands import notify
from tram.outgoing.commands.cards import lock, show, title_of
from tram.outgoing.models import Outgoing, Recipient, Report
from tram.outgoing.policy import may_recall
from tram.outgoing.sockets import standings
from tram.outgoing.states import MOVES, Delivery, Relation, State, Way, delivery_of
from tram.tasks.commands.give import recall as recall_task
from tram.tasks.models import Task

VERBS = {Relation.REPLACES: "replace", Relation.CORRECTS: "correct", Relation.RECALLS: "recall"}


@atomic
def recall(*, actor: Actor, at: datetime, document: Outgoing, reason: str) -> Outgoing:
    """Recall a letter: here it is frozen at once, units stop their work, other agencies are asked to cancel it (13).

    `reason` names the decision, as the notice of recall. What goes by post stays as it was noted.
    """
    document = lock(document)
    actor = entitled(actor, document, may_recall, at.date())
    need_reason(reason, "Thông báo 12/TB-SKHCN ngày 05/03/2026: sai số liệu phụ lục")
    _freeze(actor, at, document, "recall", reason)
    _ask_back(actor, at, document, reason)
    record(actor=actor, at=at, what="outgoing.recalled", about=document.ref, agency=document.agency_id, reason=reason)
    return document


def _freeze(actor: Actor, at: datetime, document: Outgoing, verb: str, outcome: str) -> None:
    document.state = MOVES.after(document.state, verb)
    document.outcome, document.changed_at = outcome[:500], at
    if document.state != State.CORRECTED:
        document.ended_at = at
    document.save()
    show(document, actor=actor, at=at)
    for _room, one in standings.items():
        one.changed(actor=actor, at=at, document=document)


def _ask_back(actor: Actor, at: datetime, document: Outgoing, reason: str) -> None:
    """Each agency's letter is locked before the row that it reports to, as whoever works on the letter locks them."""
    for row in document.recipients.filter(way=Way.EXCHANGE).select_related("letter").order_by("place"):
        if row.letter is None or row.state in (Delivery.REJECTED, Delivery.RECALLED):
            continue
        ask_recall(actor=actor, at=at, document=row.letter, reason=f"{document.code}: {reason}")
        kept = Recipient.objects.select_for_update().get(pk=row.pk)
        Report.objects.create(recipient=kept, code="13", note=reason[:1000], at=at)
        kept.state = delivery_of(kept.reports.values_list("code", flat=True))
        kept.save(update_fields=["state"])
    tasks = Task.objects.filter(about=document.ref, ended_at=None).order_by("pk")
    posts = [task.turn_post_id for task in tasks]
    for task in tasks:
        recall_task(actor=Actor.system(), at=at, task=task, reason=f"Văn bản đã thu hồi: {reason}"[:500])
    document.recipients.filter(way=Way.INTERNAL).update(state=Delivery.RECALLED)
    notify(
        actor=actor, at=at, kind="outgoing.recalled", about=document.ref, url=document.url,
        to_posts=[document.drafter_id, document.signer_id, *posts], title=title_of(document), reason=reason,
    )  # fmt: skip


def apply_relation(*, actor: Actor, at: datetime, document: Outgoing) -> None:
    """Part: a letter that left does to the one before it what it was drafted for: replaces, corrects or recalls it."""
    if document.before_id is None:
        return
    old, relation = lock(Outgoing(pk=document.before_id)), Relation(document.relation)
    outcome = f"{document.code} ngày {document.issued_date:%d/%m/%Y}"
    _freeze(actor, at, old, VERBS[relation], outcome)
    what = {
        Relation.REPLACES: "outgoing.replaced", Relation.CORRECTS: "outgoing.corrected", Relation.RECALLS: "outgoing.recalled",
    }[relation]  # fmt: skip
    if relation == Relation.RECALLS:
        _ask_back(actor, at, old, f"theo {outcome}")
    record(
        actor=actor, at=at, what=what, about=old.ref, agency=old.agency_id, code=document.code, reason=f"theo {outcome}",
        by=document.ref,
    )  # fmt: skip
