"""Sockets of the reading room: machine readers of scanned pages."""

from typing import Protocol

from PIL import Image

from tram.kernel.registry import Registry
from tram.reading.rules.engines import Tesseract, TrueOcr
from tram.reading.rules.page import Line


class Engine(Protocol):
    """A machine reader. It loads what it needs with its first page, never when it is plugged in."""

    name: str

    def ready(self) -> bool:
        """Whether it can read on this machine."""
        ...

    def read(self, image: Image.Image) -> list[Line]:
        """The lines of one page with boxes as fractions of the page and how sure it is, 0..1."""
        ...


engines: Registry[Engine] = Registry()
engines.plug("trueocr", TrueOcr())
engines.plug("tesseract", Tesseract())
