"""What the Sở of the stories tells the public of itself and its people."""

from typing import Any

from tests.cast import AT, Cast
from tram.contacts.commands import publish_agency, publish_person
from tram.contacts.models import Publication
from tram.contacts.rules import Told

SITE = "/cong/co-quan/so-khoa-hoc-va-cong-nghe"
PAGE = f"{SITE}/to-chuc"
SPOKEN = {"speaks": True, "email": "tamdm@laocai.gov.vn", "hours": "8:00–11:00 ngày làm việc"}


def told(**more: Any) -> Told:
    """What the Sở tells of itself, with other words where asked."""
    whole: dict[str, Any] = {
        "words": "Quản lý khoa học, công nghệ.\nQuản lý bưu chính, viễn thông.", "phone": "0214 3840 123",
        "address": "Số 1 đường Trần Phú, phường Lào Cai",
    }  # fmt: skip
    return Told(**(whole | more))


def public(cast: Cast, **more: Any) -> Publication:
    """The Sở itself, by its office chief."""
    return publish_agency(actor=cast.actor("tam"), at=AT, agency=cast.units["skhcn"], told=told(**more))


def listed(cast: Cast, who: str, **more: Any) -> Publication:
    """One of its people."""
    whole: dict[str, Any] = {"words": f"Phần việc của {who}", "phone": "0214 3840 456"}
    return publish_person(actor=cast.actor("tam"), at=AT, post=cast.posts[who], told=Told(**(whole | more)))
