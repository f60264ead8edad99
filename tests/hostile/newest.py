"""The newest rooms with a hostile text in every field: questions, opinions, drafts, contacts, weeks, papers, skins, figures, recordings,
translations, each by the number of its payload.

Rows are written beside the commands, as in `houseful`: whatever stands in the tables must be shown as words.
"""

import io
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from tests.agendas.test_week import entered, let_out
from tests.cast import AT, Cast
from tests.contacts.public import SPOKEN, listed, public
from tests.documents.letters import pdf_of
from tests.files.sounds import MP3
from tests.gazette.test_papers import NEW
from tests.gazette.test_papers import brought as paper_of
from tests.hostile.houseful import clones
from tests.hostile.payloads import PAYLOADS
from tests.indicators.keeping import DENSITY, Keeping
from tests.news.desk import TEXT, Desk
from tests.portal.test_languages import let_out as translated
from tests.voices.asked import Asking
from tests.voices.drafted import Drafting
from tram.agendas.models import Publication as Week
from tram.agendas.queries import entry_of
from tram.files.commands import store
from tram.files.models import File
from tram.gazette.commands.papers import publish_paper
from tram.gazette.models import Link, Paper, PaperFile
from tram.indicators.models import Figure, Sheet
from tram.news.models import Address, Article, Publication, Revision
from tram.news.rules.content import Block, digest_of
from tram.notifications.models import Notice
from tram.organisation.models import Appointment, Post
from tram.portal.models import Site
from tram.skins.models import Skin
from tram.tasks.models import Task
from tram.voices.rules import mark_of

COUNT = len(PAYLOADS)
NUMBERS = range(COUNT)
COMMENTED, OPINED, CORRECTED = 50, 25, 30
"""So many stand under one article, under one draft, on its first page; of so many figures there is an older one."""
MONDAY = date(2026, 11, 16)


def cut(most: int) -> list[str]:
    """Every payload, as long as its field."""
    return [one[:most] for one in PAYLOADS]


def slugs(stem: str) -> list[str]:
    """An address for each."""
    return [f"{stem}-{number}" for number in NUMBERS]


def code(number: int) -> str:
    """The code of a question that was set aside."""
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{number:016d}")


class Newest:
    """Everything that was planted."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.desk = cast, Desk(cast)
        self.units = clones(cast.xa, name=cut(200), abbr=cut(30))
        Site.objects.bulk_create(
            Site(agency=unit, slug=slug) for unit, slug in zip(self.units, slugs("cq"), strict=True)
        )
        self._questions()
        self._drafts()
        self._opinions()
        self._people()
        self._week()
        self._papers()
        self._skins()
        self._figures()
        self._sheets()
        self._recordings()
        self._translations()
        self._inbox()

    def files(self, content: bytes, name: str) -> list[File]:
        """Files that somebody brought, each under a hostile name."""
        brought: dict[str, Any] = {"actor": self.desk.who("lan"), "at": AT, "agency": self.cast.units["skhcn"].pk}
        one = store(stream=io.BytesIO(content), name=name, sound_seconds=60, **brought)
        return File.objects.bulk_create(
            File(name=name.replace("/", "∕"), blob=one.blob, uploaded_at=AT, agency=one.agency) for name in PAYLOADS
        )

    def _questions(self) -> None:
        asking = Asking(self.cast)
        out, waits = asking.public(), asking.asked()
        said: dict[str, Any] = {
            "typed_title": cut(300), "typed_text": PAYLOADS, "name": cut(160), "title": cut(300), "text": PAYLOADS,
            "shows_name": [True] * COUNT, "reason": cut(500),
        }  # fmt: skip
        answered = {"answer": PAYLOADS, "answerer_name": cut(240)}
        self.waiting = clones(waits, mark=slugs("cho"), **said)
        clones(waits, mark=[mark_of(code(number)) for number in NUMBERS], state=["set_aside"] * COUNT, **said)
        self.asked = clones(out.voice, mark=slugs("hoi"), **said, **answered)
        clones(
            out, voice=self.asked, slug=slugs("hoi"), title=cut(300), text=PAYLOADS, answer=PAYLOADS, publisher_name=cut(240),
            agency=self.units,
        )  # fmt: skip
        self.question, self.said, self.answered = out, said, answered

    def _drafts(self) -> None:
        drafting = Drafting(self.cast)
        out = drafting.public(file=pdf_of("Dự thảo"))
        told: dict[str, Any] = {
            "title": cut(300), "purpose": PAYLOADS, "text": PAYLOADS, "summary": PAYLOADS, "short_reason": cut(500),
        }  # fmt: skip
        files = self.files(pdf_of("Dự thảo"), "du-thao.pdf")
        self.drafts = clones(out.draft, writer_name=cut(240), file=files, **told)
        clones(
            out, draft=self.drafts, slug=slugs("dt"), agency=self.units, publisher_name=cut(240), file=[one.pk for one in files],
            file_sha256=[out.file_sha256] * COUNT, **told,
        )  # fmt: skip

    def _opinions(self) -> None:
        """What readers say: fifty under one article, twenty-five under one draft."""
        self.articles = [self.desk.public() for _ in NUMBERS[::COMMENTED]]
        for name, things in (
            ("article", [self.articles[number // COMMENTED] for number in NUMBERS]),
            ("draft", [self.drafts[number // OPINED] for number in NUMBERS]),
        ):
            about = {name: things, "title": ["Về bài này"] * COUNT}
            voices = clones(self.question.voice, mark=slugs(name), **self.said | self.answered | about)
            told = {"text": PAYLOADS, "answer": PAYLOADS, "publisher_name": cut(240)}
            clones(self.question, voice=voices, slug=slugs(name), **told, **about)

    def _people(self) -> None:
        self.card, one = public(self.cast), listed(self.cast, "tam", **SPOKEN)
        told: dict[str, Any] = {
            "words": PAYLOADS, "phone": cut(60), "email": cut(120), "hours": cut(300), "decision": cut(200),
            "publisher_name": cut(240),
        }  # fmt: skip
        clones(self.card, agency=self.units, name=cut(200), address=cut(300), **told)
        posts = clones(self.cast.posts["tam"], title=cut(120))
        clones(Appointment.objects.get(post=self.cast.posts["tam"]), post=posts, decision=cut(200))
        clones(one, post=posts, name=cut(240), **told)
        self.posts: list[Post] = posts

    def _week(self) -> None:
        first, out = entered(self.cast), let_out(self.cast)
        self.items = clones(first, what=cut(300), place=cut(200), chair=cut(200))
        entries = [entry_of(one) for one in self.items]
        before = [replace(one, begins=time(7)).packed() for one in entries]
        Week.objects.filter(pk=out.pk).update(until_at=AT)
        now = [one.packed() for one in entries]
        clones(out, edition=[2, 3], items=[before, now], until_at=[AT, None], publisher_name=cut(240)[:2])

    def _papers(self) -> None:
        made = paper_of(self.cast)
        out = publish_paper(actor=self.cast.actor("hoa"), at=AT, paper=made, slip=NEW, reviewed=True)
        told: dict[str, Any] = {"issuer": cut(200), "subject": cut(500), "code": cut(45)}
        names: dict[str, Any] = {"signer_position": cut(100), "signer_full_name": cut(50), "brought_by": cut(240)}
        self.papers = clones(Paper.objects.get(pk=made.pk), relations=PAYLOADS, source=slugs("x"), **told, **names)
        files = self.files(pdf_of("Quyết định"), "quyet-dinh.pdf")
        PaperFile.objects.bulk_create(
            PaperFile(paper=paper, file=file, place=1, words=file.name)
            for paper, file in zip(self.papers, files, strict=True)
        )
        shown = [[{"id": str(file.pk), "sha256": file.blob.sha256}] for file in files]
        rows = clones(
            out, paper=self.papers, slug=slugs("vbn"), signer=cut(250), files=shown, agency=self.units, publisher_name=cut(240), **told
        )  # fmt: skip
        clones(Link.objects.get(publication=out), publication=rows, code=cut(45), agency=self.units)

    def _skins(self) -> None:
        files = self.files(pdf_of("Biểu trưng"), "bieu-trung.pdf")
        Skin.objects.bulk_create(
            Skin(
                agency=unit, slogan=payload[:120], foot=payload[:200], writer=self.cast.accounts["tam"], writer_name=payload[:240],
                made_at=AT, since_at=AT, logo=file.pk, logo_sha256=file.blob.sha256, ended_for=payload[:200],
            )
            for unit, payload, file in zip(self.units, PAYLOADS, files, strict=True)
        )  # fmt: skip
        worn = Skin.objects.first()
        assert worn is not None
        told = {"slogan": cut(120), "foot": cut(200), "writer_name": cut(240), "ended_for": cut(200)}
        clones(worn, agency=[self.cast.units["skhcn"]] * COUNT, until_at=[AT] * COUNT, **told)

    def _figures(self) -> None:
        out = Keeping(self.cast).public()
        days = [date(2009, 1, 1) + timedelta(days=number) for number in NUMBERS]
        told: dict[str, Any] = {
            "ends_on": days, "publisher": cut(200), "document": cut(300), "link": cut(300), "note": cut(300), "reason": cut(500),
        }  # fmt: skip
        self.figures = clones(Figure.objects.get(pk=out.figure_id), writer_name=cut(240), **told)
        old = {"until_at": [out.since_at] * COUNT, "approver_name": cut(240), "ended_for": cut(500)}
        clones(out, **{name: values[-CORRECTED:] for name, values in {"figure": self.figures, **told, **old}.items()})
        clones(out, figure=self.figures, approver_name=cut(240), **told)
        self.series = out.series

    def _sheets(self) -> None:
        """Lines of one that nobody took in yet, refused and changed; others whose figures wait."""
        refused = [
            dict.fromkeys(("name", "about", "period", "value", "document"), one) | {"unit": "vụ"} for one in PAYLOADS
        ]
        changed = [
            {
                "code": DENSITY, "about": "Toàn tỉnh", "period": f"{day:%d/%m/%Y}", "value": "33", "unit": "máy/100 dân",
                "publisher": one[:200], "document": one[:300], "link": "https://laocai.gov.vn", "note": f"{one[:299]}.", "reason": one[:500],
            }
            for one, day in zip(PAYLOADS, (figure.ends_on for figure in self.figures), strict=True)
        ]  # fmt: skip
        lines = [
            [number, {name: ["text", text] for name, text in cells.items()}]
            for number, cells in enumerate([*refused, *changed], start=2)
        ]
        told: dict[str, Any] = {
            "agency": self.cast.units["skhcn"],
            "bringer": self.cast.accounts["lan"],
            "brought_at": AT,
        }
        told |= {"columns": ["code", "name", *changed[0]], "name": "a.xlsx", "blanks": []}
        self.sheet = Sheet.objects.create(lines=lines, **told)
        one = Sheet.objects.create(lines=[], taken_at=AT, **told)
        self.sheets = clones(one, name=cut(255), bringer_name=cut(240))
        Figure.objects.filter(pk__in=[figure.pk for figure in self.figures]).update(sheet=self.sheets[0])

    def _recordings(self) -> None:
        file = self.files(MP3, "chuong.mp3")[0]
        blocks = tuple(
            Block("recording", file=str(file.pk), caption=one, text=one, who=one, spoken=one, written=one, consent="given")
            for one in PAYLOADS
        )  # fmt: skip
        self.heard = self.desk.public()
        content = replace(TEXT, body=blocks).plain()
        revision = Revision.objects.get(article=self.heard)
        said = clones(revision, number=[2], content=[content], digest=[digest_of(content)])
        Publication.objects.filter(article=self.heard).update(until_at=AT)
        clones(Publication.objects.get(article=self.heard), revision=said, digest=[said[0].digest], until_at=[None])
        Article.objects.filter(pk=self.heard.pk).update(number=2)

    def _translations(self) -> None:
        original = self.desk.public()
        one = translated(self.desk, original)
        originals = clones(original, slug=slugs("goc"))
        clones(Revision.objects.get(article=original), article=originals)
        articles = clones(
            one, original=originals, slug=slugs("en"), title=cut(300), writer_name=cut(240), state=["draft"] * COUNT
        )
        blocks = [
            replace(TEXT, title=text, lead=text, byline=text, body=(Block("paragraph", text),)).plain()
            for text in PAYLOADS
        ]
        digests = [digest_of(plain) for plain in blocks]
        revisions = clones(
            Revision.objects.filter(article=one).latest("pk"), article=articles, content=blocks, digest=digests, note=cut(300)
        )  # fmt: skip
        clones(
            Publication.objects.get(article=one), article=articles, revision=revisions, digest=digests, correction=cut(500),
            since_at=[AT + timedelta(minutes=number) for number in NUMBERS], publisher_name=cut(240),
        )  # fmt: skip
        Address.objects.bulk_create(
            Address(slug=slug, article=article, since_at=AT) for slug, article in zip(slugs("en"), articles, strict=True)
        )  # fmt: skip
        self.english: list[Article] = articles

    def _inbox(self) -> None:
        """What waits for Tâm, and what she is told."""
        tam, early = self.cast.posts["tam"], [date(2000, 1, 1)] * COUNT
        told: dict[str, Any] = {"title": PAYLOADS, "line": cut(300), "giver_name": cut(240), "last_word": cut(300)}
        first = Task.objects.filter(about__startswith="voices.", ended_at=None)[0]
        clones(first, turn_post=[tam] * COUNT, turn_unit=[tam.unit] * COUNT, due_key=early, **told)
        notice = Notice(post=tam.pk, kind="voices.asked", url="/cau-hoi", about="voices.voice/1", at=AT)
        clones(notice, sentence=PAYLOADS)
