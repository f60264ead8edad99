"""Fields of Word and formulas of Excel that run a program or fetch something by themselves."""

import re

from tram.files.rules.refusals import refusal

WINDOW = 2000
QUOTED = re.compile(r'"[^"]*"')
DDE_FIELD = re.compile(r"(?i)(^|[\s{])(DDE(AUTO)?[\s\"]|QUOTE(\s+\d{2,3}){3})")
INCLUDE_FIELD = re.compile(r"(?i)\b(INCLUDETEXT|INCLUDEPICTURE|IMPORT)\s+\"?\s*([a-z][\w+.-]+:|\\\\)")
DDE_FORMULA = re.compile(r"[\w.]+'?\s*\|\s*'?[^'!]*'?!")
WEB_FORMULA = re.compile(r"(?i)\b(_xlfn\.)?(WEBSERVICE|IMPORTXML|IMPORTDATA)\s*\(")


class Fields:
    """The field instructions of a Word part. Word splits one over runs as it likes, so the pieces are joined."""

    def __init__(self) -> None:
        self._said = ""

    def see(self, element: str, values: dict[str, str]) -> None:
        """A simple field carries its instruction as an attribute; raises FileRefused."""
        if element == "fldSimple":
            for key, value in values.items():
                if key.endswith("instr"):
                    self._check(value)
        elif element == "p":
            self._said += " "

    def hear(self, text: str) -> None:
        """One piece of an instruction; raises FileRefused."""
        self._said = (self._said + text)[-WINDOW:]
        self._check(self._said)

    def _check(self, instruction: str) -> None:
        if DDE_FIELD.search(instruction + " "):
            raise refusal("office_dde_word")
        if INCLUDE_FIELD.search(instruction):
            raise refusal("office_include")


def see_sheet(element: str, _values: dict[str, str]) -> None:
    """Elements of Excel that reach out of the workbook; raises FileRefused."""
    if element == "ddeLink":
        raise refusal("office_dde_excel")
    if element in ("dbPr", "webPr", "olapPr"):
        raise refusal("office_connection")


def hear_formula(formula: str) -> None:
    """A formula, its quoted texts set aside, neither starts a program (DDE) nor calls the network; raises FileRefused."""
    bare = QUOTED.sub('""', formula)
    if DDE_FORMULA.search(bare):
        raise refusal("office_dde_excel")
    if WEB_FORMULA.search(bare):
        raise refusal("office_web_formula")
