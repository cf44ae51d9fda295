"""A migration holds what it needs: it must still run when the code of its day is long gone."""

import ast

import pytest

from tests.conftest import ROOT

MIGRATIONS = sorted(ROOT.glob("*/migrations/[0-9]*.py"))
# Django writes a field's validators and its default by name, and compares them by identity. These stay.
NAMED_BY_FIELDS = {"contact.form_fields", "contact.placeholders", "contact.models.delivery"}


@pytest.mark.parametrize("migration", MIGRATIONS, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_migration_imports_nothing_of_the_project_but_what_its_fields_name(migration):
    assert set(project_imports(migration)) <= NAMED_BY_FIELDS


def project_imports(path):
    ours = {folder.parent.parent.name for folder in MIGRATIONS} | {"mestring"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or "."]
        yield from (name for name in names if name.split(".")[0] in ours or name.startswith("."))
