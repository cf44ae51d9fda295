"""What each role may do, in words, from the rights in `mestring.roles`."""

from dataclasses import dataclass

from django.apps import apps

from contact.permissions import READER
from mestring.roles import RIGHTS

VERBS = {
    "view": "se", "add": "legge til", "change": "endre", "delete": "slette", "publish": "publisere",
    "withdraw": "trekke tilbake", "review": "skrive ned fagvurdering av", "confirm": "bekrefte",
}  # fmt: skip


@dataclass(frozen=True)
class RoleInWords:
    """A role, and for each group of verbs what it may do that to."""

    name: str
    lines: list[str]
    reads_inquiries: bool


def roles_in_words() -> list[RoleInWords]:
    """Return every role in the order of RIGHTS."""
    return [RoleInWords(role, _lines(rights), READER in rights) for role, rights in RIGHTS.items()]


def _lines(rights: list[str]) -> list[str]:
    """Return lines such as "se og endre: henvendelser"; models with the same verbs share one."""
    verbs_of: dict[str, list[str]] = {}
    for right in rights:
        app, codename = right.split(".")
        verb, model = codename.split("_", 1)
        name = str(apps.get_model(app, model)._meta.verbose_name_plural)
        verbs_of.setdefault(name, []).append(VERBS[verb])
    names_by: dict[str, list[str]] = {}
    for name, verbs in verbs_of.items():
        names_by.setdefault(join(list(dict.fromkeys(verbs))), []).append(name)
    return [f"{verbs}: {', '.join(names)}" for verbs, names in names_by.items()]


def join(words: list[str]) -> str:
    """Return "a, b og c"."""
    *before, last = words
    return f"{', '.join(before)} og {last}" if before else last
