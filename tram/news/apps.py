"""Tin bài: what a province's portal tells, and the old articles that are taken into it."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.news.events import PHRASES


class News(AppConfig):
    name = "tram.news"
    label = "news"

    def ready(self) -> None:
        from tram.files.sockets import holders
        from tram.news.plugs import NOTICES, ArticleFiles, ArticleWork, OpenArticles, menu
        from tram.notifications.sockets import phrases
        from tram.organisation.sockets import successions
        from tram.tasks.sockets import givers
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        givers.plug("news.article", ArticleWork())
        holders.plug("news", ArticleFiles())
        successions.plug("news", OpenArticles())
        menus.plug("news", menu)
        for kind, phrase in NOTICES.items():
            phrases.plug(kind, phrase)
