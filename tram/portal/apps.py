"""Cổng thông tin: what a province tells everybody, read without an account."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.portal.events import PHRASES


class Portal(AppConfig):
    name = "tram.portal"
    label = "portal"

    def ready(self) -> None:
        from tram.agendas.sockets import faces as agenda_faces
        from tram.alerts.sockets import faces as mail_faces
        from tram.contacts.sockets import faces as contact_faces
        from tram.gazette.sockets import faces as document_faces
        from tram.indicators.sockets import faces as figure_faces
        from tram.news.sockets import faces, guided
        from tram.notifications.sockets import phrases
        from tram.portal import plugs
        from tram.search.sockets import sources
        from tram.skins.sockets import wearers
        from tram.visits.sockets import boards, shown
        from tram.voices.sockets import faces as voice_faces
        from tram.web.sockets import ready

        plug_phrases(PHRASES)
        for kind, phrase in plugs.NOTICES.items():
            phrases.plug(kind, phrase)
        for kind, source in plugs.SOURCES.items():
            sources.plug(kind, source)
        faces.plug("portal", plugs.Pages())
        guided.plug("portal", plugs.procedure_names)
        shown.plug("news.article", plugs.ArticlePages())
        shown.plug("gazette.document", plugs.ShownDocuments())
        shown.plug("gazette.paper", plugs.ShownDocuments())
        document_faces.plug("portal", plugs.DocumentPages())
        shown.plug("voices.voice", plugs.ShownVoices())
        shown.plug("voices.draft", plugs.ShownDrafts())
        voice_faces.plug("portal", plugs.VoicePages())
        contact_faces.plug("portal", plugs.Sites())
        agenda_faces.plug("portal", plugs.Sites())
        wearers.plug("portal", plugs.Wearers())
        mail_faces.plug("portal", plugs.Mail())
        boards.plug("portal", plugs.Rankings())
        ready.plug("portal", plugs.lying_ready)
        figure_faces.plug("portal", plugs.Figures())
        shown.plug("indicators.series", plugs.Figures())
