"""Verdicts: may somebody do something, and if not, why not, in words for the person who asked."""

from dataclasses import dataclass, field


class Refused(Exception):
    """Somebody may not do this. `reason` is a Vietnamese sentence that may be shown to them."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Hidden(Refused):
    """The thing is not there, or not for this person: both get the very same answer."""

    def __init__(self) -> None:
        super().__init__("Bạn không thấy được mục này.")


class WrongState(Exception):
    """The thing has moved on, so this step no longer fits it. The sentence says what it is now."""


@dataclass
class Invalid(Exception):
    """Input breaks a rule of the subject: field name -> what is wrong and how to mend it."""

    errors: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return " ".join(self.errors.values())


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer to "may this person?", with its reason in Vietnamese when the answer is no."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def __or__(self, other: "Verdict") -> "Verdict":
        return self if self.allowed else other

    def __and__(self, other: "Verdict") -> "Verdict":
        return other if self.allowed else self

    def or_refuse(self) -> None:
        """Raise `Refused` with the reason, unless allowed."""
        if not self.allowed:
            raise Refused(self.reason)


allowed = Verdict(True)


def refused(reason: str) -> Verdict:
    """Say no, and why."""
    return Verdict(False, reason)


def allow_if(condition: object, reason: str) -> Verdict:
    """Allow when the condition holds; otherwise refuse with the reason."""
    return allowed if condition else refused(reason)


def need_reason(reason: str, example: str) -> None:
    """Raise Invalid when no reason is given."""
    if not reason.strip():
        raise Invalid({"reason": f"Nhập lý do, ví dụ “{example}”."})
