"""A house in which every free text is a hostile one: each payload has a unit, a public article with a file, a public letter, a comment.

Rows are written beside the commands, which would tidy some of it away: whatever stands in the tables must be shown as words.
"""

import io
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import models

from tests.cast import AT, Cast
from tests.gazette.public import Publishing
from tests.hostile.payloads import PAYLOADS
from tests.news.desk import TEXT, Desk
from tests.outgoing.office import Office, open_books
from tests.portal.payloads import attacked
from tests.visits.test_figures import FIGURE, OCTOBER
from tram.demo.painting import terraces
from tram.files.commands import store
from tram.files.models import File
from tram.kernel.actors import Actor
from tram.news.commands.old import take_in
from tram.news.models import Address, Article, Attachment, Comment, Publication, Revision
from tram.news.rules.content import Block, Content
from tram.outgoing.models import Outgoing, Version
from tram.portal.models import Site
from tram.portal.plugs import ArticleCards, DocumentCards
from tram.search.commands import put
from tram.visits.models import Population, Ranking, Standing


def clones(one: models.Model, **lists: Any) -> list[Any]:
    """A row again for each of the values that some fields are given, one by one."""
    made = []
    for number in range(len(next(iter(lists.values())))):
        row = copy(one)
        row.pk, row._state = None, models.base.ModelState()
        for name, values in lists.items():
            setattr(row, name, values[number])
        made.append(row)
    return list(type(one)._default_manager.bulk_create(made))


class House:
    """Everything that was planted, and who reads it."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.desk, self.count = cast, Desk(cast), len(PAYLOADS)
        self.units = clones(cast.xa, name=[one[:200] for one in PAYLOADS], abbr=[one[:30] for one in PAYLOADS])
        self.slugs = [f"so-{number}" for number in range(self.count)]
        Site.objects.bulk_create(
            Site(agency=unit, slug=slug) for unit, slug in zip(self.units, self.slugs, strict=True)
        )
        self._articles()
        self._letters()
        self._figures()
        for cards in (ArticleCards(), DocumentCards()):
            for card in cards.cards(0, 2 * self.count):
                put(actor=Actor.system(), at=AT, card=card)

    def _articles(self) -> None:
        agency = self.cast.units["skhcn"].pk
        brought = {"actor": self.desk.who("lan"), "at": AT, "agency": agency}
        picture = store(stream=io.BytesIO(terraces()), name="anh.jpg", **brought)
        files = self._files(picture)
        one = self.desk.public()
        self.articles = clones(one, title=list(PAYLOADS), slug=self.slugs, writer_name=list(PAYLOADS))
        contents = [_content(payload, file) for payload, file in zip(PAYLOADS, files, strict=True)]
        plain, digests = [one.plain() for one in contents], [one.digest for one in contents]
        revisions = clones(
            Revision.objects.get(article=one), article=self.articles, content=plain, digest=digests, note=list(PAYLOADS),
            by_name=list(PAYLOADS),
        )  # fmt: skip
        clones(
            Publication.objects.get(article=one), article=self.articles, revision=revisions, agency=self.units,
            digest=digests, correction=list(PAYLOADS), since_at=[AT + timedelta(minutes=n) for n in range(self.count)],
        )  # fmt: skip
        for article, slug, file in zip(self.articles, self.slugs, files, strict=True):
            Address.objects.create(slug=slug, article=article, since_at=AT)
            Attachment.objects.create(article=article, file=file)
        Article.objects.filter(pk__in=[one.pk for one in self.articles[::48]]).update(state="draft")
        for text in PAYLOADS:
            Comment.objects.create(article=one, number=1, text=text, account_id=one.writer_id, by_name=text, at=AT)
        body = tuple(block for payload in PAYLOADS[::4] for block in attacked(payload).body)[:390]
        self.long = self.desk.draft(replace(TEXT, body=body))
        old = "\n\n".join(["Tít bài cũ", "(binhson.vn) -", *(_printable(one) for one in PAYLOADS)])
        self.old = take_in(actor=self.desk.who("nga"), at=AT, agency=one.agency, name="bai.txt", data=old.encode())

    def _files(self, picture: File) -> list[File]:
        return [
            File.objects.create(name=name.replace("/", "∕"), blob=picture.blob, uploaded_at=AT, agency=picture.agency)
            for name in PAYLOADS
        ]

    def _letters(self) -> None:
        open_books(self.cast)
        house = Publishing(Office(self.cast))
        shown = house.public()
        numbers = [50_000 + number for number in range(self.count)]
        letters = clones(
            Outgoing.objects.get(pk=shown.letter_id), subject=list(PAYLOADS), number=numbers, proof_code=[None] * self.count,
            code_number=[str(number) for number in numbers],
        )  # fmt: skip
        clones(Version.objects.get(document=shown.letter_id), document=letters)
        clones(
            shown, letter=letters, slug=[f"vb-{number}" for number in numbers], subject=list(PAYLOADS), agency=self.units,
            signer=list(PAYLOADS), code=[one[:45] for one in PAYLOADS],
        )  # fmt: skip
        self.documents = [f"vb-{number}" for number in numbers]

    def _figures(self) -> None:
        told = {"agency": self.cast.units["province"], "at": AT, "publisher": PAYLOADS[6], "by_name": PAYLOADS[7]}
        ranking = Ranking.objects.create(month=OCTOBER, number=1, document=PAYLOADS[8], reason=PAYLOADS[9], **told)
        Standing.objects.bulk_create(
            Standing(
                ranking=ranking, agency=unit, name=payload[:200], kind="commune", visits=1, people=9, source=payload, place=1,
                of=1, counted_on=FIGURE["counted_on"],
            )
            for unit, payload in zip(self.units, PAYLOADS, strict=True)
        )  # fmt: skip
        Population.objects.bulk_create(
            Population(
                agency=self.cast.xa, since=date(2000 + number % 25, 1, 1), people=9, counted_on=FIGURE["counted_on"],
                source=payload, by_name=payload, at=AT,
            )
            for number, payload in enumerate(PAYLOADS)
        )  # fmt: skip


def _printable(text: str) -> str:
    """Without letters by which a file is told to be no text."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def _content(payload: str, file: File) -> Content:
    content = attacked(payload)
    shown = (
        Block("picture", file=str(file.pk), caption=payload, credit=payload, consent="public", alt=payload),
        Block("file", file=str(file.pk), text=payload),
    )
    return replace(content, body=(*content.body, *shown))
