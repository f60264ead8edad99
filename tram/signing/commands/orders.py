"""From what is wanted to the order of the signing program: key, picture, filled texts, time-stamps, authorities."""

import os
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from tram.files.queries import open_blob
from tram.kernel.verdicts import Invalid
from tram.signing.commands.certificates import lists_at
from tram.signing.commands.wanted import Filled, Wanted
from tram.signing.models import Certificate
from tram.signing.queries import home, must_be_loadable, trusted
from tram.signing.rules import authority
from tram.signing.rules.orders import Field, Fill, KeyFile, Moments, Outside, Seal, Token, plain
from tram.signing.rules.places import CORNER, corner_words
from tram.signing.rules.secrets import key_password, unseal
from tram.signing.rules.trust import Authority, called
from tram.web.paper import pdf

LINE = Path(__file__).parents[1] / "templates" / "signing" / "line.typ"
NO_STAMPS = "Chưa có địa chỉ dịch vụ dấu thời gian cho nơi cấp “{issuer}”. Báo quản trị ghi vào authorities.yaml."
NO_PIN = "Nhập mã PIN của thiết bị lưu khóa."
REASONS = {"": "", "KT.": "Ký thay", "TL.": "Thừa lệnh", "TUQ.": "Thừa ủy quyền", "Q.": "Quyền", "TM.": "Thay mặt"}


def order_of(
    wanted: Wanted, certificate: Certificate, at: datetime, folder: Path, target: Path, pin: str = ""
) -> dict[str, Any]:
    """The order, with pictures drawn into `folder`; raises Invalid when a PIN or an address is missing."""
    every = trusted()
    made_now = (
        [Field(wanted.field, corner=CORNER, is_signature=True, tip="Chữ ký số của cơ quan")] if wanted.corner else []
    )
    seal = Seal(
        source=str(open_blob(wanted.file)), target=str(target), field=wanted.field, at=at,
        moments=_moments(certificate, at, every), trusted=[one.pem for one in every],
        picture=_picture(wanted, certificate, at, folder), certifies=wanted.certifies, fields=made_now,
        fills=[_fill(folder, number, one) for number, one in enumerate(wanted.fills)],
        reason=REASONS[wanted.capacity.mark], lasts=wanted.lasts,
    )  # fmt: skip
    expected = bytes(certificate.der).hex()
    return {**plain(seal), "key": plain(_key(certificate, pin)), "certificate": expected}


def _key(certificate: Certificate, pin: str) -> KeyFile | Token | Outside:
    kept = unseal(bytes(certificate.secret), str(settings.SECRET_KEY)) if certificate.secret else pin
    match certificate.keeper:
        case "file":
            return KeyFile(str(home() / "keys" / certificate.place["file"]), kept)
        case "token" if kept:
            place = certificate.place
            must_be_loadable(place["module"])
            known = {name: os.environ[name] for name in ("SOFTHSM2_CONF",) if name in os.environ}
            return Token(
                place["module"],
                place["token"],
                place["key"],
                kept,
                bytes(certificate.der).hex(),
                {**known, **place.get("settings", {})},
            )
        case "token":
            raise Invalid({"pin": NO_PIN})
    return Outside(bytes(certificate.der).hex())


def _moments(certificate: Certificate, at: datetime, every: list[Authority]) -> Moments:
    """The test authority stamps here; others at their addresses, where also the states of revocation are asked."""
    if certificate.is_test:
        password, folder = key_password(str(settings.SECRET_KEY)), home() / "test"
        stamps = authority.certificate_of(folder, authority.STAMPS).public_bytes(Encoding.DER)
        lists = [one.hex() for one in lists_at(at)]
        return Moments("", stamps.hex(), authority.plain_key(folder, authority.STAMPS, password).hex(), lists)
    issuer = called(x509.load_der_x509_certificate(bytes(certificate.der)).issuer)
    addresses = [one.stamps for one in every if one.stamps and issuer in (one.name, _own_name(one))]
    if not addresses:
        raise Invalid({"certificate": NO_STAMPS.format(issuer=issuer)})
    return Moments(address=addresses[0], fetches=True)


def _own_name(one: Authority) -> str:
    return called(x509.load_pem_x509_certificate(one.pem.encode()).subject)


def _picture(wanted: Wanted, certificate: Certificate, at: datetime, folder: Path) -> str:
    """Words alone on attachments and copies, the picture of the certificate's owner elsewhere, or nothing."""
    if wanted.corner:
        width, height = CORNER
        words = corner_words(wanted.corner, at)
        return _drawn(
            folder,
            "corner",
            {"text": words, "width": width, "height": height, "size": 10, "italic": False, "right": True},
        )
    return str(open_blob(certificate.picture_id)) if certificate.picture_id else ""


def _fill(folder: Path, number: int, one: Filled) -> Fill:
    look = {
        "text": one.value,
        "width": one.width,
        "height": one.height,
        "size": one.size,
        "italic": one.is_italic,
        "right": one.is_right,
    }
    return Fill(one.name, one.value, _drawn(folder, f"fill-{number}", look))


def _drawn(folder: Path, name: str, look: dict[str, Any]) -> str:
    place = folder / f"{name}.pdf"
    place.write_bytes(pdf(LINE, look))
    return str(place)
