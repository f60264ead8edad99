"""Who may bring a file, open one, sweep. A file by itself gives no rights: the thing that carries it does."""

from datetime import datetime

from tram.files.models import File, Upload
from tram.files.sockets import holders
from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if, allowed, refused


def may_store(actor: Actor) -> Verdict:
    """Anybody who has signed in, and the installation itself."""
    return allow_if(actor.is_system or actor.account is not None, "Đăng nhập rồi tải tệp lên.")


def may_open(actor: Actor, file: File, at: datetime) -> Verdict:
    """Allowed by any thing that carries the file; while nothing carries it yet, only to the person who brought it."""
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
