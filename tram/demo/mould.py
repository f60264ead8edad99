"""Moulds: a kind of story is lived once through the commands, and all that it wrote becomes a form to be filled.

The people, papers and days of the trial bear marks that occur nowhere else. Wherever a mark stands in a row that the
commands wrote, the form has a blank. So the loader knows nothing of what a command writes: it learns it each time anew.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.apps import apps
from django.db import connection, transaction

from tram.audit.models import Event
from tram.audit.queries import told
from tram.demo.blanks import Addition, Blanks, Cast, Mould
from tram.demo.shapes import Shape
from tram.demo.shelf import Shelf
from tram.demo.trial import SEQ, Ground, Trial
from tram.documents.commands.cards import card_of

FIRST_ID, APART = 7_000_000_000, 10_000_000
"""Every table of the trial counts from its own ten million, so that a number tells whose it is."""
CARD, EVENT, FILE = "search_card", "audit_event", "files_file"
LATER = {EVENT: {"seq": f"{SEQ}", "prev": "qzprev", "hash": "qzhash"}, CARD: {"terms": "qzterms"}}
"""Columns that follow from the rows before, or from the filled row, and the marks that stand for them."""
MOST_HEADS = 2
"""Posts that are told of a division's work; stories of divisions with fewer need no trial of their own."""


class Foundry:
    """Casts moulds in tables of its own, which hide the true ones in this connection from `open` to `close`."""

    def __init__(self, contents: bytes, tables: Collection[str], shelf: Shelf) -> None:
        """`contents`: a file that the letters of the trial bring; `tables`: those that stories may write."""
        self.contents, self.tables, self.shelf = contents, tables, shelf
        self.moulds: dict[Shape, Mould] = {}
        self.casts: dict[Shape, Cast] = {}
        self.columns: dict[str, list[str]] = {}
        self.keyed: list[str] = []

    def open(self) -> None:
        """Lay the tables out and found the agency of the trial."""
        names = sorted(model._meta.db_table for model in apps.get_models() if model.__module__.startswith("tram."))
        with connection.cursor() as cursor:
            for turn, name in enumerate(names):
                cursor.execute(f"CREATE TEMP TABLE {name} (LIKE public.{name} INCLUDING ALL)")
                cursor.execute(
                    "SELECT attname, attidentity <> '' FROM pg_attribute"
                    " WHERE attrelid = %s::regclass AND attnum > 0 ORDER BY attnum",
                    [f"pg_temp.{name}"],
                )
                columns = dict(cursor.fetchall())
                self.columns[name] = list(columns)
                if columns.get("id"):
                    cursor.execute(f"ALTER TABLE {name} ALTER COLUMN id RESTART WITH {FIRST_ID + turn * APART}")
                    if name in self.tables:
                        self.keyed.append(name)
        self.ground = Ground(self.contents)

    def close(self) -> None:
        """Take the tables away; the true ones are seen again."""
        with connection.cursor() as cursor:
            for name in self.columns:
                cursor.execute(f"DROP TABLE pg_temp.{name}")

    def have(self, shapes: Iterable[Shape]) -> None:
        """Cast what these shapes ask for; what another process casts is taken from the shelf."""
        new = dict.fromkeys(shape for shape in shapes if shape not in self.moulds)
        missing = dict.fromkeys(full for shape in new if (full := _full(shape)) not in self.casts)
        for shape in missing:
            if self.shelf.claim(shape):
                self.casts[shape] = self._try(shape)
        for shape in missing.keys() - self.casts.keys():
            self.casts[shape] = self.shelf.take(shape)

    def mould(self, shape: Shape) -> Mould:
        """The mould of this shape; KeyError for one that we do not have."""
        if shape not in self.moulds:
            places = ((turn, place) for turn, heads in enumerate(shape.heads) for place in range(heads, MOST_HEADS))
            absent = [f"%(u{turn}.h{place}." for turn, place in places]
            self.moulds[shape] = self.casts[_full(shape)].without(absent)
        return self.moulds[shape]

    def _try(self, shape: Shape) -> Cast:
        self.ground.prepare(shape)
        with transaction.atomic():
            cast = self._cast(Trial(self.ground, shape))
            transaction.set_rollback(True)
        self.shelf.put(shape, cast)
        return cast

    def _cast(self, trial: Trial) -> Cast:
        trial.before()
        ends = [self._ends()]
        for _ in trial.live():
            ends.append(self._ends())
        marks = trial.marks_left()
        grown = [name for name in self.keyed if ends[-1][name] > ends[0][name]]
        written = {name: self._rows(name, f"WHERE id > {ends[0][name]} ORDER BY id") for name in grown}
        written[FILE] = self._rows(FILE, f"WHERE id::text = ANY('{{{','.join(trial.files())}}}')")
        steps = [Addition() for _ in ends[1:]]
        for name in grown:
            for place, (key, _) in enumerate(written[name]):
                turn = next(turn for turn, end in enumerate(ends[1:]) if key <= end[name])
                marks[str(key)] = f"{name}.{place}"
                steps[turn].rows.append((f"{name}.{place}", name))
        blank = Blanks(marks)
        events = [told(event, SEQ) for event in Event.objects.filter(pk__gt=ends[0][EVENT]).order_by("pk")]
        for (key, row), text in zip(written[EVENT], events, strict=True):
            turn = next(turn for turn, end in enumerate(ends[1:]) if key <= end[EVENT])
            steps[turn].events.append((blank(text), blank(row)))
        blocks = {name: blank("".join(row for _, row in rows)) for name, rows in written.items() if rows}
        del blocks[EVENT]
        card = {name: blank(text) for name, text in _found_by(trial).items()} if CARD in blocks else {}
        return Cast(steps, blocks, card)

    def _ends(self) -> dict[str, int]:
        """The last key of each table."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(f"(SELECT COALESCE(max(id), 0) FROM {name})" for name in self.keyed))
            return dict(zip(self.keyed, cursor.fetchone(), strict=True))

    def _rows(self, name: str, where: str) -> list[tuple[int, str]]:
        """Rows of a table as COPY writes them, each with its key; 0 for a key that is not counted."""
        later = LATER.get(name, {})
        cells = ", ".join(f"'{later[column]}'" if column in later else f'"{column}"' for column in self.columns[name])
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL timezone = 'UTC'")
            with cursor.copy(f"COPY (SELECT {cells} FROM {name} {where}) TO STDOUT") as rows:
                text = b"".join(rows).decode()
        lines = text.splitlines(keepends=True)
        return [(int(line.split("\t", 1)[0]) if name in self.keyed else 0, line) for line in lines]


def _full(shape: Shape) -> Shape:
    """The shape with as many heads as a division may have: one trial serves all with fewer."""
    return replace(shape, heads=tuple(MOST_HEADS for _ in shape.heads))


def _found_by(trial: Trial) -> dict[str, str]:
    """What the index was told last; not every step that lets somebody read tells it at once."""
    card = card_of(trial.document())
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT unnest(tsvector_to_array(terms)) FROM {CARD} WHERE key = %s", [card.key])
        kept = [term for (term,) in cursor.fetchall()]
    return {
        "title": card.title, "line": card.line, "body": card.body, "number": card.number, "sender": card.sender,
        "readers": " ".join(term[1:] for term in kept if term.startswith("=")), "numbers": " ".join(card.other_numbers), "due": "yes" if "!due" in kept else "",
    }  # fmt: skip
