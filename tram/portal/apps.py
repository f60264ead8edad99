"""Cổng thông tin: what a province tells everybody, read without an account."""

from django.apps import AppConfig


class Portal(AppConfig):
    name = "tram.portal"
    label = "portal"

    def ready(self) -> None:
        from tram.agendas.sockets import faces as agenda_faces
        from tram.contacts.sockets import faces as contact_faces
        from tram.gazette.sockets import faces as document_faces
        from tram.news.sockets import faces
        from tram.portal.plugs import (
            ArticleCards,
            ArticlePages,
            DocumentCards,
            DocumentPages,
            Pages,
            Rankings,
            ShownDocuments,
            ShownVoices,
            Sites,
            VoiceCards,
            VoicePages,
            lying_ready,
        )
        from tram.portal.queries import DOCUMENT_KIND, DOCUMENT_WORD, KIND, VOICE_KIND, VOICE_WORD, WORD
        from tram.search.sockets import Kind, sources
        from tram.visits.sockets import boards, shown
        from tram.voices.sockets import faces as voice_faces
        from tram.web.sockets import ready

        faces.plug("portal", Pages())
        sources.plug(KIND, Kind(WORD, "Tin bài trên cổng", "globe", ArticleCards()))
        sources.plug(DOCUMENT_KIND, Kind(DOCUMENT_WORD, "Văn bản trên cổng", "globe", DocumentCards()))
        shown.plug("news.article", ArticlePages())
        shown.plug("gazette.document", ShownDocuments())
        document_faces.plug("portal", DocumentPages())
        sources.plug(VOICE_KIND, Kind(VOICE_WORD, "Hỏi đáp trên cổng", "globe", VoiceCards()))
        shown.plug("voices.voice", ShownVoices())
        voice_faces.plug("portal", VoicePages())
        contact_faces.plug("portal", Sites())
        agenda_faces.plug("portal", Sites())
        boards.plug("portal", Rankings())
        ready.plug("portal", lying_ready)
