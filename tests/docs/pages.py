"""The documents of the project, as their tests read them."""

import re
from pathlib import Path

from tests.conftest import ROOT

DOCS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def headings(document: Path) -> list[str]:
    """Return the headings of a document, without their marks."""
    return re.findall(r"^#+ (.+)$", document.read_text(encoding="utf-8"), re.MULTILINE)


def anchor(heading: str) -> str:
    """Return what a code-hosting site calls a heading in an address."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
