"""The tree finds pages by what they are."""

from datetime import UTC, datetime

from pages.live.tree import LiveTree, Node


def footer_page(number, care_level):
    head = {
        "kind": "article", "parent": None, "position": number, "in_footer": True, "care_level": care_level,
        "languages": ["nb"], "title": {"nb": f"Side {number}"}, "menu_title": {}, "lead": {},
        "slug": {"nb": f"side-{number}"},
    }  # fmt: skip
    return Node(number, number, head)


def test_the_page_about_danger_is_the_one_of_its_level_and_no_other_at_the_foot():
    nodes = {1: footer_page(1, ""), 2: footer_page(2, "emergency")}
    link = LiveTree(datetime(2026, 3, 1, tzinfo=UTC), nodes).in_danger("nb")
    assert link is not None
    assert link.page_id == 2
