"""A table, written as plain text."""

import re

from django.db import models
from django.utils.translation import gettext_lazy as _

from pages.models.blocks.base import Block, together

# The line under the headings of a Markdown table.
_RULER = re.compile(r"\s*\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?)?\s*")


def cells(text: str) -> list[list[str]]:
    """Return the cells of each line, of a spreadsheet or of Markdown too; empty lines are left out."""
    lines = [line for line in text.splitlines() if line.strip() and not _RULER.fullmatch(line)]
    return [[cell.strip() for cell in _divide(line)] for line in lines]


def _divide(line: str) -> list[str]:
    if "|" not in line:
        return line.split("\t")
    framed = line.strip()
    if len(framed) > 2 and framed.startswith("|") and framed.endswith("|"):
        return framed[1:-1].split("|")
    return line.split("|")


class TableBlock(Block):
    """Rows under headings. Every row has as many cells as the first, in each language."""

    snapshot_name = "table"
    needs = ("caption", "rows")
    pairs = together("caption", "rows", _("A table needs both a caption and rows."))
    caption = models.CharField(
        _("caption"), max_length=150, blank=True, help_text=_("What the table shows, read out before it.")
    )
    rows = models.TextField(
        _("rows"), blank=True,
        help_text=_("One row on each line, cells divided by |. The first line is the headings: Time | What."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("table")
        verbose_name_plural = _("tables")

    def __str__(self) -> str:
        return self.caption or str(_("table"))


def fault_in(text: str) -> str | None:
    """Return what is wrong with a table's rows, or None."""
    lines = cells(text)
    if not lines:
        return None
    if len(lines) == 1:
        return str(_("Write at least one row under the headings."))
    wanted = len(lines[0])
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != wanted:
            values = {"number": number, "cells": len(line), "wanted": wanted}
            return _("Row %(number)d has %(cells)d cells, but the headings are %(wanted)d.") % values
    return None
