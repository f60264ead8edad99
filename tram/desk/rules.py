"""The guides of the help page: one for each kind of work."""

from collections.abc import Collection

GUIDES = {
    "van-thu": "Văn thư",
    "chuyen-vien": "Chuyên viên",
    "lanh-dao-don-vi": "Lãnh đạo đơn vị, chánh văn phòng",
    "lanh-dao": "Lãnh đạo cơ quan",
    "xa": "Cán bộ xã",
    "quan-tri": "Quản trị",
}
BY_ROLE = (
    ("clerk", "van-thu"), ("office_chief", "lanh-dao-don-vi"), ("unit_head", "lanh-dao-don-vi"),
    ("director", "lanh-dao"), ("deputy_director", "lanh-dao"), ("chair", "lanh-dao"), ("vice_chair", "lanh-dao"),
    ("admin_org", "quan-tri"), ("admin_province", "quan-tri"),
)  # fmt: skip


def guide_for(roles: Collection[str], *, is_commune: bool) -> str:
    """The guide that opens first for somebody with these roles."""
    if is_commune:
        return "xa"
    return next((guide for role, guide in BY_ROLE if role in roles), "chuyen-vien")
