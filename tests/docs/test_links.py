"""Links between the documents lead somewhere."""

import pytest

from tests.conftest import ROOT
from tests.docs.pages import DOCS, LINK, anchor, headings


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading(document):
    broken = []
    for link in LINK.findall(document.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        name, _hash, part = link.partition("#")
        target = document.parent / name if name else document
        if not target.exists() or (part and part not in map(anchor, headings(target))):
            broken.append(link)
    assert broken == []
