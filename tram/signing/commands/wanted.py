"""What another room says when it wants something signed."""

import dataclasses
from dataclasses import dataclass
from uuid import UUID

from tram.signing.rules.orders import Box as Box
from tram.signing.rules.orders import Field as Field
from tram.signing.states import ATTACHMENT as ATTACHMENT
from tram.signing.states import COPY as COPY
from tram.signing.states import PERSONAL
from tram.signing.states import SEAL as SEAL


@dataclass(frozen=True, slots=True)
class Filled:
    """Ô được điền: the value of a reserved text; its box's sides in points, the letters' size too.

    `is_right`: at the right end of the box, as a number stands before its "/".
    """

    name: str
    value: str
    width: float
    height: float
    size: float = 13
    is_italic: bool = False
    is_right: bool = False


@dataclass(frozen=True, slots=True)
class Capacity:
    """Tư cách ký: "KT.", "TL." … and the ground for it: a sentence, and refs or texts that prove it on that day."""

    mark: str = ""
    authority: str = ""
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """Lượt ký được yêu cầu.

    `about`: ref of the paper. `field`: the reserved signature field; for attachments and copies it is made now, with
    `corner` (number and notation, or form of copy and agency) as its first words. `certifies`: the paper's first
    signature. `lasts`: B-LTA, else B-LT. `name`: of the file that comes out.
    """

    about: str
    file: UUID
    certificate: int
    field: str
    role: str = PERSONAL
    capacity: Capacity = dataclasses.field(default_factory=Capacity)
    certifies: bool = False
    fills: tuple[Filled, ...] = ()
    corner: str = ""
    lasts: bool = True
    name: str = ""

    @property
    def purpose(self) -> str:
        """What the fresh proof of identity must be for."""
        return f"signing.sign:{self.about}"
