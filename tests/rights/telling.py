"""Articles of the scene: an old file that waits to be looked through, the draft that came of another one, a comment on it; and a
question of a reader, a draft that was returned, a figure that is a draft, one that waits for another person, a sheet that is looked at. Their subjects stand in the inbox, so they bear no canary.
"""

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import uuid4

from tests.cast import Cast
from tests.indicators.keeping import entry
from tram.indicators.commands.figures import enter
from tram.indicators.commands.sheets import bring
from tram.indicators.queries.sheets import mark, review
from tram.kernel.actors import ANONYMOUS, Grant
from tram.news.commands.old import confirm, take_in
from tram.news.commands.write import comment
from tram.organisation.models import Unit
from tram.voices.commands.asking import ask
from tram.voices.commands.drafts import propose, send_back
from tram.voices.models import Voice
from tram.voices.rules import mark_of


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
    told: dict[str, Any] = {
        "title": "Giờ làm việc", "text": f"Hỏi {canary}", "name": f"Người {canary}", "shows_name": True, "consents": True,
        "email": f"{canary}@vidu.vn",
    }  # fmt: skip
    code = ask(actor=ANONYMOUS, at=at, key=uuid4(), agency=agency, **told)
    asked = Voice.objects.get(mark=mark_of(code))
    words = {"kind": "other", "title": "Dự thảo", "purpose": f"Tờ trình {canary}", "text": f"Điều 1 {canary}"}
    put = propose(agency=agency, told={**words, "days": 20, "short_reason": ""}, **by)
    send_back(draft=put, reason="Bổ sung", **by)
    kept: dict[str, Any] = {"agency": agency, "code": "inspections", "about": agency, **by}
    figure, asks = (enter(entry=entry(of, "3", "inspections"), submits=of < "2025", **kept) for of in ("2025", "2022"))
    text = f"Mã chỉ tiêu;Phạm vi;Kỳ;Giá trị;Đơn vị tính\ninspections;{agency.name};2024;3;cuộc\n"
    sheet = bring(agency=agency, name="a.csv", content=BytesIO(text.encode()), document="Báo cáo 4", **by)
    return {
        "sheet": sheet.pk,
        "sheet_seen": mark(review(sheet, at.date())),
        "figure": figure.pk,
        "figure_ticked": f"{asks.pk}.{asks.version}",
        "series": figure.series_id,
        "put_draft": put.pk,
        "old_news": waiting.pk,
        "news_draft": draft.pk,
        "news_comment": said.pk,
        "voice": asked.pk,
    }
