"""Articles of the scene: an old file that waits to be looked through, the draft that came of another one, a comment on it."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from tests.cast import Cast
from tram.kernel.actors import Grant
from tram.news.commands.old import confirm, take_in
from tram.news.commands.write import comment
from tram.organisation.models import Unit


def telling(cast: Cast, leader: str, canary: str, at: datetime) -> dict[str, Any]:
    """The ids by which paths name them. Their editor is the agency's leader, as long as this takes."""
    who = cast.actor(leader)
    assert who.acting is not None
    edits = Grant("editor", who.agency, who.acting.since)
    editor = replace(who, acting=replace(who.acting, grants=(*who.acting.grants, edits)))
    by: dict[str, Any] = {"actor": editor, "at": at}
    agency = Unit.objects.get(pk=who.agency)
    pages = [f"Tít bài {canary} {name}\n\nĐoạn dẫn {canary}.\n\nĐoạn thân bài {canary}." for name in ("mở", "nháp")]
    waiting, settled = (
        take_in(agency=agency, name=f"{canary}-{number}.txt", data=page.encode(), **by)
        for number, page in enumerate(pages)
    )
    draft = confirm(file=settled, **by)
    said = comment(article=draft, text=f"Ghi rõ số xã {canary}.", **by)
    return {"old_news": waiting.pk, "news_draft": draft.pk, "news_comment": said.pk}
