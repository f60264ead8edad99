"""Nothing grows past what one reader can hold."""

import ast
import unicodedata
from pathlib import Path

import pytest

from tests.house.plan import ROOT, TRAM

PYTHON = sorted(
    path for folder in ("tram", "tests") for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts
)
TEXTS = sorted(
    path
    for pattern in (
        "tram/**/*.py",
        "tram/**/*.html",
        "tram/**/*.js",
        "catalogue/**/*.yaml",
        "catalogue/**/*.csv",
        "docs/**/*.md",
    )
    for path in ROOT.glob(pattern)
)


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = [f"{path.relative_to(ROOT)} ({n})" for path in PYTHON if (n := len(path.read_text().splitlines())) > 400]
    assert not long, f"split by subject: {long}"


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name} ({node.end_lineno - node.lineno + 1})"
        for path in PYTHON
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno - node.lineno + 1 > 40
    ]
    assert not long, f"a function that needs a second screen is two functions: {long}"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_text_is_nfc(path: Path) -> None:
    text = path.read_text()
    assert unicodedata.is_normalized("NFC", text), f"{path} holds text that is not NFC"


def test_vietnamese_stands_in_every_models_docstring() -> None:
    marks = set("ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
    for path in TRAM.glob("*/models.py"):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef):
                first = (ast.get_docstring(node) or "").split(":")[0].lower()
                assert marks & set(first), f"{path}: {node.name}'s docstring begins with its Vietnamese name"
