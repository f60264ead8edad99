"""Where signatures stand on the page (NĐ 30/2020/NĐ-CP, Phụ lục I). Sides in points from the lower left."""

from datetime import datetime

from tram.signing.rules.orders import Box

MM = 72 / 25.4
SEAL_SIDE = 36 * MM
"""Round seals of state agencies are drawn in their true size."""
COVERED = 1 / 3
CORNER = (120 * MM, 10 * MM)
"""The text at the top right of attachments and copies: width and height."""


def seal_box(signer: Box, side: float = SEAL_SIDE) -> Box:
    """The agency's seal: covers a third of the signer's picture, on its left, at the same height."""
    right = signer.left + (signer.right - signer.left) * COVERED
    middle = (signer.bottom + signer.top) / 2
    return Box(signer.page, right - side, middle - side / 2, right, middle + side / 2)


def corner_words(first: str, at: datetime) -> str:
    """`15/QĐ-STTTT; 05/01/2026 09:30:12 +07:00`: number and notation (or form of copy and agency), day, hour, zone."""
    zone = at.strftime("%z")
    return f"{first}; {at:%d/%m/%Y %H:%M:%S} {zone[:3]}:{zone[3:5]}"
