"""Plain text: letters and line ends, nothing else."""

from typing import BinaryIO

from tram.files.rules.refusals import Limits, refusal, size_text

STEP = 1024 * 1024
CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 12, 13))
WIDE = (b"\xff\xfe", b"\xfe\xff")


def check_text(file: BinaryIO, size: int, limits: Limits) -> None:
    """Raises FileRefused when a .txt is too large or holds control bytes (old Vietnamese encodings have none)."""
    if size > limits.text_size:
        raise refusal("text_too_big", size=size_text(size), limit=size_text(limits.text_size))
    file.seek(0)
    if file.read(2) in WIDE:
        return
    file.seek(0)
    while piece := file.read(STEP):
        if len(piece.translate(None, CONTROLS)) != len(piece):
            raise refusal("text_binary")
