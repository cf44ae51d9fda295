"""Operators filter log lines by the names in docs/operators.md, so those names are fixed and complete."""

import re

from tests.conftest import ROOT

FIXED = re.compile(r'logging\.getLogger\("([\w.]+)"\)')


def test_every_logger_has_a_fixed_name_that_operators_can_read_up():
    code = [
        path.read_text(encoding="utf-8")
        for app in ("contact", "pages", "mestring")
        for path in (ROOT / app).rglob("*.py")
    ]
    assert not [text for text in code if "getLogger(__name__)" in text]
    names = {name for text in code for name in FIXED.findall(text)}
    guide = (ROOT / "docs" / "operators.md").read_text(encoding="utf-8").split("## Log lines")[1].split("\n## ")[0]
    assert {"contact.heads", "contact.keys", "contact.outbox"} <= names
    assert names == set(re.findall(r"`([\w.]+)`", "".join(re.findall(r"^\| (`.*?) \|", guide, re.M))))
