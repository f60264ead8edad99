"""States of a number in a book (NĐ 30/2020 Điều 15: numbers are never used again)."""

from enum import StrEnum

from tram.kernel.moves import Moves


class NumberState(StrEnum):
    USED, RESERVED, VOID = "used", "reserved", "void"


NUMBER_MOVES = Moves(
    {
        (NumberState.RESERVED, "use"): NumberState.USED,
        (NumberState.RESERVED, "void"): NumberState.VOID,
        (NumberState.USED, "void"): NumberState.VOID,
    },
    {NumberState.USED: "đã dùng", NumberState.RESERVED: "giữ chỗ", NumberState.VOID: "hủy"},
)
