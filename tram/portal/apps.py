"""Cổng thông tin: what a province tells everybody, read without an account."""

from django.apps import AppConfig


class Portal(AppConfig):
    name = "tram.portal"
    label = "portal"

    def ready(self) -> None:
        from tram.news.sockets import faces
        from tram.portal.plugs import ArticleCards, ArticlePages, Pages, lying_ready
        from tram.portal.queries import KIND, WORD
        from tram.search.sockets import Kind, sources
        from tram.visits.sockets import shown
        from tram.web.sockets import ready

        faces.plug("portal", Pages())
        sources.plug(KIND, Kind(WORD, "Tin bài trên cổng", "globe", ArticleCards()))
        shown.plug("news.article", ArticlePages())
        ready.plug("portal", lying_ready)
