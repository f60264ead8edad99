"""Actors: who does a thing, from which post, and for whom. Rights follow the post on its dates."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from tram.kernel.verdicts import Verdict

Thing = TypeVar("Thing")

LEADERS = frozenset({"director", "deputy_director", "chair", "vice_chair"})
WORKERS = frozenset({
    "specialist", "assistant", "inspector", "editor", "publisher", "archivist", "auditor", "desk_officer",
    "statistician", "unit_head", "office_chief", *LEADERS,
})  # fmt: skip
"""Roles that do an agency's own work: they draft its letters and make up its files."""

ROLES = {
    "clerk": "văn thư",
    "specialist": "chuyên viên",
    "unit_head": "lãnh đạo đơn vị",
    "office_chief": "chánh văn phòng",
    "director": "thủ trưởng cơ quan",
    "deputy_director": "phó thủ trưởng cơ quan",
    "chair": "chủ tịch",
    "vice_chair": "phó chủ tịch",
    "assistant": "trợ lý lãnh đạo",
    "desk_officer": "bộ phận một cửa",
    "inspector": "thanh tra",
    "editor": "biên tập cổng",
    "publisher": "duyệt xuất bản cổng",
    "statistician": "thống kê",
    "archivist": "lưu trữ",
    "admin_org": "quản trị cơ quan",
    "admin_province": "quản trị tỉnh",
    "auditor": "kiểm tra nhật ký",
}


@dataclass(frozen=True, slots=True)
class Grant:
    """Quyền: one role over one unit, on given days (both ends included)."""

    role: str
    unit: int
    since: date
    until: date | None = None

    def valid(self, on: date) -> bool:
        """Whether the grant holds on that day."""
        return self.since <= on and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Hat:
    """Tư cách: a post held on given days, one's own or, as dated substitute, somebody else's ("A thay B")."""

    post: int
    title: str
    unit: int
    unit_name: str
    agency: int
    agency_name: str
    grants: tuple[Grant, ...]
    since: date
    until: date | None = None
    principal: int | None = None
    principal_name: str = ""

    def valid(self, on: date) -> bool:
        """Whether the post is held on that day."""
        return self.since <= on and (self.until is None or on <= self.until)

    def holds(self, role: str, unit: int, on: date) -> bool:
        """Whether this hat carries the role over the unit that day."""
        return self.valid(on) and any(g.role == role and g.unit == unit and g.valid(on) for g in self.grants)


@dataclass(frozen=True, slots=True)
class Actor:
    """Người thao tác: an account and its hats. Writes rest on the acting hat, reading on all of them."""

    account: int | None
    name: str
    hats: tuple[Hat, ...] = ()
    acting: Hat | None = None
    is_system: bool = False

    @classmethod
    def system(cls) -> "Actor":
        """The installation itself: first set-up and periodic jobs. No request ever gets this actor."""
        return cls(account=None, name="Hệ thống", is_system=True)

    @property
    def agency(self) -> int:
        """The acting hat's agency; 0 when there is none."""
        return self.acting.agency if self.acting else 0

    def holds(self, role: str, unit: int, on: date) -> bool:
        """Whether the acting hat carries the role over the unit that day."""
        return self.acting is not None and self.acting.holds(role, unit, on)

    def leads(self, unit: int, on: date) -> bool:
        """Whether the acting hat leads the unit as its director, chair or one of their deputies."""
        return any(self.holds(role, unit, on) for role in LEADERS)

    def wearing(self, post: int | None) -> "Actor":
        """The same person acting from the hat of `post`, where they have it; else unchanged."""
        hat = next((hat for hat in self.hats if hat.post == post), None)
        return replace(self, acting=hat) if hat else self

    def worn(self, on: date) -> Iterator[Hat]:
        """The hats that hold on that day."""
        return (hat for hat in self.hats if hat.valid(on))

    def posts(self, on: date) -> list[int]:
        """Every post this person may act from that day, own first."""
        return [hat.post for hat in sorted(self.worn(on), key=lambda hat: hat.principal is not None)]

    def keys(self, on: date) -> list[str]:
        """Reader keys: "post.5", "unit.34", "agency.12" and "<role>.<unit>" for each role held."""
        keys: dict[str, None] = {}
        for hat in self.worn(on):
            keys |= dict.fromkeys((f"post.{hat.post}", f"unit.{hat.unit}", f"agency.{hat.agency}"))
            keys |= {f"{grant.role}.{grant.unit}": None for grant in hat.grants if grant.valid(on)}
            keys |= {f"leader.{grant.unit}": None for grant in hat.grants if grant.role in LEADERS and grant.valid(on)}
        return list(keys)


ANONYMOUS = Actor(account=None, name="Khách")


def wear(actor: Actor, thing: Thing, permit: Callable[[Actor, Thing, date], Verdict], on: date) -> Actor:
    """The actor in the hat that may: the one inbox shows the work of all hats, so nobody need choose one first."""
    others = (actor.wearing(hat.post) for hat in actor.worn(on))
    return next((who for who in (actor, *others) if permit(who, thing, on)), actor)


def entitled(actor: Actor, thing: Thing, permit: Callable[[Actor, Thing, date], Verdict], on: date) -> Actor:
    """The actor in the hat that may do it; raises Refused with the reason when none may."""
    worn = wear(actor, thing, permit, on)
    permit(worn, thing, on).or_refuse()
    return worn
