"""The clockwork of articles: what was to appear appears, what has come to its end goes."""

from tram.jobs.sockets import periodic
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.news.commands.publish import appear, expire
from tram.news.models import Article
from tram.news.queries.articles import to_appear, to_expire


@periodic("Đăng bài hẹn giờ, gỡ bài hết hạn", cron="* * * * *")
def keep_hours() -> None:
    """Every minute; each article by itself, so that one that fails holds up no other. Raises its error."""
    at, failed = clock.now(), list[Exception]()
    due = [(appear, pk) for pk in to_appear(at)] + [(expire, pk) for pk in to_expire(at)]
    for act, pk in due:
        try:
            act(actor=Actor.system(), at=at, article=Article(pk=pk))
        except Exception as error:
            failed.append(error)
    if failed:
        raise failed[0]
