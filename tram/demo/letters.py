"""The incoming mail of the demo: official letters in our own words, the same for the same days on every machine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tram.demo.days import later, written
from tram.demo.issuers import COLLECTIVE, Issuer, issuers
from tram.demo.people import SEED
from tram.demo.province import communes
from tram.vietnamese.calendar import CATALOGUE

SHARES = {"central": 16, "province": 17, "departments": 25, "communes": 30, "others": 12}
URGENCIES = {"urgent": 70, "very_urgent": 22, "flash": 8}
HOME_NAME = "Sở Khoa học và Công nghệ"
FREE_WORDS = {
    "gio": ("07 giờ 30 phút", "08 giờ 00 phút", "13 giờ 30 phút", "14 giờ 00 phút"),
    "phong": (
        "Phòng họp số 1, trụ sở Ủy ban nhân dân tỉnh",
        "Trung tâm Hội nghị tỉnh",
        "Phòng họp trực tuyến, tầng 3, khối 7",
    ),
    "cay": (
        "quế",
        "chè shan tuyết",
        "lúa séng cù",
        "chuối cấy mô",
        "măng bát độ",
        "mận tam hoa",
        "bưởi",
        "mật ong rừng",
    ),
    "chu_de": (
        "nông nghiệp số",
        "du lịch cộng đồng",
        "dược liệu",
        "giáo dục vùng cao",
        "cửa khẩu số",
        "chế biến gỗ quế",
    ),
    "tem": (
        "Ruộng bậc thang",
        "Chợ phiên vùng cao",
        "Hoa đỗ quyên",
        "Đường sắt miền núi",
        "Nhạc cụ dân tộc",
        "Chè cổ thụ",
    ),
    "du_thao": (
        "mã định danh điện tử của cơ quan sau sắp xếp",
        "chất lượng dịch vụ bưu chính công ích",
        "dùng chung hạ tầng kỹ thuật viễn thông",
        "kết nối, chia sẻ dữ liệu với cấp xã",
        "tiêu chí đánh giá cổng thông tin điện tử",
    ),
    "quy_che": (
        "phát ngôn và cung cấp thông tin cho báo chí",
        "quản lý, vận hành phòng họp trực tuyến",
        "khai thác dữ liệu dùng chung của tỉnh",
        "quản lý, sử dụng chữ ký số chuyên dùng",
    ),
    "thiet_bi": (
        "thiết bị tường lửa",
        "máy ảnh giám sát",
        "máy chủ thư điện tử",
        "bộ phát Wi-Fi",
        "phần mềm họp trực tuyến",
    ),
}


VILLAGES = (
    "Nậm", "Tả", "Sín", "Lao", "Phìn", "Bản", "Khe", "Làng", "Đồng", "Thác", "Sảng", "Lùng", "Má", "Ngải", "Séo", "Trung",
)  # fmt: skip
VILLAGE_NAMES = (
    "Chải", "Pung", "Hồ", "Cang", "Vàng", "Lử", "Mạ", "Than", "Phung", "Tủa", "Cọ", "Chạc", "Kim", "Sơn", "Quang", "Đẹt", "Dạng",
    "Khoang", "Lếch", "Nhai", "Tằng", "Thẩu", "Xé", "Pẳn", "Mòn", "Sáng", "Bông", "Tiến", "Vai", "Thắm",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LetterFact:
    """All that one letter says. `kind`: a code of catalogue/document_kinds.yaml; `urgency`: normal, urgent,
    very_urgent, flash; `field`: the matter, by which a division leads; `due_on`: until when an answer is asked.
    """

    issuer_code: str
    issuer: str
    head: tuple[str, ...]
    parent: str
    number: str
    symbol: str
    kind: str
    kind_name: str
    named: bool
    place: str
    issued_on: date
    subject: str
    authority: str
    grounds: tuple[str, ...]
    paragraphs: tuple[str, ...]
    addressed_to: tuple[str, ...]
    recipients: tuple[str, ...]
    signer_title: tuple[str, ...]
    signer_name: str
    urgency: str
    due_on: date | None
    field: str

    @property
    def code(self) -> str:
        """Number and symbol as people cite them: 125/UBND-VHXH."""
        return f"{self.number}/{self.symbol}"


def correspondence(days: Sequence[date], seed: int = SEED) -> list[LetterFact]:
    """One letter for each of the days given, which must be in order: the issuers' numbers rise with the days.

    No two letters have the same subject, so that whoever looks for one finds one.
    """
    pen = Pen(Random(seed))
    letters: dict[str, LetterFact] = {}
    for day in days:
        letter = next(letter for letter in (pen.draw(day) for _ in count()) if letter.subject not in letters)
        letters[letter.subject] = letter
    return list(letters.values())


class Pen:
    """Writes letters without end. Days must come in order, so that the issuers' numbers rise with them."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.deck = chance, _deck(chance)
        self.given: dict[tuple[str, str], int] = {}
        self.subjects: set[int] = set()

    def draw(self, day: date) -> LetterFact:
        """A letter of the next matter; its subject may have been written before."""
        return _letter(self.chance, next(self.deck), day, self.given)

    def write(self, day: date) -> LetterFact:
        """A letter whose subject this pen has not written before: what is common tells what it refers to."""
        letter = self.draw(day)
        subject = letter.subject
        while hash(subject) in self.subjects:
            subject = f"{letter.subject}{_reference(self.chance, day)}"
        self.subjects.add(hash(subject))
        return letter if subject is letter.subject else replace(letter, subject=subject)


def _reference(chance: Random, day: date) -> str:
    """What tells letters about the same matter apart: the paper they answer, the place they are about, the turn."""
    issuer = chance.choice(_every_issuer())
    earlier = later(day, -chance.randint(2, 40))
    village = f"{chance.choice(VILLAGES)} {chance.choice(VILLAGE_NAMES)}"
    commune = chance.choice(communes()).full
    return chance.choice(
        (
            f" theo Văn bản số {chance.randint(11, 4800)}/{issuer.sign}-{chance.choice(issuer.units)} ngày {written(earlier)}",
            f", thôn {village}, {commune}",
            f" (hồ sơ số {chance.randint(11, 9900)}/{day.year})",
            f" tại thôn {village}, {commune} theo đề nghị ngày {written(earlier)}",
            f" theo kiến nghị của cử tri thôn {village}, {commune} ngày {written(earlier)}",
        )
    )


def _letter(chance: Random, matter: dict[str, Any], day: date, given: dict[tuple[str, str], int]) -> LetterFact:
    issuer = _issuer(chance, matter["from"])
    words, due_on = _words(chance, issuer, day)
    kind = _kinds()[matter.get("kind", "official_letter")]
    unit = chance.choice(issuer.units)
    signer = chance.choices(issuer.signers, weights=range(len(issuer.signers), 0, -1))[0]
    *start, end = [text.format(**words) for text in matter["body"]]
    return LetterFact(
        issuer_code=issuer.code,
        issuer=issuer.name,
        head=issuer.head,
        parent=issuer.parent,
        number=_number(chance, issuer, kind["code"], day, given),
        symbol=f"{kind['abbreviation']}-{issuer.sign}" if kind["has_name"] else f"{issuer.sign}-{unit}",
        kind=kind["code"],
        kind_name=kind["name"],
        named=kind["has_name"],
        place=issuer.place,
        issued_on=day,
        subject=matter["subject"].format(**words),
        authority=issuer.authority if kind["code"] == "decision" else "",
        grounds=tuple(text.format(**words) for text in matter.get("grounds", ())),
        paragraphs=(*start, f"{end.removesuffix('.')}./."),
        addressed_to=_addressed_to(issuer, kind["code"]),
        recipients=_recipients(issuer, kind["code"], unit),
        signer_title=tuple(title for title in signer.titles if kind["code"] != "decision" or title != COLLECTIVE),
        signer_name=signer.name,
        urgency=_urgency(chance) if matter.get("urgent") else "normal",
        due_on=due_on if "{han}" in " ".join(matter["body"]) else None,
        field=matter["field"],
    )


def _deck(chance: Random) -> Iterator[dict[str, Any]]:
    """Matters without end: the sources in their shares, within a source each matter once before any comes again."""
    decks: dict[str, list[dict[str, Any]]] = {source: [] for source in SHARES}
    while True:
        source = chance.choices(list(SHARES), weights=list(SHARES.values()))[0]
        if not decks[source]:
            decks[source] = chance.sample(_matters(source), len(_matters(source)))
        yield decks[source].pop()


@cache
def _commune_issuers() -> list[Issuer]:
    return [issuer for issuer in issuers().values() if issuer.group == "commune"]


@cache
def _every_issuer() -> list[Issuer]:
    return list(issuers().values())


@cache
def _matters(source: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load(
        (Path(__file__).parent / "matters" / f"{source}.yaml").read_text(encoding="utf-8")
    )
    return rows


@cache
def _kinds() -> dict[str, dict[str, Any]]:
    rows = yaml.safe_load((CATALOGUE / "document_kinds.yaml").read_text(encoding="utf-8"))["administrative"]
    return {row["code"]: row for row in rows}


def _issuer(chance: Random, codes: list[str]) -> Issuer:
    code = chance.choice(codes)
    if code == "commune":
        return chance.choice(_commune_issuers())
    return issuers()[code]


def _words(chance: Random, issuer: Issuer, day: date) -> tuple[dict[str, Any], date]:
    """What stands in the braces of a matter, and the day that {han} names."""
    rural, wards = _others(issuer.area)
    villages = chance.sample(rural, 3)
    due_on = later(day, chance.randint(7, 20))
    thousands = f"{chance.randint(420, 4900):,}".replace(",", ".")
    return {
        "ten": issuer.name,
        "noi": issuer.area,
        "Noi": issuer.area.capitalize()[:1] + issuer.area[1:],
        "xa": villages[0],
        "xa2": villages[1],
        "xa3": villages[2],
        "phuong": chance.choice(wards),
        "m": chance.randint(2, 9),
        "n": chance.randint(11, 38),
        "n2": chance.randint(41, 160),
        "n3": thousands,
        "pct": chance.randint(61, 98),
        "hang": chance.randint(3, 12),
        "hang2": chance.randint(3, 16),
        "dot": chance.randint(2, 6),
        "so": chance.randint(110, 1900),
        "tien": f"{chance.randint(15, 190) * 5} triệu đồng",
        "ky": chance.choice(_periods(day)),
        "nam": day.year,
        "nam_sau": day.year + 1,
        "ngay": written(later(day, chance.randint(5, 12))),
        "truoc": written(later(day, -chance.randint(3, 12))),
        "han": written(due_on),
        **{name: chance.choice(choices) for name, choices in FREE_WORDS.items()},
    }, due_on


@cache
def _others(area: str) -> tuple[list[str], list[str]]:
    """The communes and the wards of the province but the one given, by their full names."""
    others = [commune for commune in communes() if commune.full != area]
    return [one.full for one in others if one.kind == "xã"], [one.full for one in others if one.kind == "phường"]


@cache
def _periods(day: date) -> list[str]:
    """The last full month and quarter before a day, and the months of the year so far."""
    month, year = (day.month - 1, day.year) if day.month > 1 else (12, day.year - 1)
    quarter, quarter_year = ((day.month - 1) // 3, day.year) if day.month > 3 else (4, day.year - 1)
    return [
        f"tháng {month:02} năm {year}" if month < 3 else f"tháng {month} năm {year}",
        f"quý {['I', 'II', 'III', 'IV'][quarter - 1]} năm {quarter_year}",
        f"{month} tháng đầu năm {year}" if month < 12 else f"năm {year}",
    ]


def _number(chance: Random, issuer: Issuer, kind: str, day: date, given: dict[tuple[str, str], int]) -> str:
    """A number that fits the issuer's pace on that day and lies above its last one in the same series."""
    worked = (day - date(day.year, 1, 1)).days * 5 // 7
    series = (issuer.code, "letter" if kind == "official_letter" else kind)
    pace = issuer.pace if kind == "official_letter" else issuer.pace / 12
    number = max(int(worked * pace) + chance.randint(0, 3), given.get(series, 0) + 1, 1)
    given[series] = number
    return f"{number:02}"


def _addressed_to(issuer: Issuer, kind: str) -> tuple[str, ...]:
    if kind not in {"official_letter", "proposal", "invitation"}:
        return ()
    if issuer.place == "Hà Nội":
        return (f"{HOME_NAME} các tỉnh, thành phố trực thuộc Trung ương",)
    if issuer.group == "province":
        return (HOME_NAME, "Ủy ban nhân dân các xã, phường có liên quan")
    return (HOME_NAME,) if issuer.group in {"department", "commune"} else (f"{HOME_NAME} tỉnh Lào Cai",)


def _recipients(issuer: Issuer, kind: str, unit: str) -> tuple[str, ...]:
    first = {"decision": "Như Điều 3", "official_letter": "Như trên", "proposal": "Như trên", "invitation": "Như trên"}
    seen = {
        "province": ("Thường trực Tỉnh ủy (để báo cáo)", "Chủ tịch, các Phó Chủ tịch UBND tỉnh"),
        "department": ("Ủy ban nhân dân tỉnh (để báo cáo)", "Lãnh đạo cơ quan"),
        "commune": ("Thường trực Đảng ủy", "Chủ tịch, các Phó Chủ tịch UBND"),
        "outside": ("Lãnh đạo đơn vị (để báo cáo)",),
    }[issuer.group]
    return (f"{first.get(kind, HOME_NAME)};", *(f"{name};" for name in seen), f"Lưu: VT, {unit}.")


def _urgency(chance: Random) -> str:
    return chance.choices(list(URGENCIES), weights=list(URGENCIES.values()))[0]
