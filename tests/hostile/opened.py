"""A portal on which one thing of every room is public, and where each of its addresses leads; all of it can be taken back."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from tests.agendas.test_week import MONDAY, entered, let_out
from tests.alerts.reading import Reading
from tests.cast import AT, Cast
from tests.contacts.public import SPOKEN, listed, public
from tests.documents.letters import pdf_of
from tests.files.sounds import MP3
from tests.gazette.public import Publishing
from tests.gazette.test_papers import NEW
from tests.gazette.test_papers import brought as paper_of
from tests.indicators.keeping import Keeping
from tests.news.desk import TEXT, Desk
from tests.outgoing.office import Office, open_books
from tests.portal.test_hostile import photograph
from tests.portal.test_languages import ENGLISH
from tests.portal.test_languages import let_out as translated
from tests.voices.asked import ANSWER, Asking
from tests.voices.drafted import Drafting
from tram.agendas.commands import withdraw as withdraw_week
from tram.contacts.commands import withdraw_agency
from tram.demo.painting import crest
from tram.files.commands import store
from tram.gazette.commands.letters import withdraw as withdraw_letter
from tram.gazette.commands.letters import withdraw_paper
from tram.gazette.commands.papers import publish_paper
from tram.gazette.models import Paper
from tram.indicators.commands.figures import withdraw as withdraw_figure
from tram.indicators.models import Figure
from tram.kernel.actors import ANONYMOUS
from tram.news.commands.publish import withdraw
from tram.news.rules.content import Block
from tram.skins.commands import Told, publish, try_on
from tram.skins.queries import mark_of
from tram.voices.commands.asking import comment
from tram.voices.commands.drafts import withdraw as withdraw_draft
from tram.voices.commands.publishing import publish as publish_voice
from tram.voices.commands.publishing import withdraw as withdraw_voice
from tram.voices.models import Draft, Voice

WORD, FOUND_BY = "Qzmat", "kỳ lân"
TOLD = f"{WORD} {FOUND_BY}"
"""Stands in everything that is public, and nowhere else."""
SITE = "so-khoa-hoc-va-cong-nghe"
FEEDS = ("rss.xml", "atom.xml", "feed.json")


class Opened:
    """Everything that was let out."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.desk = cast, Desk(cast)
        open_books(cast)
        self._articles()
        self._documents()
        self._voices()
        self.asked, self.reads = Reading(cast).asked("xin@example.com"), Reading(cast).reads()
        self.figure = Keeping(cast).public(note=TOLD)
        public(cast, words=TOLD)
        for who, more in (("son", {}), ("tam", SPOKEN)):
            listed(cast, who, **more | {"words": TOLD})
        entered(cast, what=TOLD)
        let_out(cast)
        self.logo = self.dress(TOLD, ("bieu-trung.png", io.BytesIO(crest("0f6466")))).logo

    def by(self, who: str, hours: int = 0) -> dict[str, Any]:
        """A person, now or later."""
        return {"actor": self.desk.who(who), "at": AT + timedelta(hours=hours)}

    def _file(self, content: bytes, name: str) -> str:
        agency = self.cast.units["skhcn"].pk
        return str(store(**self.by("lan"), stream=io.BytesIO(content), name=name, agency=agency, sound_seconds=60).pk)

    def _articles(self) -> None:
        self.picture, self.paper = self._file(photograph(), "lop.jpg"), self._file(pdf_of(TOLD), f"{WORD}.pdf")
        self.sound = self._file(MP3, "chuong.mp3")
        body = (
            Block("picture", file=self.picture, caption=TOLD, credit=TOLD, consent="public", alt=TOLD),
            Block("file", file=self.paper, text=TOLD),
            Block("recording", file=self.sound, caption=TOLD, text=TOLD, who=TOLD, spoken="hmv", consent="given"),
        )
        told = {"title": TOLD, "lead": TOLD, "byline": TOLD}
        self.article = self.desk.public(replace(TEXT, **told, body=(*TEXT.body, *body)))
        self.english, self.hmong = (
            translated(self.desk, self.article, replace(ENGLISH, **told), code) for code in ("en", "hmv")
        )

    def _documents(self) -> None:
        house = Publishing(Office(self.cast))
        self.letter = house.public(house.issued(subject=TOLD))
        paper, slip = paper_of(self.cast), replace(NEW, subject=TOLD)
        self.text = publish_paper(**self.by("hoa"), paper=paper, slip=slip, reviewed=True)

    def _voices(self) -> None:
        asking, drafting = Asking(self.cast), Drafting(self.cast)
        self.code = asking.code()
        self.question = asking.public(asking.asked(title=TOLD, text=TOLD), answer=f"{TOLD}\n{ANSWER}")
        self.draft = drafting.public(drafting.worded(file=pdf_of(TOLD), title=TOLD, purpose=TOLD, text=TOLD))
        said = {"text": TOLD, "name": TOLD, "shows_name": True, "consents": True}
        comment(actor=ANONYMOUS, at=AT, key=uuid4(), slug=self.article.slug, **said)
        for voice in (Voice.objects.latest("pk"), drafting.said(self.draft, text=TOLD)):
            publish_voice(**self.by("son"), voice=voice, seen=voice.version)

    def dress(self, slogan: str, logo: Any = None, hours: int = 0) -> Any:
        """The site in a skin."""
        by = self.by("tam", hours) | {"agency": self.cast.units["skhcn"]}
        tried = try_on(told=Told("0f6466", slogan, slogan), logo=logo, drops_logo=logo is None, **by)
        return publish(seen=mark_of(tried), **by)

    def take_back(self) -> None:
        """All of it, by those who may."""
        for article in (self.hmong, self.english, self.article):
            withdraw(**self.by("nga", 1), article=article, reason="Gỡ để thử")
        letter, why = self.letter.letter, {"reason": "Gỡ để thử"}
        assert letter is not None
        withdraw_letter(**self.by("hoa", 1), letter=letter, **why)
        withdraw_paper(**self.by("hoa", 1), paper=Paper.objects.get(pk=self.text.paper_id), **why)
        for voice in Voice.objects.filter(state="published"):
            withdraw_voice(**self.by("son", 1), voice=voice, **why)
        withdraw_draft(**self.by("son", 1), draft=Draft.objects.get(pk=self.draft.draft_id), **why)
        withdraw_figure(**self.by("dung", 1), figure=Figure.objects.get(pk=self.figure.figure_id), **why)
        withdraw_agency(**self.by("tam", 1), agency=self.cast.units["skhcn"], **why)
        withdraw_week(**self.by("tam", 1), agency=self.cast.units["skhcn"], monday=MONDAY, **why)
        self.dress("", hours=1)

    def addresses(self) -> dict[str, list[str]]:
        """Every address of the portal by the name of its route."""
        told = self._of_articles() | self._of_documents() | self._of_voices() | self._of_alerts()
        site, figures = f"/cong/co-quan/{SITE}", f"/cong/so-lieu/{self.figure.series.slug}"
        return told | {
            "open_data": ["/cong/so-lieu"], "ranking": ["/cong/so-lieu/luot-truy-cap/2026-10"],
            "ranking_file": [f"/cong/so-lieu/luot-truy-cap/2026-10/{form}" for form in ("csv", "json", "xlsx")],
            "catalogue": [f"/cong/so-lieu/danh-muc.{form}" for form in ("json", "csv", "xlsx")],
            "figures_feed": [f"/cong/so-lieu/moi/{form}" for form in FEEDS],
            "site_figures_feed": [f"{site}/so-lieu/moi/{form}" for form in FEEDS], "indicator": [figures],
            "indicator_file": [f"{figures}/{form}" for form in ("csv", "json", "xlsx", *FEEDS)],
            "people": ["/cong/to-chuc"], "people_found": [f"/cong/tim/to-chuc?ten={FOUND_BY}"], "site_people": [f"{site}/to-chuc"],
            "press": ["/cong/bao-chi"], "site_press": [f"{site}/bao-chi"], "agendas": ["/cong/lich-tuan"],
            "agendas_feed": ["/cong/lich-tuan.ics"], "agenda": [f"/cong/lich-tuan/{MONDAY}"], "site_agendas": [f"{site}/lich-tuan"],
            "site_agendas_feed": [f"{site}/lich-tuan.ics"], "site_agenda": [f"{site}/lich-tuan/{MONDAY}"],
            "procedures": ["/cong/thu-tuc"], "procedures_found": ["/cong/tim/thu-tuc?ten=giay"],
            "procedure": ["/cong/thu-tuc/giay-phep-xuat-ban-tai-lieu-khong-kinh-doanh"], "sheet": ["/cong/mau/0f6466-0.css"],
            "logo": [f"/cong/bieu-trung/{self.logo}-320"], "skin_preview": ["/dien-mao/xem"], "sitemap": ["/sitemap.xml"],
            "map": [f"/cong/so-do/{part}.xml" for part in ("trang", "du-thao", "2026-11", "van-ban-2026-11", "hoi-dap-2026-11")],
            "robots": ["/robots.txt"], "nothing": ["/cong/khong-co"],
        }  # fmt: skip

    def _of_articles(self) -> dict[str, list[str]]:
        here, site = f"/cong/tin/{self.article.slug}", f"/cong/co-quan/{SITE}"
        return {
            "front": ["/cong"], "front_typed": ["/cong/"], "english": ["/cong/en"], "language": ["/cong/tieng/hmv"],
            "category": ["/cong/muc/hoat-dong-cua-co-quan"],
            "category_feed": [f"/cong/muc/hoat-dong-cua-co-quan/moi/{form}" for form in FEEDS],
            "site_category_feed": [f"{site}/muc/hoat-dong-cua-co-quan/moi/{form}" for form in FEEDS],
            "article_preview": [f"/xem-thu/tin-bai/{self.article.pk}"], "sites": ["/cong/co-quan"], "site": [site],
            "site_category": [f"{site}/muc/hoat-dong-cua-co-quan"],
            "article": [here, *(f"/cong/tin/{one.slug}" for one in (self.english, self.hmong))], "comment": [f"{here}/y-kien"],
            "picture": [f"{here}/anh/{self.picture}-640"],
            "attachment": [f"{here}/tep/{self.paper}/a.pdf", f"{here}/tep/{self.sound}/a.mp3"],
            "search": [f"/cong/tim?q={FOUND_BY}"], "feed": [f"/cong/tin-moi/{form}" for form in FEEDS],
            "site_feed": [f"{site}/tin-moi/{form}" for form in FEEDS],
        }  # fmt: skip

    def _of_documents(self) -> dict[str, list[str]]:
        site, rows = f"/cong/co-quan/{SITE}", (self.letter, self.text)
        return {
            "documents": ["/cong/van-ban"], "documents_of": ["/cong/van-ban/loc/tat-ca/2026"],
            "documents_by": ["/cong/van-ban/loc/tat-ca/tat-ca/tat-ca/tat-ca"],
            "documents_feed": [f"/cong/van-ban/moi/{form}" for form in FEEDS],
            "document": [f"/cong/van-ban/{one.slug}" for one in rows],
            "document_page": [f"/cong/van-ban/{one.slug}/trang/{one.files[0]['id']}-1" for one in rows],
            "document_file": [f"/cong/van-ban/{one.slug}/tep/{one.files[0]['id']}/a.pdf" for one in rows],
            "site_documents": [f"{site}/van-ban"], "site_documents_of": [f"{site}/van-ban/loc/tat-ca/2026"],
            "site_documents_by": [f"{site}/van-ban/loc/tat-ca/tat-ca/tat-ca/tat-ca"],
            "site_documents_feed": [f"{site}/van-ban/moi/{form}" for form in FEEDS],
        }  # fmt: skip

    def _of_alerts(self) -> dict[str, list[str]]:
        here = "/cong/nhan-tin"
        return {
            "alerts": [here], "alerts_confirm": [f"{here}/xac-nhan/{self.asked}"],
            "alerts_mine": [f"{here}/cua-toi/{self.reads}"], "alerts_stop": [f"{here}/thoi/{self.reads}"],
        }  # fmt: skip

    def _of_voices(self) -> dict[str, list[str]]:
        site, draft = f"/cong/co-quan/{SITE}", f"/cong/du-thao/{self.draft.slug}"
        return {
            "questions": ["/cong/hoi-dap"], "ask": ["/cong/hoi-dap/hoi"], "find_question": ["/cong/hoi-dap/ma"],
            "follow": [f"/cong/hoi-dap/ma/{self.code}"], "questions_feed": [f"/cong/hoi-dap/moi/{form}" for form in FEEDS],
            "question": [f"/cong/hoi-dap/{self.question.slug}"], "site_questions": [f"{site}/hoi-dap"],
            "site_questions_feed": [f"{site}/hoi-dap/moi/{form}" for form in FEEDS], "drafts": ["/cong/du-thao"],
            "drafts_feed": [f"/cong/du-thao/moi/{form}" for form in FEEDS], "drafts_calendar": ["/cong/du-thao/han-gop-y.ics"],
            "draft": [draft], "opine": [f"{draft}/gop-y"], "draft_file": [f"{draft}/tep/{self.draft.file}/a.pdf"],
            "site_drafts": [f"{site}/du-thao"], "site_drafts_feed": [f"{site}/du-thao/moi/{form}" for form in FEEDS],
            "site_drafts_calendar": [f"{site}/du-thao/han-gop-y.ics"],
        }  # fmt: skip
