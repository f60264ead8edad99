"""The hostile corpus, made by code: every file that must be refused, and why."""

from functools import cache

from tests.files import corpus_images, corpus_kinds, corpus_office, corpus_pdf, corpus_zips, sounds
from tests.files.builders import Hostile


@cache
def corpus() -> tuple[Hostile, ...]:
    """All hostile files, in a fixed order."""
    groups = [
        corpus_kinds.by_content(), corpus_kinds.by_name(), corpus_zips.hostile(), corpus_office.programs(),
        corpus_office.reaching_out(), corpus_office.malformed(), corpus_pdf.acting(), corpus_pdf.hiding(),
        corpus_pdf.broken(), corpus_images.jpegs(), corpus_images.pngs(),
        sounds.hostile(),
    ]  # fmt: skip
    return tuple(file for group in groups for file in group)
