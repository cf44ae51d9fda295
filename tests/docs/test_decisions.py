"""docs/decisions.md lists every decision, in the order in which its file has it."""

import re

from tests.conftest import ROOT
from tests.docs.pages import LINK, anchor

INDEX = ROOT / "docs" / "decisions.md"
FILES = sorted((ROOT / "docs" / "decisions").glob("*.md"))


def questions(text: str) -> list[str]:
    return re.findall(r"^### (.+)$", text, re.MULTILINE)


def test_every_decision_is_in_the_index():
    listed = [link for link in LINK.findall(INDEX.read_text(encoding="utf-8")) if link.startswith("decisions/")]
    for file in FILES:
        name = f"decisions/{file.name}"
        asked = questions(file.read_text(encoding="utf-8"))
        expected = [name, *(f"{name}#{anchor(question)}" for question in asked)]
        assert [link for link in listed if link.startswith(name)] == expected


def test_every_decision_is_a_question_with_an_answer():
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        assert len(questions(text)) > 4
        for question, answer in re.findall(r"^### (.+)\n(.*)$", text, re.MULTILINE):
            assert question.endswith("?")
            assert len(answer) > 20, question
