"""Sessions after sign-in: signing out, ending others, choosing the post to act from, forgetting old ones."""

from datetime import datetime

from django.contrib.sessions.models import Session

from tram.audit.commands import atomic, record
from tram.identity.models import Account, Attempt, SignIn
from tram.identity.policy import may_administer, may_as_self
from tram.identity.rules import TRACES_KEPT
from tram.identity.sockets import hats_of
from tram.kernel.actors import Actor
from tram.kernel.clock import local_day
from tram.kernel.verdicts import Hidden, allow_if


@atomic
def sign_out(*, actor: Actor, at: datetime, sign_in: SignIn) -> None:
    """End one's own session on the server; its cookie opens nothing any more."""
    may_as_self(actor, sign_in.account).or_refuse()
    SignIn.objects.filter(pk=sign_in.pk, ended_at=None).update(ended_at=at)
    account = sign_in.account
    record(actor=actor, at=at, what="identity.signed_out", about=account.ref, agency=account.agency or 0)


@atomic
def end_sign_in(*, actor: Actor, at: datetime, sign_in: int) -> None:
    """End one session of one's own list. Raises Hidden for anybody else's."""
    row = SignIn.objects.select_related("account").filter(pk=sign_in, account=actor.account, ended_at=None).first()
    if row is None:
        raise Hidden
    SignIn.objects.filter(pk=row.pk).update(ended_at=at)
    record(
        actor=actor, at=at, what="identity.sign_in_ended", about=row.account.ref, agency=row.account.agency or 0,
        device=row.device,
    )  # fmt: skip


@atomic
def end_sign_ins(*, actor: Actor, at: datetime, account: Account, keep: SignIn | None = None) -> int:
    """End every session of an account but `keep`: by its person, or by an administrator. Returns how many."""
    (may_as_self(actor, account) or may_administer(actor, account, local_day(at))).or_refuse()
    others = SignIn.objects.filter(account=account, ended_at=None).exclude(pk=keep.pk if keep else 0)
    sessions = others.update(ended_at=at)
    record(
        actor=actor, at=at, what="identity.sign_ins_ended", about=account.ref, agency=account.agency or 0,
        sessions=sessions,
    )  # fmt: skip
    return sessions


@atomic
def choose_post(*, actor: Actor, at: datetime, post: int) -> None:
    """Act from another of one's posts from now on. Raises Hidden when it is none of theirs."""
    hat = next((hat for hat in hats_of(actor.account or 0, local_day(at)) if hat.post == post), None)
    if hat is None:
        raise Hidden
    record(
        actor=actor, at=at, what="identity.post_chosen", about=f"identity.account/{actor.account}", agency=hat.agency,
        title=hat.title, chosen=post,
    )  # fmt: skip


@atomic
def sweep(*, actor: Actor, at: datetime) -> None:
    """Forget wrong guesses and sign-ins older than 90 days, and browsers' sessions past their end; the audit stays."""
    allow_if(actor.is_system, "Việc dọn phiên cũ do máy chủ tự làm.").or_refuse()
    attempts, _ = Attempt.objects.filter(at__lt=at - TRACES_KEPT).delete()
    _, removed = SignIn.objects.filter(started_at__lt=at - TRACES_KEPT).delete()
    Session.objects.filter(expire_date__lt=at).delete()
    record(
        actor=actor, at=at, what="identity.swept", about="identity.account/0", agency=0, attempts=attempts,
        sessions=removed.get("identity.SignIn", 0),
    )  # fmt: skip
