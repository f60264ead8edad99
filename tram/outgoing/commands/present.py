"""Before the signer: presented by the rule of who signs what, approved, which freezes the version (Điều 11, 13)."""

from datetime import datetime

from tram.audit.commands import atomic, record
from tram.kernel.actors import Actor, entitled
from tram.kernel.verdicts import Invalid, WrongState
from tram.organisation.models import Post
from tram.outgoing.commands.cards import end_work, give, give_to_role, lock, must_be_seen, open_to, show, tell_drafter
from tram.outgoing.commands.sign import make_paper
from tram.outgoing.models import Outgoing, Presentation
from tram.outgoing.policy import may_decide, may_present
from tram.outgoing.queries.signers import Signer, signers
from tram.outgoing.rules import new_proof_code
from tram.outgoing.states import MOVES, Asked, Outcome, Part
from tram.signing.queries import own_certificates
from tram.tasks.commands.work import fulfil
from tram.tasks.events import Kind


@atomic
def present(*, actor: Actor, at: datetime, document: Outgoing, seen: int, to: Post | None = None) -> Presentation:
    """Put a draft with both initials before its signer; without `to` before the first that the rule names.

    Raises Invalid when `to` may not sign this kind of this unit and field, WrongState while an opinion that was asked may
    still come.
    """
    document = lock(document)
    actor = entitled(actor, document, may_present, at.date())
    must_be_seen(document, seen)
    document.state = MOVES.after(document.state, "present")
    _must_be_ripe(document, at)
    chosen = _chosen(document, at, to)
    document.signer_id, document.authority, document.changed_at = chosen.post, chosen.mark, at
    document.signer_position, document.signer_full_name = chosen.title[:100], chosen.name[:50]
    document.save()
    end_work(document, Kind.REVIEW, actor=actor, at=at, result=f"Đã trình {chosen.title}")
    post = Post.objects.select_related("unit").get(pk=chosen.post)
    note = "; ".join(f"{one.by_name} đã ký tắt" for one in document.initials.filter(version=document.version))
    task = give(document, Kind.APPROVE, post.unit, post, actor=actor, at=at, note=note, due_on=document.due_date)
    made = Presentation.objects.create(
        document=document, version=document.version, signer=post, signer_name=chosen.label, authority=chosen.mark,
        ground=chosen.ground[:300], evidence=list(chosen.evidence), lines=list(chosen.lines), rule=chosen.rule[:200],
        task=task, by_name=actor.name, at=at,
    )  # fmt: skip
    record(
        actor=actor, at=at, what="outgoing.presented", about=document.ref, agency=document.agency_id, to=chosen.label,
        authority=chosen.mark or "ký trực tiếp", rule=chosen.rule, number=document.version, post=chosen.post,
    )  # fmt: skip
    show(document, actor=actor, at=at)
    return made


def _must_be_ripe(document: Outgoing, at: datetime) -> None:
    given = set(document.initials.filter(version=document.version).values_list("part", flat=True))
    if given != set(Part):
        raise WrongState(f"Bản {document.version} chưa đủ hai ký tắt (nội dung, thể thức). Trình kiểm tra lại.")
    waiting = document.opinions.filter(state=Asked.WAITING, due_on__gte=at.date()).select_related("unit").first()
    if waiting:
        raise WrongState(
            f"Còn chờ ý kiến của {waiting.unit.name} đến {waiting.due_on:%d/%m/%Y}. Chờ, hoặc thôi xin ý kiến đơn vị ấy."
        )


def _chosen(document: Outgoing, at: datetime, to: Post | None) -> Signer:
    found = signers(document, at.date())
    if to is None:
        chosen = next((one for one in found if one.account is not None), None)
    else:
        chosen = next((one for one in found if one.post == to.pk), None)
    if chosen is None:
        offered = ", ".join(one.label for one in found) or "chưa ai giữ vị trí được ký; báo quản trị cơ quan"
        raise Invalid({"to": f"Người ký được loại văn bản này: {offered}."})
    return chosen


@atomic
def approve(*, actor: Actor, at: datetime, document: Outgoing, seen: int, note: str = "") -> Outgoing:
    """The signer approves the version that lies before them: nobody changes it any more; the clerk takes it on.

    Opinions that have not come are asked no longer. Where the signer has a certificate, the page to be signed is drawn
    at once; of a copy the clerk chooses between paper and electronic. Raises WrongState when the authority to sign ended meanwhile.
    """
    document = lock(document)
    actor = entitled(actor, document, may_decide, at.date())
    must_be_seen(document, seen)
    document.state = MOVES.after(document.state, "approve")
    if document.signer_id not in {one.post for one in signers(document, at.date())}:
        raise WrongState("Thẩm quyền ký của vị trí này không còn từ khi trình. Trả lại để trình người khác.")
    document.approved_at = document.changed_at = at
    document.proof_code = new_proof_code()
    document.save(update_fields=["state", "approved_at", "proof_code", "changed_at"])
    shown = document.presentations.select_related("task").get(outcome=Outcome.WAITING)
    shown.outcome, shown.note, shown.decided_by, shown.decided_at = Outcome.APPROVED, note, actor.name, at
    shown.save()
    fulfil(actor=actor, at=at, task=shown.task, result=note or f"Đã duyệt bản {document.version}")
    document.opinions.filter(state=Asked.WAITING).update(state=Asked.RECALLED)
    end_work(document, Kind.COMMENT, actor=actor, at=at, result="Dự thảo đã được duyệt")
    open_to(document, [f"clerk.{document.agency_id}"], at=at, cause=document.ref)
    give_to_role(document, Kind.REVIEW, [["clerk"]], actor=actor, at=at, note="Đã duyệt: lấy chữ ký, cấp số, phát hành")
    record(
        actor=actor, at=at, what="outgoing.approved", about=document.ref, agency=document.agency_id,
        number=document.version, note=note,
    )  # fmt: skip
    tell_drafter(document, "outgoing.approved", actor=actor, at=at, number=document.version)
    show(document, actor=actor, at=at)
    is_drawn = document.original_id is None and own_certificates(actor, at)
    return make_paper(actor=actor, at=at, document=document) if is_drawn else document
