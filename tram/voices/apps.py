"""Hỏi đáp: what readers ask the agencies of a province, and what is answered in public."""

from django.apps import AppConfig

from tram.audit.sockets import plug_phrases
from tram.voices.events import PHRASES


class Voices(AppConfig):
    name = "tram.voices"
    label = "voices"

    def ready(self) -> None:
        from tram.files.sockets import holders
        from tram.organisation.sockets import successions
        from tram.outputs.sockets import makers
        from tram.tasks.sockets import givers
        from tram.voices.plugs import DraftFiles, DraftWork, OpenVoices, OpinionSheets, VoiceWork, menu
        from tram.voices.screens import MAKER
        from tram.web.sockets import menus

        plug_phrases(PHRASES)
        givers.plug("voices.voice", VoiceWork())
        givers.plug("voices.draft", DraftWork())
        holders.plug("voices", DraftFiles())
        makers.plug(MAKER, OpinionSheets())
        successions.plug("voices", OpenVoices())
        menus.plug("voices", menu)
