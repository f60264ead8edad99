"""Making the index anew, kind by kind."""

from tram.jobs.sockets import job
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.search import commands


@job("Dựng lại chỉ mục tìm kiếm")
def rebuild(kind: str) -> None:
    """Make all cards of a kind again, 500 to a transaction; search stays usable meanwhile."""
    since: int | None = 0
    while since is not None:
        since = commands.rebuild(actor=Actor.system(), at=clock.now(), kind=kind, since_pk=since)
