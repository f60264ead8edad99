"""One step of a demo story, in the words of the office; the commands of the rooms carry it out."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from tram.demo.letters import LetterFact


class Verb(StrEnum):
    """What somebody does to an incoming letter. The arguments of each are named beside it."""

    RECEIVE = "receive"  # form: pdf, scan or paper
    REGISTER = "register"  # nothing: the slip says what the letter says
    REGISTER_SECRET = "register_secret"  # nothing: the stub says all that may be stored
    PRESENT = "present"  # to: login of a leader
    DIRECT = "direct"  # lead, coordinating, informed: unit codes; due_on, note
    INFORM = "inform"  # to: unit codes; note
    READ = "read"  # nothing: the reader has taken note
    CONTRIBUTE = "contribute"  # text: what a helping division has done
    ASSIGN = "assign"  # to: login; due_on, note
    START = "start"  # nothing
    REPORT_PROGRESS = "report_progress"  # percent, text
    RETURN = "return"  # reason
    ASK_EXTENSION = "ask_extension"  # until, reason
    GRANT_EXTENSION = "grant_extension"  # until
    REFUSE_EXTENSION = "refuse_extension"  # reason
    SUBMIT = "submit"  # result; reply: whether an outgoing letter answers
    CONFIRM = "confirm"  # nothing
    CANCEL = "cancel"  # reason: the issuer recalled the letter
    MARK_DUPLICATE = "mark_duplicate"  # of: ordinal of the journey that came first
    RETURN_TO_SENDER = "return_to_sender"  # reason


class Path(StrEnum):
    """How far a letter comes."""

    ARRIVED = "arrived"
    REGISTERED = "registered"
    PRESENTED = "presented"
    DIRECTED = "directed"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    PROGRESS_REPORTED = "progress_reported"
    RETURNED_ONCE = "returned_once"
    EXTENSION_ASKED = "extension_asked"
    SUBMITTED = "submitted"
    CLOSED_ON_TIME = "closed_on_time"
    CLOSED_LATE = "closed_late"
    OVERDUE = "overdue"
    FOR_INFORMATION = "for_information"
    RECALLED = "recalled"
    DUPLICATE = "duplicate"
    SECRET = "secret"
    SENT_BACK = "sent_back"


@dataclass(frozen=True, slots=True)
class SecretStub:
    """All that may be known of a state-secret paper: where it came from, its number, day and level."""

    issuer: str
    number: str
    symbol: str
    issued_on: date
    level: str


class Step(NamedTuple):
    verb: Verb
    who: str
    at: datetime
    args: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Journey:
    """One letter, when it arrived, and what was done to it, in order of time."""

    ordinal: int
    letter: LetterFact | SecretStub
    arrived_at: datetime
    path: Path
    steps: tuple[Step, ...]
