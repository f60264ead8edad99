"""Who may note that the house was backed up, drilled, restored: whoever has its key and its machine."""

from tram.kernel.actors import Actor
from tram.kernel.verdicts import Verdict, allow_if


def may_keep(actor: Actor) -> Verdict:
    """Backing up is the installation's own work; people start it at the machine, by `tram backup`."""
    return allow_if(actor.is_system, "Chỉ hệ thống ghi việc sao lưu và khôi phục.")
