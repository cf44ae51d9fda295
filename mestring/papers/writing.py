"""Write the papers to a folder: one file each, which stands alone and prints well."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from mestring.papers.activities import read_activities
from mestring.papers.measures import measures
from mestring.papers.processors import processors
from mestring.papers.questions import asked_by_forms
from mestring.papers.rights import roles_in_words
from mestring.papers.risks import read_risks
from pages.live.phone import Phone
from pages.models import Clinic

PAPERS = {
    "behandlingsprotokoll.html": "papers/record.html",
    "dpia.html": "papers/dpia.html",
    "databehandlere.html": "papers/processors.html",
}
LANGUAGE = "nb"


def write_papers(folder: Path, now: datetime) -> list[Path]:
    """Write each paper; return the files. Raises FileExistsError: a person may have filled one in."""
    files = [folder / name for name in PAPERS]
    if taken := [file for file in files if file.exists()]:
        raise FileExistsError(str(taken[0]))
    for file, text in zip(files, draw_papers(now).values(), strict=True):
        with file.open("x", encoding="utf-8") as paper:
            paper.write(text)
    return files


def draw_papers(now: datetime) -> dict[str, str]:
    """Return the text of each paper by the name of its file."""
    with translation.override(LANGUAGE):
        context = _facts(now)
        return {name: render_to_string(template, context) for name, template in PAPERS.items()}


def _facts(now: datetime) -> dict[str, Any]:
    clinic = Clinic.objects.first()
    return {
        "clinic": clinic,
        "phone": Phone(clinic.phone).display if clinic else "",
        "site": settings.SITE_ADDRESS,
        "today": timezone.localdate(now),
        "activities": read_activities(),
        "asked": asked_by_forms(),
        "roles": roles_in_words(),
        "processors": processors(),
        "risks": read_risks(),
        "now": measures(),
    }
