"""Who may bring a file, open one, sweep. A file by itself gives no rights: the thing that carries it does."""

from datetime import date, datetime

from tram.files.models import File, Marked, Upload
from tram.files.sockets import holders
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if, allowed, refused


def may_store(actor: Actor) -> Verdict:
    """Anybody who has signed in, and the installation itself."""
    return allow_if(actor.is_system or actor.account is not None, "Đăng nhập rồi tải tệp lên.")


def may_open(actor: Actor, file: File, at: datetime) -> Verdict:
    """Allowed by any thing that carries the file; while nothing carries it yet, only to the person who brought it.

    Nobody opens a file on which a stamp of secrecy was seen, until the clerk has answered.
    """
    if Marked.objects.filter(file=file.pk, answered_at=None).exists():
        return refused("Tệp đang khóa vì nghi có dấu mật.")
    verdicts = [holder.may_open(actor, file.pk, at) for _room, holder in holders.items()]
    carried = [verdict for verdict in verdicts if verdict is not None]
    if any(carried):
        return allowed
    if carried:
        return carried[0]
    if actor.account is not None and actor.account == file.uploaded_by_id:
        return allowed
    return refused("Bạn không thấy được tệp này.")


def may_continue(actor: Actor, upload: Upload) -> Verdict:
    """An upload is nobody's business but of the person who began it."""
    return allow_if(actor.account is not None and actor.account == upload.owner_id, "Bạn không thấy được tệp này.")


def may_sweep(actor: Actor) -> Verdict:
    """Sweeping is the installation's own work."""
    return allow_if(actor.is_system, "Chỉ hệ thống tự dọn tệp.")


def may_answer_mark(actor: Actor, agency: int, on: date) -> Verdict:
    """Say whether a stamp that a machine saw is one: the agency's clerk; the system when nobody did in time."""
    return allow_if(
        actor.is_system or actor.holds("clerk", agency, on), "Chỉ văn thư cơ quan được trả lời về dấu mật của tệp."
    )
