"""The papers of the stories: a letter of two pages, pictures of a signature and a seal, and how they are signed."""

import io
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID

import typst
from PIL import Image, ImageDraw

from tests.cast import AT, PASSWORD, Cast
from tests.identity.people import enter, row_of
from tram.files.commands import store
from tram.files.models import File
from tram.files.queries import open_blob
from tram.identity.commands.entering import FreshProof, Shown, prove_for
from tram.identity.models import Account
from tram.kernel.actors import Actor
from tram.signing.commands.certificates import issue_test_certificate, set_picture
from tram.signing.commands.sign import reserve_fields, sign
from tram.signing.commands.wanted import Box, Field, Filled, Wanted
from tram.signing.models import Act, Certificate
from tram.signing.queries import Report, report, seal_box
from tram.signing.states import SEAL

ABOUT = "documents.outgoing/12"
SIGNER_BOX = Box(1, 330, 560, 450, 610)
NUMBER_BOX, DAY_BOX = Box(0, 120, 690, 240, 706), Box(0, 330, 690, 360, 706)
LETTER = """#set page("a4", margin: 25mm)
#set text(font: ("Times New Roman", "Liberation Serif"), size: 13pt, lang: "vi")
#set document(title: "Công văn trả lời Bưu điện tỉnh")
SỞ KHOA HỌC VÀ CÔNG NGHỆ #h(1fr) CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
#lorem(180)
#pagebreak()
#align(right)[*GIÁM ĐỐC*]"""


@cache
def letter(words: str = LETTER) -> bytes:
    """A tagged PDF/A as the drafts will be."""
    return typst.compile(words.encode(), format="pdf", pdf_standards=["a-2a"])


def picture(colour: tuple[int, int, int], *, is_round: bool) -> bytes:
    """A stroke or a ring on nothing, as PNG."""
    image = Image.new("RGBA", (360, 360) if is_round else (360, 150), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    if is_round:
        pen.ellipse([8, 8, 352, 352], outline=(*colour, 255), width=14)
    else:
        pen.line([(10, 110), (120, 20), (200, 130), (350, 30)], fill=(*colour, 255), width=12)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def kept(actor: Actor, content: bytes, name: str) -> File:
    """A file of the actor's."""
    return store(actor=actor, at=AT, stream=io.BytesIO(content), name=name, agency=actor.agency)


@dataclass
class Office:
    """The Sở with its certificates: Sơn's own and the seal that Hoa keeps."""

    cast: Cast
    certificates: dict[str, Certificate] = field(default_factory=dict)

    def certificate(self, who: str, since: datetime | None = None, until: datetime | None = None) -> Certificate:
        """Issue to a person of the cast, or "seal"; with its picture."""
        agency, account = self.cast.units["skhcn"], self.cast.accounts.get(who)
        made = issue_test_certificate(
            actor=Actor.system(), at=AT, name=account.name if account else agency.name, agency=agency.pk,
            agency_name=agency.name, account=account, title=self.cast.posts[who].title if account else "",
            since=since or AT - timedelta(days=30), until=until or AT + timedelta(days=700),
        )  # fmt: skip
        colour, owner = ((20, 50, 190), who) if account else ((200, 20, 30), "hoa")
        actor = self.cast.actor(owner)
        shown = kept(actor, picture(colour, is_round=account is None), "mau.png")
        set_picture(actor=actor, at=AT, certificate=made, file=shown.pk)
        self.certificates[who] = made
        return made

    def draft(self, fields: list[Field] | None = None, content: bytes = b"") -> UUID:
        """A letter with its reserved places."""
        base = kept(self.cast.lan, content or letter(), "du-thao.pdf")
        places = fields or [
            Field("so", NUMBER_BOX, tip="Số"), Field("ngay", DAY_BOX, tip="Ngày"),
            Field("nguoi_ky", SIGNER_BOX, is_signature=True, tip="Người ký"),
            Field("co_quan", seal_box(SIGNER_BOX), is_signature=True, locks=True, tip="Cơ quan"),
        ]  # fmt: skip
        made = reserve_fields(actor=self.cast.lan, at=AT, file=base.pk, fields=places, agency=base.agency)
        return made.pk

    def proof(self, who: str, wanted: Wanted, at: datetime = AT) -> FreshProof:
        """What this person shows just now."""
        row = row_of(enter(who, PASSWORD, at=at))
        return prove_for(actor=self.cast.actor(who), at=at, sign_in=row, purpose=wanted.purpose, shown=Shown(PASSWORD))

    def signed(self, wanted: Wanted, who: str, at: datetime = AT, pin: str = "") -> Act:
        """Prove, and sign."""
        actor = self.cast.actor(who, at)
        return sign(actor=actor, at=at, wanted=wanted, proof=self.proof(who, wanted, at), pin=pin)

    def by_son(self, file: UUID, **more: object) -> Wanted:
        """Sơn's own signature, the first on the paper."""
        pk = self.certificates["son"].pk
        return Wanted(
            **{
                "about": ABOUT,
                "file": file,
                "certificate": pk,
                "field": "nguoi_ky",
                "certifies": True,
                "lasts": False,
                **more,
            }
        )

    def by_seal(self, file: UUID, **more: object) -> Wanted:
        """The agency's, with number and day."""
        fills = (Filled("so", "15/SKHCN-BCVT", 120, 16), Filled("ngay", "16", 30, 16, is_italic=True))
        pk = self.certificates["seal"].pk
        return Wanted(
            **{
                "about": ABOUT,
                "file": file,
                "certificate": pk,
                "field": "co_quan",
                "role": SEAL,
                "fills": fills,
                **more,
            }
        )

    def issued(self) -> Act:
        """A letter signed by Sơn at nine and sealed by Hoa ten minutes later."""
        for who in ("son", "seal"):
            if who not in self.certificates:
                self.certificate(who)
        first = self.signed(self.by_son(self.draft()), "son")
        return self.signed(self.by_seal(first.result_id), "hoa", AT + timedelta(minutes=10))


def content_of(act: Act) -> bytes:
    """The bytes that came out."""
    return open_blob(act.result_id).read_bytes()


def judged(content: bytes, folder: Path, at: datetime = AT + timedelta(hours=1)) -> Report:
    """The report on some bytes."""
    path = folder / "xem.pdf"
    path.write_bytes(content)
    return report(path, at)


def account_of(cast: Cast, who: str) -> Account:
    """A person's account."""
    return cast.accounts[who]
