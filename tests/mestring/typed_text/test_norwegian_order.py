"""Names stand in Norwegian order, whether the database sorts them or Python does."""

import pytest

from mestring.typed_text.norwegian_order import norwegian_key, norwegian_order
from pages.models import Page
from tests import factories

IN_ORDER = [
    "1 dag", "Ada", "ada-liten", "Idé", "idéer", "Idrett", "zoo", "Zulu", "Ærlig", "ærlig talt",
    "Østlandet", "Östlund", "Ås", "åsen",
]  # fmt: skip


def test_python_sorts_ae_oe_and_aa_behind_z_and_no_capital_before_a_small_letter():
    assert sorted(set(IN_ORDER), key=norwegian_key) == IN_ORDER
    assert norwegian_key("A\u030as") == norwegian_key("Ås")


@pytest.mark.django_db
def test_the_database_sorts_as_python_does():
    for title in reversed(IN_ORDER):
        factories.draft(f"side-{IN_ORDER.index(title)}", title_nb=title)
    titles = Page.objects.order_by(norwegian_order("title_nb")).values_list("title_nb", flat=True)
    assert list(titles) == IN_ORDER
