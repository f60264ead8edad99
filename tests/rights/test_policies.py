"""Every rule of every room, asked of everybody about everything of the scene: no condition is left untried.

Each argument is drawn from a pool by its type and name, so a new rule is asked without a line here; one that takes
something new fails until its pool is written.
"""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from importlib import import_module
from itertools import islice, product
from random import Random
from types import ModuleType
from typing import Any, get_type_hints
from uuid import UUID

import pytest

from tests.house.plan import ROOMS, TRAM
from tests.rights.branches import Ways
from tests.rights.engine import undone
from tests.rights.made import outputs
from tests.rights.scene import AT, NO_PK, Scene, _file
from tests.rights.table import ALL
from tram.documents.models import Direction, Incoming
from tram.files.models import File, Upload
from tram.identity.models import Account, Attempt, SignIn
from tram.identity.rules import subject
from tram.indicators.models import Figure, Series, Sheet
from tram.kernel.actors import ANONYMOUS, LEADERS, Actor
from tram.kernel.verdicts import Refused, Verdict
from tram.news.models import Article, OldFile
from tram.organisation.models import NumberBook, Post, Unit
from tram.outgoing.models import Opinion, Outgoing
from tram.outgoing.policy import PERMITS as OUTGOING_PERMITS
from tram.outgoing.states import State as OutgoingState
from tram.outputs.models import Output
from tram.signing.models import Certificate
from tram.tasks.models import Task
from tram.tasks.policy import PERMITS
from tram.voices.models import Draft, Voice
from tram.workfiles.models import Disposal, HandOver, Plan, WorkFile
from tram.workfiles.policy import may_fill
from tram.workfiles.states import State as FileState

DAY = AT.date()
NO_FILE = UUID(int=1)
MOST = 6000
"""How many of a rule's combinations are asked; where there are more, these many by one die."""
ODD = [Incoming(registered_at=AT, **told) for told in ({"veiled": True}, {"recall_reason": "Gửi nhầm nơi nhận."})]
"""Papers that the scene does not have."""
ROUND = MOST if ALL else 250
"""So many combinations of every rule are asked in turn, until every way of the module was gone."""
WORDS: dict[Any, list[Any]] = {
    "role": ["director", "admin_province", *LEADERS],
    "kind": ["handle", "direct", "inform", "comment"],
    "step": ["present", "direct", "close", "cancel", "correct"],
    "slug": list(PERMITS),
    "may": list(PERMITS.values()),
    "door": ["password"],
    "who": ["lan", "ai"],
    "address": ["127.0.0.1", "203.0.113.7", "203.0.113.8"],
    "permit": list(OUTGOING_PERMITS.values()),
    "rule": [may_fill],
    "mark": ["", "KT.", "TL.", "TUQ."],
    "authority": ["", "12/QĐ-SKHCN"],
    "evidence": [(), ("giấy ủy quyền",)],
    "password": ["ngắn", "password123", "hoang.thi.lan", "Hoàng Thị Lan", "con-song-chay-mai-ra-bien"],
}
"""What a text may be, by the name of the parameter."""
POLICIES = [import_module(f"tram.{room}.policy") for room in sorted(ROOMS) if (TRAM / room / "policy.py").exists()]


def actors(scene: Scene) -> list[Actor]:
    """Everybody, the installation, a visitor, those whose hats have run out, one whose role is over another agency."""
    found = [scene.cast.actor(login) for login in scene.cast.accounts]
    son = scene.cast.actor("son")
    old = tuple(replace(hat, until=DAY - timedelta(days=1)) for hat in son.hats)
    ended = tuple(
        replace(hat, grants=tuple(replace(grant, until=DAY - timedelta(days=1)) for grant in hat.grants))
        for login in ("son", "dung", "tinh", "quan", "tam")
        for hat in scene.cast.actor(login).hats
    )
    assert son.acting is not None
    abroad = replace(son.acting, grants=tuple(replace(grant, unit=NO_PK) for grant in son.acting.grants))
    over = [replace(son, hats=(hat,), acting=hat) for hat in (*ended, abroad)]
    return [*found, *over, replace(son, hats=old, acting=old[0]), replace(son, acting=None), Actor.system(), ANONYMOUS]


def sign_ins(scene: Scene) -> list[SignIn]:
    """Living and fresh; left alone; too old; ended; of a closed account; proved long ago, or in the future."""
    lan, closed = scene.cast.accounts["lan"], Account.objects.get(login="viet")
    hour = timedelta(hours=1)
    good: dict[str, Any] = {"account": lan, "started_at": AT - hour, "seen_at": AT, "proved_at": AT}
    bad: list[dict[str, Any]] = [
        {}, {"seen_at": AT - 9 * hour}, {"started_at": AT - 13 * hour}, {"ended_at": AT}, {"account": closed},
        {"proved_at": AT - hour}, {"proved_at": AT + hour},
    ]  # fmt: skip
    return [SignIn(**{**good, **change}) for change in bad]


def certificates(scene: Scene) -> list[Certificate]:
    """Lan's own and the agency's seal; each good, withdrawn, revoked yesterday, to be revoked, not begun, run out."""
    day = timedelta(days=1)
    agency = scene.cast.units["skhcn"].pk
    bad: list[dict[str, Any]] = [
        {}, {"withdrawn_at": AT, "withdrawn_for": "Mất thiết bị."}, {"revoked_at": AT - day}, {"revoked_at": AT + day}, {"since": AT + day},
        {"until": AT - day},
    ]  # fmt: skip
    good: dict[str, Any] = {"agency": agency, "since": AT - 2 * day, "until": AT + 9 * day}
    owners = (scene.cast.accounts["lan"], None)
    return [Certificate(**{**good, "account": owner, **change}) for owner in owners for change in bad]


def outgoings(scene: Scene) -> list[Outgoing]:
    """Lan's letter in every state, before Sơn, with its page and without, by hand and not; one of an agency without office chief."""
    cast = scene.cast
    own = {
        "agency": cast.units["skhcn"],
        "unit": cast.units["telecoms"],
        "drafter": cast.posts["lan"],
        "kind": "decision",
    }
    theirs = {"agency": cast.units["xa"], "unit": cast.units["xa"], "drafter": cast.posts["binh"], "kind": "plan"}
    shapes: list[dict[str, Any]] = [{}, {"paper_id": NO_FILE}, {"is_on_paper": True}]
    found = [
        Outgoing(**{**own, "signer": cast.posts["son"], "state": state.value, **shape})
        for state in OutgoingState
        for shape in shapes
    ]
    closed = {**own, "state": OutgoingState.ISSUED.value, "paper_id": NO_FILE}
    left = [Outgoing(**closed, **more) for more in ({"field": "personnel"}, {"field": ""})]
    copy = Outgoing(**{**closed, "kind": "true_copy"})
    return [*found, *left, copy, *(Outgoing(**theirs, state=state.value) for state in OutgoingState)]


def work_files(scene: Scene) -> list[WorkFile]:
    """Lan's file in every state, to be handed over and not."""
    cast = scene.cast
    own = {"agency": cast.units["skhcn"], "unit": cast.units["telecoms"], "creator": cast.posts["lan"]}
    return [WorkFile(**own, state=state.value, due_on=due) for state in FileState for due in (DAY, None)]


def archive(scene: Scene) -> dict[Any, list[Any]]:
    """Plans, hand-overs and disposals of Lan's agency; one disposal was proposed by its director himself."""
    cast = scene.cast
    agency = cast.units["skhcn"]
    return {
        WorkFile: work_files(scene),
        "thing": work_files(scene)[:2],
        Plan: [Plan(agency=agency)],
        HandOver: [HandOver(agency=agency, post=cast.posts["lan"])],
        Disposal: [Disposal(agency=agency, proposer=cast.accounts[who]) for who in ("hoa", "son")],
    }


def news(scene: Scene) -> dict[Any, list[Any]]:
    """Articles of two agencies, written by one who sits there, who leads it, who does not; revisions by the same; an old file;
    questions to both, drafts of both, figures of both.
    """
    cast = scene.cast
    writers = [cast.accounts[who] for who in ("lan", "son", "tuan")]
    return {
        Article: [
            Article(agency=cast.units[key], writer=who, state=state, corrected_by=corrector)
            for corrector in (None, cast.accounts["son"])
            for key in ("skhcn", "stc")
            for who in writers
            for state in ("draft", "with_editor")
        ],
        OldFile: [OldFile(agency=cast.units["skhcn"])],
        Voice: [
            Voice(agency=cast.units[key], answerer=who, article_id=article, answer=answer)
            for key in ("skhcn", "stc")
            for who in (None, *writers)
            for article, answer in ((None, ""), (NO_PK, ""), (NO_PK, "Sẽ làm."))
        ],
        Draft: [
            Draft(agency=cast.units[key], writer=writer, summer=summer, state=state)
            for key in ("skhcn", "stc")
            for writer in writers
            for summer in (None, cast.accounts["tam"])
            for state in ("worded", "summed")
        ],
        Figure: [
            Figure(series=Series(agency=cast.units[key]), writer=writer)
            for key in ("skhcn", "stc")
            for writer in writers
        ],
        Sheet: [Sheet(agency=cast.units[key], bringer=writer) for key in ("skhcn", "stc") for writer in writers],
        "author": [who.pk for who in writers],
    }


def pools(scene: Scene) -> dict[Any, list[Any]]:
    """What a parameter may be, by its name or else its type."""
    posts = list(Post.objects.select_related("unit__agency"))
    units, nowhere = list(Unit.objects.select_related("agency")), Unit(pk=NO_PK, agency=None)
    lost = replaced(posts[0], nowhere)
    for days in (-1, 1):
        ending = Unit.objects.select_related("agency").get(pk=scene.cast.units["telecoms"].pk)
        ending.abolished_on = DAY + timedelta(days=days)
        units.append(ending)
    return {
        Actor: actors(scene),
        date: [DAY, DAY, DAY, date(2020, 1, 1)],
        datetime: [AT],
        Incoming: [*Incoming.objects.order_by("pk"), *ODD],
        Direction: list(Direction.objects.select_related("document")),
        Task: [
            *Task.objects.exclude(about__startswith="outgoing.").order_by("pk"),
            *Task.objects.filter(about__startswith="outgoing.").order_by("pk")[:1],
            Task(kind="inform", state="assigned", about="", hidden_until=DAY, due_on=DAY, post=posts[0]),
        ],
        Unit: [*units, nowhere],
        Unit | None: [*units, None, nowhere],
        Post: [*posts, lost],
        NumberBook: list(NumberBook.objects.all()),
        Account: list(Account.objects.all()),
        SignIn: sign_ins(scene),
        File: [*File.objects.all(), _file(scene.cast, "lan", "roi", "khong-ai-giu")],
        Certificate: certificates(scene),
        Outgoing: outgoings(scene),
        Opinion: [Opinion(task=task) for task in Task.objects.order_by("pk")[:20]],
        Upload: list(Upload.objects.all()),
        Output: outputs(scene.cast),
        bool: [True, False],
        int: [unit.pk for unit in units],
        int | None: [*(unit.pk for unit in units), None],
        **archive(scene),
        **news(scene),
        **WORDS,
    }


def replaced(post: Post, unit: Unit) -> Post:
    """A seat as if it were of that unit."""
    other = Post.objects.get(pk=post.pk)
    other.unit = unit
    return other


def calls(rule: Callable[..., Any], held: dict[Any, list[Any]]) -> Iterator[dict[str, Any]]:
    """The arguments with which a rule is asked."""
    hints = get_type_hints(rule)
    names = list(inspect.signature(rule).parameters)
    drawn = [held[name] if name in held else held[hints[name]] for name in names]
    every = 1
    for values in drawn:
        every *= len(values)
    if every <= MOST:
        yield from (dict(zip(names, values, strict=True)) for values in product(*drawn))
        return
    dice = Random(2026)
    for number in range(MOST):
        picked = [dice.choice(values) for values in drawn]
        picked[0] = drawn[0][number % len(drawn[0])]
        yield dict(zip(names, picked, strict=True))


def rules_of(module: ModuleType) -> list[Callable[..., Any]]:
    """The rules that a policy module states itself."""
    own = [thing for thing in vars(module).values() if getattr(thing, "__module__", "") == module.__name__]
    return [thing for thing in own if inspect.isfunction(thing) and not thing.__name__.startswith("_")]


def answered(rule: Callable[..., Any], arguments: dict[str, Any]) -> Verdict | None:
    """What the rule says where it gives a verdict; a refusal without a sentence is a fault."""
    try:
        verdict = rule(**arguments)
    except Refused as refusal:
        assert refusal.reason
        return None
    if not isinstance(verdict, Verdict):
        return None
    assert verdict or verdict.reason.endswith("."), f"{rule.__name__}: {verdict.reason!r}"
    return verdict


@pytest.mark.parametrize("module", POLICIES, ids=[module.__name__.split(".")[1] for module in POLICIES])
def test_every_condition_goes_both_ways_and_every_refusal_says_why(scene: Scene, module: ModuleType) -> None:
    ways, told = Ways([module]), {True: 0, False: 0}
    with undone():
        for _ in range(12):
            Attempt.objects.create(subject=subject("password", "lan"), address="203.0.113.7", is_house=False, at=AT)
        held = pools(scene)
        with ways.watched():
            asking = {rule: calls(rule, held) for rule in rules_of(module)}
            for _ in range(0, MOST, ROUND):
                for rule, left in asking.items():
                    for arguments in islice(left, ROUND):
                        if (verdict := answered(rule, arguments)) is not None:
                            told[bool(verdict)] += 1
                if all(told.values()) and not ways.missing():
                    break
    assert told[True] and told[False]
    assert not ways.missing(), f"of {ways.count} ways:\n" + "\n".join(ways.missing())
    print(f"\n{module.__name__}: {ways.count} ways, {told}")  # noqa: T201
