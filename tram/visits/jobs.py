"""The clockwork of counting: old days become months; the marks of a day that is over are thrown away."""

from tram.jobs.sockets import periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.visits.commands.counting import fold
from tram.visits.commands.rating import forget_votes


@periodic("Gộp lượt truy cập từng ngày thành tháng", cron="35 18 * * *")
def fold_days() -> None:
    """At night, each day in a transaction of its own."""
    while fold(actor=Actor.system(), at=clock.now()):
        pass


@periodic("Bỏ dấu phiếu đánh giá của ngày đã qua", cron="1 * * * *")
def forget() -> None:
    """Every hour, so that a midnight out of order is made good within one: the day ends at 17:00 UTC."""
    forget_votes(actor=Actor.system(), at=clock.now())
