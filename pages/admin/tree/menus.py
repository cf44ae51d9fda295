"""The menu as visitors read it now, shown to staff beside the tree."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import capfirst

from pages.admin.fields.languages import language_name
from pages.languages import LANGUAGES
from pages.live.tree import LiveTree, Node, PageLink
from pages.models import Edition

FITS_A_PHONE = 5  # pages


@dataclass(frozen=True)
class LanguageMenu:
    """The menu in one language."""

    language: str
    links: list[PageLink]

    @property
    def name(self) -> str:
        """Return the language's name."""
        return capfirst(language_name(self.language))

    @property
    def too_long(self) -> bool:
        """Say whether it holds more than a phone has room for."""
        return len(self.links) > FITS_A_PHONE


def live_menus() -> list[LanguageMenu]:
    """Return the menu in each language; only its pages and those above them are read, not the whole website."""
    now = timezone.now()
    nodes: dict[int, Node] = {}
    # In two steps: in one query, SQLite reads every edition instead of the index of those in the menu.
    ever_in_menu = list(Edition.objects.filter(in_menu=True).order_by().values_list("pk", flat=True))
    wanted = Edition.objects.live(at=now).filter(pk__in=ever_in_menu)
    while new := [Node(edition.page_id, edition.pk, edition.head) for edition in wanted.only("page_id", "head")]:
        nodes |= {node.page_id: node for node in new}
        parents = {node.head["parent"] for node in new} - set(nodes) - {None}
        wanted = Edition.objects.live(at=now).filter(page__in=parents)
    tree = LiveTree(now, nodes)
    return [LanguageMenu(language, tree.menu(language)) for language in LANGUAGES]
