"""One stylesheet on the wire, with each layer's source inside its layer."""

import re

from mestring.stylesheet import bundle
from tests.conftest import ROOT


def test_imports_are_inlined_into_their_layers(tmp_path):
    (tmp_path / "a.css").write_text("/* why */ p {\n  margin: 0;\n}\n")
    (tmp_path / "site.css").write_text('@layer base;\n@import "a.css" layer(base);\n')
    assert bundle(tmp_path, "site.css") == "@layer base; @layer base { p { margin: 0; } }\n"


def test_the_sites_own_bundle_has_no_import_left_and_every_source_in_it():
    folder = ROOT / "static" / "css"
    text = bundle(folder, "site.css")
    assert "@import" not in text
    sources = re.findall(r'@import "([^"]+)"', (folder / "site.css").read_text())
    on_disk = {str(p.relative_to(folder)) for p in folder.rglob("*.css")} - {"site.css"}
    assert set(sources) == on_disk
    assert text.count("{") == text.count("}")
