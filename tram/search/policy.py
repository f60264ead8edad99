"""Who may keep the index. What somebody may find is decided inside the query, by their reader keys."""

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if


def may_index(actor: Actor) -> Verdict:
    """Whoever may change a thing keeps its card; visitors change nothing."""
    return allow_if(actor.is_system or actor.account is not None, "Đăng nhập rồi làm lại việc này.")


def may_keep_searches(actor: Actor) -> Verdict:
    """Keep searches under a name: everybody with an account."""
    return allow_if(actor.account is not None, "Đăng nhập rồi lưu lần tìm này.")


def may_rebuild(actor: Actor) -> Verdict:
    """Making the index anew is the installation's own work."""
    return allow_if(actor.is_system, "Chỉ hệ thống được dựng lại chỉ mục tìm kiếm.")
