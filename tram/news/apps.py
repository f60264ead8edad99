"""Tin bài: what a province's portal tells, and the old articles that are taken into it."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.news.events import PHRASES


class News(AppConfig):
    name = "tram.news"
    label = "news"

    def ready(self) -> None:
        from tram.files.sockets import holders
        from tram.news.plugs import ArticleFiles, OpenArticles, menu
        from tram.organisation.sockets import successions
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        holders.plug("news", ArticleFiles())
        successions.plug("news", OpenArticles())
        menus.plug("news", menu)
