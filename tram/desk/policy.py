"""Who has which desk beside their own."""

from datetime import date

from tram.kernel.actors import LEADERS, Actor
from tram.kernel.verdicts import Verdict, allow_if


def headed_units(actor: Actor, on: date) -> list[int]:
    """The units that a person heads, in any of their hats."""
    return list(
        dict.fromkeys(g.unit for hat in actor.worn(on) for g in hat.grants if g.role == "unit_head" and g.valid(on))
    )


def led_agencies(actor: Actor, on: date) -> list[int]:
    """The agencies whose work a person oversees, in any of their hats: as leader or office chief."""
    above = {*LEADERS, "office_chief"}
    return list(dict.fromkeys(g.unit for hat in actor.worn(on) for g in hat.grants if g.role in above and g.valid(on)))


def may_share_out(actor: Actor, on: date) -> Verdict:
    """Phân việc: heads of units."""
    return allow_if(headed_units(actor, on), "Bảng phân việc dành cho lãnh đạo đơn vị.")


def may_follow(actor: Actor, on: date) -> Verdict:
    """Bảng theo dõi: heads of units, leaders, the office chief."""
    return allow_if(
        headed_units(actor, on) or led_agencies(actor, on),
        "Bảng theo dõi dành cho lãnh đạo đơn vị, chánh văn phòng và lãnh đạo cơ quan.",
    )
