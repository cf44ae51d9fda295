"""No rule that a database keeps is left out when the tests run on PostgreSQL."""

from tests.conftest import ROOT
from tests.postgresql_leg import PLACES, PLAIN, is_special, runs_there

# Each is asked by the tests of others: the address test opens their page, and their rule lives elsewhere.
THROUGH_THE_PAGE = {
    "pages/admin/page/figure.py",  # one subquery, which every page form asks: tests/pages/admin/saving
    "pages/admin/status/status.py",  # which edition is live: tests/pages/admin/test_list.py
    "pages/admin/facts/claim.py",  # a lock around one save; what is confirmed: tests/pages/live
    "pages/admin/tree/rows.py",  # one subquery of the page; the moves: tests/pages/tree
    "pages/admin/tree/views.py",  # the transaction around a move: tests/pages/tree
    "pages/admin/translations/side_by_side.py",  # a lock around one save
    "mestring/launch/gate.py",  # one subquery, which every contact page asks
    "mestring/staff/management/commands/setup_site.py",  # tests/building.py runs it
}


def test_every_module_that_asks_a_database_something_special_has_its_tests_there():
    left_out = set()
    for root in ("contact", "pages", "mestring"):
        for module in (ROOT / root).rglob("*.py"):
            path = module.relative_to(ROOT)
            if "migrations" in path.parts or not is_special(module):
                continue
            mirrored = (ROOT / "tests" / path.parent).glob("test_*.py")
            if not any(runs_there(str(test.relative_to(ROOT))) for test in mirrored):
                left_out.add(str(path))
    assert left_out == THROUGH_THE_PAGE


def test_every_place_holds_tests():
    for place in PLACES + PLAIN:
        folder, _slash, start = place.rpartition("/")
        assert list((ROOT / folder).glob(f"{start}*")), place
