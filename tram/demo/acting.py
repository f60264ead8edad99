"""Carrying out the steps of the plan: each is the one command that its person gives on a screen."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from io import BytesIO

from tram.demo.founding import Town
from tram.demo.letters import LetterFact
from tram.demo.people import HOME
from tram.demo.slips import secret_slip_of, slip_of, unit_of
from tram.demo.steps import Journey, Path, SecretStub, Step, Verb
from tram.documents.commands.arrive import bring, mark_duplicate, receive, return_to_sender
from tram.documents.commands.direct import Target, direct, present
from tram.documents.commands.register import Channel, Slip, cancel, register
from tram.documents.models import Incoming
from tram.files.commands import look, store
from tram.files.models import File
from tram.kernel.actors import Actor
from tram.organisation.queries import actor_of
from tram.tasks.commands.due import answer_extension, ask_extension
from tram.tasks.commands.give import hand
from tram.tasks.commands.judge import confirm
from tram.tasks.commands.work import accept, finish, give_back, read, report_progress, submit
from tram.tasks.events import Kind
from tram.tasks.models import Extension, Task

READ_BY_MACHINE = 20  # of the letters in the book, one in so many shows what the machine had read
FIRST_ANSWER = 1204  # the number of the office's first answering letter in these sixty days
CHANNELS = {"pdf": Channel.EXCHANGE, "scan": Channel.SCAN, "paper": Channel.PAPER}


class Office:
    """An agency at work. `papers` gives the contents of the letters in the order in which they are received."""

    def __init__(
        self, town: Town, papers: Iterator[bytes], stand_ins: dict[str, tuple[date, str]], agency: str = HOME
    ) -> None:
        """`stand_ins`: login of who is away -> (since when, login of who acts for them)."""
        self.town, self.papers, self.stand_ins = town, papers, stand_ins
        self.agency = town.units[agency]
        self.documents: dict[int, Incoming] = {}
        self.answers = 0
        self._actors: dict[tuple[str, date], Actor] = {}

    def act(self, journey: Journey, step: Step) -> None:
        """Carry out one step at its moment, by its person."""
        ACTS[step.verb](self, journey, step)

    def actor(self, step: Step) -> Actor:
        """Who takes the step: the person, or on days of absence who stands in for them."""
        since, other = self.stand_ins.get(step.who, (date.max, ""))
        return self.person(other if step.at.date() >= since else step.who, step.at.date())

    def person(self, login: str, day: date) -> Actor:
        """Somebody as they are on that day."""
        if (login, day) not in self._actors:
            self._actors[login, day] = actor_of(self.town.accounts[login].pk, day)
        return self._actors[login, day]

    def document(self, journey: Journey) -> Incoming:
        """The paper of a journey."""
        return self.documents[journey.ordinal]

    def task(self, journey: Journey, kind: Kind, unit: str = "") -> Task:
        """The open work of a kind about the paper, of one unit where several may have such work."""
        found = Task.objects.filter(about=self.document(journey).ref, kind=kind, ended_at=None)
        return (found.filter(unit=self.town.units[unit]) if unit else found).order_by("pk")[0]

    def is_read_by_machine(self, journey: Journey, form: str) -> bool:
        """Whether the letter comes through the clerk's own door, which reads it."""
        if form == "paper":
            return False
        return journey.path is Path.ARRIVED or (form, journey.ordinal % READ_BY_MACHINE) == ("pdf", 0)

    def slip(self, journey: Journey, pages: int | None) -> Slip:
        """What the clerk writes of the letter."""
        if isinstance(journey.letter, SecretStub):
            return secret_slip_of(journey.letter, journey.arrived_at)
        organ = self.town.units.get(unit_of(journey.letter.issuer_code))
        return slip_of(journey.letter, journey.arrived_at, pages, organ.pk if organ else None)

    def target(self, code: str) -> Target:
        """A unit as receiver of a share."""
        return Target(self.town.units[code])


def _receive(office: Office, journey: Journey, step: Step) -> None:
    fact, form, actor = journey.letter, step.args["form"], office.actor(step)
    assert isinstance(fact, LetterFact)
    content, name = next(office.papers), f"{fact.number}-{fact.symbol}.pdf"
    if office.is_read_by_machine(journey, form):
        brought = bring(actor=actor, at=step.at, agency=office.agency, stream=BytesIO(content), name=name)
    else:
        files: list[File] = []
        if form != "paper":
            files = [store(actor=actor, at=step.at, stream=BytesIO(content), name=name, agency=office.agency.pk)]
            look(actor=Actor.system(), at=step.at, file=files[0].pk, level="")
        brought = receive(actor=actor, at=step.at, agency=office.agency, files=files, channel=CHANNELS[form])
    office.documents[journey.ordinal] = brought


def _register(office: Office, journey: Journey, step: Step) -> None:
    document = office.document(journey)
    paper = document.files.select_related("file__blob").first()
    slip = office.slip(journey, paper.file.blob.pages if paper else 1)
    register(actor=office.actor(step), at=step.at, agency=office.agency, slip=slip, document=document)


def _register_secret(office: Office, journey: Journey, step: Step) -> None:
    register(actor=office.actor(step), at=step.at, agency=office.agency, slip=office.slip(journey, None))


def _present(office: Office, journey: Journey, step: Step) -> None:
    to = office.town.posts[step.args["to"]]
    present(actor=office.actor(step), at=step.at, document=office.document(journey), to=to)


def _direct(office: Office, journey: Journey, step: Step) -> None:
    lead, coordinating, informed = (step.args.get(part, []) for part in ("lead", "coordinating", "informed"))
    direct(
        actor=office.actor(step), at=step.at, document=office.document(journey),
        lead=office.target(lead) if lead else None, coordinating=[*map(office.target, coordinating)],
        informed=[*map(office.target, informed or step.args.get("to", []))], note=step.args["note"],
        due_date=step.args.get("due_on"),
    )  # fmt: skip


def _share_of(office: Office, journey: Journey, step: Step, kind: Kind) -> Task:
    """What lies with the division of whoever takes the step."""
    hat = office.actor(step).acting
    assert hat is not None
    code = next(code for code, unit in office.town.units.items() if unit.pk == hat.unit)
    return office.task(journey, kind, code)


def _read(office: Office, journey: Journey, step: Step) -> None:
    finish(actor=office.actor(step), at=step.at, task=_share_of(office, journey, step, Kind.INFORM))


def _contribute(office: Office, journey: Journey, step: Step) -> None:
    task = _share_of(office, journey, step, Kind.COORDINATE)
    finish(actor=office.actor(step), at=step.at, task=task, result=step.args["text"])


def _opened(office: Office, journey: Journey, step: Step) -> Task:
    """The lead's work, read by whoever goes on with it."""
    return read(actor=office.actor(step), at=step.at, task=office.task(journey, Kind.HANDLE))


def _assign(office: Office, journey: Journey, step: Step) -> None:
    hand(
        actor=office.actor(step), at=step.at, task=_opened(office, journey, step),
        to=office.town.posts[step.args["to"]], word=step.args["note"], due_on=step.args["due_on"],
    )  # fmt: skip


def _start(office: Office, journey: Journey, step: Step) -> None:
    accept(actor=office.actor(step), at=step.at, task=_opened(office, journey, step))


def _report(office: Office, journey: Journey, step: Step) -> None:
    task = office.task(journey, Kind.HANDLE)
    report_progress(actor=office.actor(step), at=step.at, task=task, **step.args)


def _return(office: Office, journey: Journey, step: Step) -> None:
    task = _opened(office, journey, step)
    give_back(actor=office.actor(step), at=step.at, task=task, reason=step.args["reason"])


def _ask_extension(office: Office, journey: Journey, step: Step) -> None:
    ask_extension(
        actor=office.actor(step), at=step.at, task=office.task(journey, Kind.HANDLE), wanted_on=step.args["until"],
        reason=step.args["reason"],
    )  # fmt: skip


def _answer_extension(office: Office, journey: Journey, step: Step) -> None:
    asked = Extension.objects.get(task=office.task(journey, Kind.HANDLE))
    granted = step.verb is Verb.GRANT_EXTENSION
    answer = step.args.get("reason", "")
    answer_extension(actor=office.actor(step), at=step.at, extension=asked, granted=granted, answer=answer)


def _submit(office: Office, journey: Journey, step: Step) -> None:
    task, result = office.task(journey, Kind.HANDLE), step.args["result"]
    if step.args["reply"]:
        sign = f"{office.agency.abbr}-{task.unit.abbr}"
        result = answered(result, FIRST_ANSWER + office.answers, sign, step.at)
        office.answers += 1
    submit(actor=office.actor(step), at=step.at, task=task, result=result)


def answered(result: str, number: int, sign: str, at: datetime) -> str:
    """What the handler hands in when an outgoing paper answers."""
    return f"{result.removesuffix('.')}: công văn {number}/{sign} ngày {at:%d/%m/%Y}."


def _confirm(office: Office, journey: Journey, step: Step) -> None:
    confirm(actor=office.actor(step), at=step.at, task=office.task(journey, Kind.HANDLE))


def _cancel(office: Office, journey: Journey, step: Step) -> None:
    cancel(actor=office.actor(step), at=step.at, document=office.document(journey), reason=step.args["reason"])


def _mark_duplicate(office: Office, journey: Journey, step: Step) -> None:
    document, first = office.document(journey), office.documents[step.args["of"]]
    first.refresh_from_db()
    mark_duplicate(actor=office.actor(step), at=step.at, document=document, of=first)


def _return_to_sender(office: Office, journey: Journey, step: Step) -> None:
    document = office.document(journey)
    return_to_sender(actor=office.actor(step), at=step.at, document=document, reason=step.args["reason"])


ACTS: dict[Verb, Callable[[Office, Journey, Step], None]] = {
    Verb.RECEIVE: _receive,
    Verb.REGISTER: _register,
    Verb.REGISTER_SECRET: _register_secret,
    Verb.PRESENT: _present,
    Verb.DIRECT: _direct,
    Verb.INFORM: _direct,
    Verb.READ: _read,
    Verb.CONTRIBUTE: _contribute,
    Verb.ASSIGN: _assign,
    Verb.START: _start,
    Verb.REPORT_PROGRESS: _report,
    Verb.RETURN: _return,
    Verb.ASK_EXTENSION: _ask_extension,
    Verb.GRANT_EXTENSION: _answer_extension,
    Verb.REFUSE_EXTENSION: _answer_extension,
    Verb.SUBMIT: _submit,
    Verb.CONFIRM: _confirm,
    Verb.CANCEL: _cancel,
    Verb.MARK_DUPLICATE: _mark_duplicate,
    Verb.RETURN_TO_SENDER: _return_to_sender,
}
