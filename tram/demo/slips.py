"""What the clerk of the demo writes in the book: the slip of a letter, the row of a secret paper."""

from datetime import datetime
from functools import cache

from tram.demo.issuers import issuers
from tram.demo.letters import LetterFact
from tram.demo.province import province
from tram.demo.steps import SecretStub
from tram.documents.commands.register import Slip

URGENCY = {"normal": 0, "urgent": 1, "very_urgent": 2, "flash": 3}
SECRECY = {"Mật": 1, "Tối mật": 2, "Tuyệt mật": 3}
CUPBOARD = "Tủ mật số 2, phòng Văn thư"


def slip_of(fact: LetterFact, arrived_at: datetime, pages: int | None, organ: int | None) -> Slip:
    """The slip of a letter. `organ`: the unit of the province that its issuer is, where it is one."""
    return Slip(
        organ_name=fact.issuer,
        organ_unit=organ,
        code_number=fact.number,
        code_notation=fact.symbol,
        issued_date=fact.issued_on,
        type_name=fact.kind_name,
        subject=fact.subject if fact.named else f"V/v {fact.subject}",
        page_amount=pages,
        issued_amount=1,
        signer_position=fact.signer_title[-1].removeprefix("KT. ").removeprefix("TL. ").capitalize(),
        signer_full_name=fact.signer_name,
        urgency=URGENCY[fact.urgency],
        due_date=fact.due_on,
        arrival_date=arrived_at.date(),
        arrival_time=arrived_at.time(),
    )


def secret_slip_of(stub: SecretStub, arrived_at: datetime) -> Slip:
    """All that the secret book says; the paper itself lies in the cupboard."""
    return Slip(
        organ_name=stub.issuer,
        code_number=stub.number,
        code_notation=stub.symbol,
        issued_date=stub.issued_on,
        secrecy=SECRECY[stub.level],
        keeping_place=CUPBOARD,
        arrival_date=arrived_at.date(),
        arrival_time=arrived_at.time(),
    )


@cache
def unit_of(issuer_code: str) -> str:
    """The unit's code of an issuer inside the province; empty for the world outside."""
    if issuers()[issuer_code].group == "outside":
        return ""
    return next(unit.code for unit in province() if issuer_code in (unit.code, unit.abbreviation))
