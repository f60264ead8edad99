"""Where signatures stand, and that they are seen: on the page images of Trạm as in other readers."""

from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from tests.cast import AT
from tests.signing.papers import SIGNER_BOX, Office, content_of, judged, kept, letter
from tram.files.queries import card, page_image
from tram.signing.commands.wanted import Wanted
from tram.signing.models import Act
from tram.signing.queries import corner_words, seal_box
from tram.signing.states import ATTACHMENT, COPY

POINTS_A_PIXEL = 595.28 / 900


def drawn(act: Act, page: int) -> Image.Image:
    """A page as Trạm shows it."""
    return Image.open(page_image(card(act.result_id), page)).convert("RGB")


def found(image: Image.Image, colour: str) -> tuple[float, float, float, float] | None:
    """The sides (left, bottom, right, top, in points) of everything of a colour."""
    red, green, blue = image.split()
    strong, weak = {"red": (red, blue), "blue": (blue, red)}[colour]
    mask = Image.eval(strong, lambda one: 255 if one > 110 else 0)
    mask.paste(0, mask=Image.eval(weak, lambda one: 255 if one > 110 else 0))
    mask.paste(0, mask=Image.eval(green, lambda one: 255 if one > 110 else 0))
    box = mask.getbbox()
    if box is None:
        return None
    left, top, right, bottom = (side * POINTS_A_PIXEL for side in box)
    height = image.height * POINTS_A_PIXEL
    return left, height - bottom, right, height - top


def test_the_seal_covers_a_third_of_the_signature_on_its_left_in_its_true_size() -> None:
    seal = seal_box(SIGNER_BOX)
    assert seal.right - SIGNER_BOX.left == pytest.approx((SIGNER_BOX.right - SIGNER_BOX.left) / 3)
    assert (seal.right - seal.left) * 25.4 / 72 == pytest.approx(36)
    assert seal.bottom + seal.top == SIGNER_BOX.bottom + SIGNER_BOX.top


def test_blue_signature_red_seal_and_number_are_seen_in_their_places(office: Office) -> None:
    act = office.issued()
    page = drawn(act, 2)
    blue, red, seal = found(page, "blue"), found(page, "red"), seal_box(SIGNER_BOX)
    assert blue and red
    assert SIGNER_BOX.left - 2 <= blue[0] < blue[2] <= SIGNER_BOX.right + 2
    assert red == pytest.approx((seal.left, seal.bottom, seal.right, seal.top), abs=6)
    first = drawn(act, 1).convert("L")
    at = [round(side / POINTS_A_PIXEL) for side in (120, 842 - 706, 240, 842 - 690)]
    assert min(first.crop((at[0], at[1], at[2], at[3])).getextrema()) < 90


@pytest.mark.parametrize(("role", "first"), [(ATTACHMENT, "15/QĐ-SKHCN"), (COPY, "SAO Y; Sở Khoa học và Công nghệ")])
def test_attachments_and_copies_say_it_in_words_at_the_top_right(
    office: Office, tmp_path: Path, role: str, first: str
) -> None:
    seal = office.certificate("seal")
    file = kept(office.cast.hoa, letter("Phụ lục"), "phu-luc.pdf")
    wanted = Wanted("documents.outgoing/12", file.pk, seal.pk, "co_quan", role=role, certifies=True, corner=first)
    act = office.signed(wanted, "hoa")
    report = judged(content_of(act), tmp_path, AT + timedelta(days=1))
    assert (report.verdict, [one.field for one in report.signatures]) == ("valid", ["co_quan"])
    corner = drawn(act, 1).convert("L").crop((500, 0, 900, 60))
    assert min(corner.getextrema()) < 90


def test_the_words_name_day_hour_and_zone() -> None:
    assert corner_words("15/QĐ-STTTT", AT) == "15/QĐ-STTTT; 16/11/2026 09:00:00 +07:00"
