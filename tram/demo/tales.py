"""What happens to a letter on each path, step by step."""

from collections.abc import Callable, Sequence
from datetime import date

from tram.demo.days import later
from tram.demo.steps import Path, Step, Verb
from tram.demo.story import Story

LAST = {Verb.CONFIRM, Verb.CANCEL}
OUT_OF_TIME = {Path.CLOSED_LATE, Path.OVERDUE}
IN_TIME = {
    Path.DIRECTED, Path.ASSIGNED, Path.IN_PROGRESS, Path.PROGRESS_REPORTED, Path.RETURNED_ONCE, Path.EXTENSION_ASKED,
    Path.SUBMITTED,
}  # fmt: skip


def tell(story: Story, path: Path) -> tuple[Step, ...]:
    """All steps of a letter that takes this path. What others do beside the main line ends when it ends."""
    story.due_on = due(story, path)
    receive(story)
    TALES[path](story)
    end = next((step.at for step in story.steps if step.verb in LAST), None)
    steps = [step for step in story.steps if end is None or step.at <= end]
    return tuple(sorted(steps, key=lambda step: step.at))


def due(story: Story, path: Path) -> date:
    """The leader's term: within the issuer's own, in the past for what is late, not yet reached for what is open."""
    days = (2, 3) if story.urgent else (4, 7) if path in OUT_OF_TIME else (6, 10)
    found = later(story.arrived_on, story.chance.randint(*days), story.works)
    if story.letter.due_on:
        found = min(found, story.letter.due_on)
    return max(found, later(story.today, story.chance.randint(1, 4), story.works)) if path in IN_TIME else found


def receive(story: Story) -> None:
    form = story.chance.choices(("pdf", "scan", "paper"), weights=(88, 6, 6))[0]
    story.steps.append(Step(Verb.RECEIVE, story.cabinet.clerk, story.at, {"form": form}))


def register(story: Story) -> None:
    story.then(Verb.REGISTER, story.cabinet.clerk, (4, 50))


def present(story: Story) -> None:
    register(story)
    story.then(Verb.PRESENT, story.cabinet.clerk, (5, 150), to=story.leader)


def direct(story: Story) -> None:
    present(story)
    others = [code for code in story.cabinet.divisions if code != story.unit]
    joining = _some(story, others, story.chance.choices((0, 1, 2), weights=(60, 30, 10))[0])
    informed = _some(story, [code for code in others if code not in joining], story.chance.randint(0, 1))
    note = story.say("urgent" if story.urgent else "direct")
    story.then(Verb.DIRECT, story.leader, (20, 330), lead=story.unit, coordinating=joining, informed=informed,
               due_on=story.due_on, note=note)  # fmt: skip
    for code in informed:
        if story.chance.random() < 0.8:
            story.aside(Verb.READ, story.cabinet.heads[code], (60, 1500))
    for code in joining:
        if story.chance.random() < 0.6:
            story.aside(Verb.CONTRIBUTE, story.cabinet.heads[code], (300, 1500), text=story.say("contribution"))


def assign(story: Story) -> None:
    direct(story)
    hand_on(story)


def hand_on(story: Story) -> None:
    story.then(Verb.ASSIGN, story.head, (15, 300), to=story.handler, due_on=story.due_on, note=story.say("assign"))


def begin(story: Story) -> None:
    assign(story)
    story.then(Verb.START, story.handler, (10, 240))


def progress(story: Story) -> None:
    begin(story)
    report(story, (20, 60))


def report(story: Story, percent: tuple[int, int]) -> None:
    story.then(Verb.REPORT_PROGRESS, story.handler, (300, 900),
               percent=story.chance.randint(percent[0] // 5, percent[1] // 5) * 5, text=story.say("progress"))  # fmt: skip


def return_once(story: Story) -> None:
    """Comes to the wrong division, is returned, directed anew, and is in the right hands now."""
    right, wrong = story.unit, story.chance.choice([code for code in story.cabinet.divisions if code != story.unit])
    story.unit = wrong
    direct(story)
    story.then(Verb.RETURN, story.cabinet.heads[wrong], (30, 400), reason=story.say("wrong_unit"))
    story.unit = right
    story.then(Verb.DIRECT, story.leader, (20, 300), lead=right, coordinating=[], informed=[], due_on=story.due_on,
               note=story.say("direct"))  # fmt: skip
    hand_on(story)
    story.then(Verb.START, story.handler, (10, 240))


def extend(story: Story) -> None:
    """Asked while there is time; granted, refused or still waiting for the leader."""
    begin(story)
    report(story, (30, 70))
    until = later(max(story.due_on, story.at.date()), story.chance.randint(3, 6), story.works)
    story.then(Verb.ASK_EXTENSION, story.handler, (60, 500), until=until, reason=story.say("extension"))
    answer = story.chance.choices(("grant", "refuse", "wait"), weights=(60, 20, 20))[0]
    if answer == "grant":
        story.then(Verb.GRANT_EXTENSION, story.leader, (30, 400), until=until)
    elif answer == "refuse":
        story.then(Verb.REFUSE_EXTENSION, story.leader, (30, 400), reason=story.say("refusal"))


def submit(story: Story) -> None:
    begin(story)
    if not story.urgent and story.chance.random() < 0.4:
        report(story, (40, 80))
    hand_in(story)


def hand_in(story: Story) -> None:
    reply = story.letter.due_on is not None or story.chance.random() < 0.4
    story.then(Verb.SUBMIT, story.handler, (60, 500), result=story.say("result"), reply=reply)


def settle(story: Story) -> None:
    story.then(Verb.CONFIRM, story.head, (15, 240))


def close_on_time(story: Story) -> None:
    begin(story)
    last = min(story.due_on, later(story.today, -1, story.works))
    if later(story.at.date(), 4, story.works) <= last:
        report(story, (40, 80))
    day = story.day_between(later(story.at.date(), 1, story.works), last)
    story.on(Verb.SUBMIT, story.handler, day, result=story.say("result"), reply=True)
    settle(story)


def close_late(story: Story) -> None:
    """Handed in between one and four working days after the day it was due."""
    begin(story)
    first = later(story.due_on, 1, story.works)
    last = min(later(story.due_on, 4, story.works), later(story.today, -2, story.works))
    day = story.day_between(first, last)
    story.on(Verb.SUBMIT, story.handler, day, result=story.say("result"), reply=True)
    settle(story)


def inform(story: Story) -> None:
    present(story)
    units = _some(story, story.cabinet.divisions, story.chance.randint(1, 4))
    story.then(Verb.INFORM, story.leader, (20, 330), to=units, note=story.say("inform"))
    for code in units:
        if story.chance.random() < 0.7:
            story.aside(Verb.READ, story.cabinet.heads[code], (10, 900))


def _some(story: Story, codes: Sequence[str], number: int) -> list[str]:
    return story.chance.sample(codes, min(number, len(codes)))


def recall(story: Story) -> None:
    assign(story)
    story.then(Verb.CANCEL, story.cabinet.clerk, (120, 900), reason=story.say("recall"))


def send_back(story: Story) -> None:
    story.then(Verb.RETURN_TO_SENDER, story.cabinet.clerk, (10, 90), reason=story.say("sent_back"))


def stay(story: Story) -> None:
    """Waits on the clerk's desk."""


TALES: dict[Path, Callable[[Story], None]] = {
    Path.ARRIVED: stay,
    Path.REGISTERED: register,
    Path.PRESENTED: present,
    Path.DIRECTED: direct,
    Path.ASSIGNED: assign,
    Path.IN_PROGRESS: begin,
    Path.PROGRESS_REPORTED: progress,
    Path.RETURNED_ONCE: return_once,
    Path.EXTENSION_ASKED: extend,
    Path.SUBMITTED: submit,
    Path.CLOSED_ON_TIME: close_on_time,
    Path.CLOSED_LATE: close_late,
    Path.OVERDUE: progress,
    Path.FOR_INFORMATION: inform,
    Path.RECALLED: recall,
    Path.SENT_BACK: send_back,
}
