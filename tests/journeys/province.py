"""The demo province behind a browser: planted for one test, with everybody's session and the papers to look at."""

import json
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pyotp
from django.conf import settings
from django.db.models import Count
from django.test import Client
from playwright.sync_api import Browser, BrowserContext

from tests.documents.letters import letter, pdf_of
from tests.documents.scans import long_letter, together
from tests.visits.portal import chair_of_the_province, read_by_people
from tram.alerts.models import Request, Subscriber
from tram.alerts.queries import secret_of
from tram.alerts.rules.asking import token_of
from tram.demo.people import COMMUNE
from tram.demo.plant import plant
from tram.demo.province import unit
from tram.documents.commands.arrive import bring
from tram.documents.commands.direct import Target, direct
from tram.documents.commands.direct import present as lay_before
from tram.documents.commands.register import Slip, correct, register
from tram.documents.jobs import find_starts
from tram.documents.models import Incoming
from tram.documents.queries import visible_to
from tram.documents.screens.books import book_of, wanted
from tram.documents.states import State
from tram.gazette.commands.letters import withdraw as take_back
from tram.gazette.models import Publication
from tram.identity.commands import entering, factors
from tram.identity.models import Account, SignIn
from tram.indicators.commands import sheets
from tram.indicators.models import Figure, Sheet
from tram.kernel import clock
from tram.kernel.actors import Actor
from tram.news.commands.publish import withdraw
from tram.news.models import Article
from tram.organisation.commands.books import open_book
from tram.organisation.models import Appointment, Post, Unit
from tram.organisation.queries import actor_of, divisions, seats_of_unit, seats_with_role
from tram.outgoing.commands.check import check_content, check_form
from tram.outgoing.commands.check import submit as submit_draft
from tram.outgoing.commands.draft import draft
from tram.outgoing.commands.issue import issue
from tram.outgoing.commands.number import number
from tram.outgoing.commands.opinions import ask_opinions
from tram.outgoing.commands.present import approve, present
from tram.outgoing.commands.sign import sign_on_paper
from tram.outgoing.models import Outgoing
from tram.outgoing.rules import Content, Place
from tram.outgoing.states import State as Leaving
from tram.outputs.commands import begin, finish, order
from tram.outputs.models import Output
from tram.outputs.queries import folder
from tram.portal.queries import generations
from tram.portal.rules.addresses import slug_of
from tram.portal.rules.kept import KEPT
from tram.signing.models import Certificate
from tram.tasks.commands.give import hand
from tram.tasks.commands.work import accept, submit
from tram.tasks.models import Task
from tram.tasks.policy import verbs
from tram.tasks.queries import inbox
from tram.visits.models import Ranking
from tram.voices.commands.publishing import withdraw as take_question_back
from tram.voices.models import DraftPublication, Voice
from tram.voices.models import Publication as PublicVoice
from tram.voices.rules import code_of
from tram.workfiles.commands.close import close as close_file
from tram.workfiles.commands.dispose import propose
from tram.workfiles.commands.keep import file_papers, open_file
from tram.workfiles.commands.transfer import hand_over
from tram.workfiles.models import Paper, WorkFile

DOUBTFUL = """CÔNG TY CỔ PHẦN VIỄN THÔNG HOÀNG LIÊN

Kính gửi: Sở Khoa học và Công nghệ.
V/v đề nghị cho lắp đặt trạm thu phát sóng tại thôn Sín Chải, xã Tả Phìn
Công ty đề nghị Sở hướng dẫn hồ sơ lắp đặt trạm thu phát sóng trước mùa mưa năm 2027.
GIÁM ĐỐC

Lý Thị Mẩy
"""


class Province:
    """What the screens name: `people` may sign in, `keys` fills the {places} of their addresses."""

    def __init__(self, letters: int) -> None:
        self._plant(letters)
        self.add_second_step("khanh")
        self.keys = (
            self._papers()
            | self._work()
            | self._places()
            | self._leaving()
            | self._filing()
            | self._made()
            | self._told()
        )
        read_by_people(self.now, self.actor(chair_of_the_province()))

    def _plant(self, letters: int) -> None:
        self.now, self.today = clock.now(), clock.local_day(clock.now())
        plant(now=self.now, letters=letters, progress=lambda line: None)
        self.passwords = {row["login"]: row["password"] for row in json.loads(self._accounts.read_text("utf-8"))}
        self.cookies: dict[str, str] = {}

    @property
    def _accounts(self) -> Path:
        return Path(settings.TRAM_DATA) / "accounts.json"

    def actor(self, login: str) -> Actor:
        """Who they are today."""
        return actor_of(Account.objects.get(login=login).pk, self.today)

    def enter(self, browser: Browser, site: str, login: str, **options: Any) -> BrowserContext:
        """A browser of theirs, signed in as the sign-in page does it; nobody's for an empty login."""
        context = browser.new_context(locale="vi-VN", timezone_id="Asia/Ho_Chi_Minh", base_url=site, **options)
        if login:
            self.cookies[login] = self.cookies.get(login) or self._session(login)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": self.cookies[login], "url": site}])
        return context

    def _session(self, login: str) -> str:
        client, password = Client(), self.passwords[login]
        entry = entering.sign_in(
            actor=Actor.system(), at=clock.now(), login=login, password=password, address="127.0.0.1", agent="Chromium"
        )
        assert not entry.problem, entry.problem
        client.force_login(Account.objects.get(login=login))
        session = client.session
        session["sign_in"] = entry.key
        session.save()
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    def add_second_step(self, login: str) -> None:
        """From now on this person's password is not enough."""
        self.cookies[login] = self._session(login)
        row, at = SignIn.objects.latest("pk"), clock.now()
        actor = Actor(account=row.account_id, name=row.account.name)
        secret = factors.add_totp(actor=actor, at=at, sign_in=row)
        factors.confirm_totp(actor=actor, at=at, sign_in=row, code=pyotp.TOTP(secret).at(at))

    def _told(self) -> dict[str, object]:
        """A public article with a table, one that was withdrawn, the month of a published ranking."""
        KEPT.forget()
        generations.forget()
        whole, gone = (Article.objects.get(title__startswith=title) for title in ("Ba mươi hai xã", "Lịch tập huấn"))
        withdraw(actor=self.actor("minh"), at=self.now, article=gone, reason="Đổi lịch, đang xếp lại")
        articles = {"article": f"/cong/tin/{whole.slug}", "article_gone": f"/cong/tin/{gone.slug}"}
        articles["article_en"] = f"/cong/tin/{Article.objects.get(language='en').slug}"
        articles["article_heard"] = f"/cong/tin/{Article.objects.get(title__startswith='Loa xã').slug}"
        articles["commune_site"] = f"/cong/co-quan/{slug_of(unit(COMMUNE).name)}"
        articles["month"] = f"{Ranking.objects.get().month:%Y-%m}"
        articles["article_counted"] = f"/cong/tin/{Article.objects.get(title__startswith='Sở và các xã').slug}"
        waiting, brought = Figure.objects.get(state="submitted", sheet=None), Sheet.objects.get()
        counted = {"figure_waiting": f"/chi-tieu/so-lieu/{waiting.pk}", "figures": f"/chi-tieu/{waiting.series_id}"}
        counted["sheet_waiting"] = f"/chi-tieu/cho-duyet?bang={brought.pk}"
        counted["sheet"] = f"/chi-tieu/bang/{self._sheet(brought.agency)}"
        return articles | counted | self._made_public() | self._asked()

    def _sheet(self, agency: Unit) -> int:
        """A sheet with something of each kind in it, looked at by Lan."""
        rows = [
            ("phone_density", "31/12/2025", "134,1", "máy/100 dân", "Doanh nghiệp báo cáo lại"), ("phone_density", "30/6/2026", "13,9", "máy/100 dân", ""),
            ("phone_density", "31/12/2023", "127,3", "máy/100 dân", ""), ("inspections", "quý I/2026", "12.5", "cuộc", ""),
            ("inspections", "quý II/2026", "3", "lượt", ""), ("sanctions", "quý I/2026", "4", "vụ", ""), ("sanctions", "quý II/2026", "", "vụ", ""),
        ]  # fmt: skip
        heads = "Mã chỉ tiêu;Phạm vi;Kỳ;Giá trị;Đơn vị tính;Lý do sửa"
        text = "\n".join([heads, *(f"{code};toàn tỉnh;{';'.join(more)}" for code, *more in rows)])
        told = {"name": "so-lieu-2026.csv", "content": BytesIO(text.encode()), "document": "Báo cáo 45/BC-SKHCN"}
        return sheets.bring(actor=self.actor("lan"), at=self.now, agency=agency, **told).pk

    def _asked(self) -> dict[str, object]:
        """A question that waits, one that was answered, one that is public, one that was taken back."""
        rows = {row.voice.title[:8]: row for row in PublicVoice.objects.filter(until_at=None).select_related("voice")}
        said_of = Article.objects.get(pk=PublicVoice.objects.get(article__isnull=False).article_id)
        gone = rows["Lắp trạm"]
        voice = Voice.objects.get(pk=gone.voice_id)
        take_question_back(actor=self.actor("minh"), at=self.now, voice=voice, reason="Số máy đã đổi")
        code = code_of(settings.SECRET_KEY, uuid5(NAMESPACE_URL, "Sóng di động ở thôn Sín Chải"))
        return {
            "question": f"/cong/hoi-dap/{rows['Điểm bưu'].slug}", "question_gone": f"/cong/hoi-dap/{gone.slug}",
            "asked": f"/cau-hoi/{Voice.objects.get(state='waiting', draft=None).pk}", "question_code": code, **self._mailed(), "said_of": f"/cong/tin/{said_of.slug}",
            "answered": f"/cau-hoi/{Voice.objects.get(state='answered').pk}",
            **self._put_to_the_public(),
        }  # fmt: skip

    def _mailed(self) -> dict[str, object]:
        """The links of who asked for mail, and of who gets it."""
        asked = Request.objects.get()
        link = token_of(settings.SECRET_KEY, "confirm", asked.seed)
        return {"mail_asked": link, "mail_mine": secret_of(Subscriber.objects.earliest("pk"))}

    def _put_to_the_public(self) -> dict[str, object]:
        """A draft that takes opinions, one that was summed up, an opinion that waits."""
        opened, ended = DraftPublication.objects.filter(until_at=None).order_by("-last_on")
        return {
            "put_draft": f"/du-thao/{opened.draft_id}", "draft_public": f"/cong/du-thao/{opened.slug}",
            "draft_ended": f"/cong/du-thao/{ended.slug}",
            "opinion": f"/cau-hoi/{Voice.objects.get(state='waiting', draft__isnull=False).pk}",
        }  # fmt: skip

    def _made_public(self) -> dict[str, object]:
        """A letter that is public, one that another replaced, one that was taken back and can be published again."""
        rows = {row.kind: row for row in Publication.objects.filter(until_at=None, paper=None).select_related("letter")}
        old = Publication.objects.get(letter__state="replaced")
        text = Publication.objects.filter(paper__isnull=False, lapses_on=None).get()
        taken, whole = rows["official_letter"], rows["decision"]
        take_back(actor=self.actor("hoa"), at=self.now, letter=taken.letter, reason="Số điện thoại riêng ở phụ lục")
        page = "/cong/van-ban/"
        return {
            "letter_public": page + whole.slug, "letter_replaced": page + old.slug, "letter_gone": page + taken.slug,
            "letter_code": whole.code, "to_publish": f"/cong-khai/{taken.letter_id}",
            "published": f"/cong-khai/{whole.letter_id}",
            "text_public": page + text.slug, "text_slip": f"/cong-khai/ngoai/{text.paper_id}",
        }  # fmt: skip

    def _papers(self) -> dict[str, object]:
        hoa, home = self.actor("hoa"), Unit.objects.get(abbr="SKHCN", is_agency=True)
        send = partial(bring, actor=hoa, at=self.now, agency=home)
        doubtful = send(stream=BytesIO(pdf_of(DOUBTFUL)), name="hoang-lien.pdf")
        clear, *fresh = (send(stream=BytesIO(letter(at)), name=f"cong-van-{at}.pdf").pk for at in (482, 490, 491))
        several = send(stream=BytesIO(together(letter(483), long_letter(484))), name="tap-quet.pdf")
        find_starts(several.pk)
        self._registered("43")
        lead = Post.objects.get(pk=self.actor("son").posts(self.today)[0])
        lay_before(actor=hoa, at=self.now, document=self._registered("44"), to=lead)
        found = visible_to(hoa, self.today).filter(agency=home, secrecy=0).order_by("-pk")
        by_state = {str(state): found.filter(state=state).first() for state in State}
        registered = by_state["closed"]
        changes = {"subject": registered.subject.replace("V/v ", "V/v rà soát, ", 1)}
        correct(actor=hoa, at=self.now, document=registered, changes=changes, reason="Ghi thiếu chữ so với bản giấy")
        secret = Incoming.objects.filter(agency=home, secrecy__gt=0).first()
        return {
            "doubtful": doubtful.pk, "clear": clear, "fresh": fresh, "scan": several.pk, "secret": secret.pk if secret else 0,
            "corrected": registered.pk, "twin": f"{registered.code_number}/{registered.code_notation}",
            "twin_organ": registered.organ_name, "word": "viễn thông",
        } | {state: paper.pk for state, paper in by_state.items() if paper}  # fmt: skip

    def _leaving(self) -> dict[str, object]:
        """Letters that Lan drafts: one with an opinion asked, one before the director, one that left on paper."""
        lan, son, hoa = self.actor("lan"), self.actor("son"), self.actor("hoa")
        home = Unit.objects.get(pk=hoa.agency)
        open_book(actor=hoa, at=self.now, agency=home, code="outgoing", name="Văn bản đi", year=self.today.year)
        words = "Đề nghị Sở Tài chính cho ý kiến về dự toán năm 2027.\nTrân trọng./."
        places = (
            Place("Sở Tài chính", unit=Unit.objects.get(abbr="STC", is_agency=True).pk, is_addressed=True),
            Place("Bưu điện tỉnh"),
        )
        content = Content("official_letter", "Dự toán mạng truyền số liệu năm 2027", words, places=places)
        made = [draft(actor=lan, at=self.now, content=content) for _ in range(3)]
        others = [row.id for row in divisions(home.pk, self.today) if row.id != made[0].unit_id][:2]
        ask_opinions(
            actor=lan, at=self.now, document=made[0], units=list(Unit.objects.filter(pk__in=others)), due_on=self.today
        )
        chief = seats_with_role("office_chief", home.pk, self.today)[0].account
        checker = actor_of(chief or 0, self.today)
        for paper in made[1:]:
            by: dict[str, Any] = {"at": self.now, "document": paper, "seen": 1}
            submit_draft(actor=lan, **by)
            check_content(actor=self.actor("thang"), **by)
            check_form(actor=checker, **by)
            present(actor=lan, to=Post.objects.get(pk=son.posts(self.today)[0]), **by)
        last: dict[str, Any] = {"at": self.now, "document": made[2]}
        approve(actor=son, seen=1, **last)
        sign_on_paper(actor=hoa, **last)
        number(actor=hoa, **last)
        issue(actor=hoa, **last)
        self._out = (made[2].url, made[0].url)
        ready = Outgoing.objects.get(state=Leaving.APPROVED)
        own = Certificate.objects.get(account__login="son")
        return {"out_draft": made[0].url, "out_shown": made[1].url, "out_left": made[2].url, "out_ready": ready.url,
                "proof_code": Outgoing.objects.filter(state=Leaving.ISSUED, is_on_paper=False).earliest("pk").proof_code,
                "certificate": own.pk}  # fmt: skip

    def _filing(self) -> dict[str, object]:
        """Lan's files: the fullest, one with a draft in it, one closed, one before the archive, one out of term."""
        lan, hoa, home = self.actor("lan"), self.actor("hoa"), Unit.objects.get(abbr="SKHCN", is_agency=True)
        by: dict[str, Any] = {"actor": lan, "at": self.now}
        left, running = (Outgoing.objects.get(pk=int(str(url).rpartition("/")[2])) for url in self._out)
        unit = left.unit
        full = WorkFile.objects.filter(creator__in=lan.posts(self.today)).annotate(n=Count("papers")).latest("n")
        title = "Dự toán mạng truyền số liệu năm 2027"
        made = [open_file(unit=unit, title=title, retention="exchange", papers=[left], **by) for _ in range(4)]
        file_papers(file=made[0], papers=[running], **by)
        for file in made[1:]:
            close_file(file=file, **by)
        told = hand_over(files=[made[2]], note="Hộp 1", **by)
        day = self.today - timedelta(days=1)
        WorkFile.objects.filter(pk=made[3].pk).update(due_on=None, retention_years=0, kept_until=day)
        asked = propose(actor=hoa, at=self.now, agency=home, files=[WorkFile.objects.get(pk=made[3].pk)])
        letters = Paper.objects.filter(file=full, incoming__isnull=False).values_list("incoming", flat=True)[:3]
        return {
            "file_full": full.url, "file_running": made[0].url, "file_closed": made[1].url, "file_told": told.url,
            "file_asked": asked.url, "file_picked": "&".join(f"den={pk}" for pk in letters),
        }  # fmt: skip

    def _made(self) -> dict[str, object]:
        """A long book that is being printed for Hoa, and one that is."""
        hoa, system = self.actor("hoa"), Actor.system()
        found = book_of(hoa, "incoming", self.today.year, self.today)
        rows: list[Output] = []
        for last, form in ((20_000, "pdf"), (19_999, "xlsx")):
            row = order(actor=hoa, at=self.now, wanted=wanted(found, 1, last, form))
            begin(actor=system, at=self.now, output=row.pk)
            rows.append(row)
        running, ready = rows
        later = self.now + timedelta(hours=1)
        Output.objects.filter(pk=running.pk).update(done=4000, told_at=later)
        part = folder() / f"{ready.pk}.1"
        part.write_bytes(b"PK" * 700_000)
        finish(actor=system, at=self.now, output=ready.pk, tries=1, part=part)
        return {"output_running": running.url, "output_ready": ready.url}

    def _work(self) -> dict[str, object]:
        """What is in each hand. Letters of now are directed, so that no screen hangs on the hour of the day."""
        unit = Appointment.objects.get(account__login="thang").post.unit
        own = Appointment.objects.get(account__login="lan").post
        seats = [row for row in seats_of_unit(unit.pk, self.today) if row.account and row.title == own.title]
        other = next(Post.objects.get(pk=row.post) for row in seats if row.post != own.pk)
        for code, post in enumerate((own, other, None), start=45):
            self._directed(unit, post, str(code))
        self._report_to("thang", unit, other)
        keys: dict[str, object] = {}
        for login, slugs in {
            "lan": ("tien-do", "nop", "gia-han", "tra-lai", "an"), "thang": ("phan", "xac-nhan", "chuyen"), "son": (),
        }.items():  # fmt: skip
            actor = self.actor(login)
            tasks = [Task.objects.get(pk=row.id) for row in inbox(actor, self.today).rows]
            keys[f"{login}_work"] = tasks[0].url if tasks else "/"
            for task in tasks:
                for slug in slugs:
                    if slug in verbs(actor, task, self.today):
                        keys.setdefault(slug, f"/viec/{task.pk}/{slug}")
                        keys.setdefault(f"{login}_{slug}", task.url)
        son = self.actor("son")
        before = visible_to(son, self.today).filter(state=State.PRESENTED)
        posts = son.posts(self.today)
        waiting = Task.objects.filter(kind="direct", turn_post__in=posts, ended_at=None).order_by("-urgency", "pk")
        keys["before_son"] = next((task.url for task in waiting), f"/van-ban-den/{before.first()}")
        return keys

    def _registered(self, code: str) -> Incoming:
        """A letter that came just now."""
        hoa = self.actor("hoa")
        slip = Slip(
            organ_name="Ủy ban nhân dân xã Y Tý", code_number=code, code_notation="UBND-VX", issued_date=self.today,
            type_name="Công văn", subject="V/v rà soát điểm phát sóng trước mùa mưa",
        )  # fmt: skip
        return register(actor=hoa, at=self.now, agency=Unit.objects.get(pk=hoa.agency), slip=slip)

    def _directed(self, unit: Unit, post: Post | None, code: str) -> None:
        """The same in the hand of one person, who has begun, or in the inbox of the unit."""
        paper, due = self._registered(code), self.today + timedelta(days=9)
        direct(actor=self.actor("son"), at=self.now, document=paper, lead=Target(unit, post), due_date=due)
        if post:
            holder = Appointment.objects.get(post=post, until=None).account.login
            accept(actor=self.actor(holder), at=self.now, task=Task.objects.get(about=paper.ref, kind="handle"))

    def _report_to(self, head: str, unit: Unit, post: Post) -> None:
        """A letter of now that the head gave to one of the division; the result waits for the head's word."""
        paper, holder = self._registered("48"), Appointment.objects.get(post=post, until=None).account.login
        direct(actor=self.actor("son"), at=self.now, document=paper, lead=Target(unit), due_date=self.today)
        task = Task.objects.get(about=paper.ref, kind="handle")
        task = accept(
            actor=self.actor(holder), at=self.now, task=hand(actor=self.actor(head), at=self.now, task=task, to=post)
        )
        result = "Đã trả lời bằng công văn 1241/SKHCN-BCVT ngày 20/11/2026."
        submit(actor=self.actor(holder), at=self.now, task=task, result=result)

    def _places(self) -> dict[str, object]:
        hoa = Appointment.objects.select_related("post__unit").get(account__login="hoa")
        return {"unit": hoa.post.unit.agency_id, "division": hoa.post.unit_id, "post": hoa.post_id,
                "account": Account.objects.get(login="lan").pk, "year": self.today.year,
                "next_year": self.today.year + 1}  # fmt: skip
