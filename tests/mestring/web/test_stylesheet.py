"""One stylesheet on the wire, with each layer's source inside its layer."""

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import get_finder
from django.core.management import call_command

from mestring.web.stylesheet import BUNDLES, IMPORT, bundle
from tests.conftest import ROOT


def test_imports_are_inlined_into_their_layers(tmp_path):
    (tmp_path / "a.css").write_text("/* why */ p {\n  margin: 0;\n}\n")
    (tmp_path / "b.css").write_text("a { color: red }")
    (tmp_path / "site.css").write_text(
        '@layer base, print;\n@import "a.css" layer(base);\n@import "b.css" layer(base);\n'
        '\n@import "b.css" layer(print);\n'
    )
    assert bundle(tmp_path, "site.css") == (
        "@layer base,print;@layer base{p{margin:0}a{color:red}}@layer print{a{color:red}}\n"
    )


@pytest.mark.parametrize(
    ("source", "tight"),
    [
        ('a::after { content: " ( ; , } "; }', 'a::after{content:" ( ; , } "}'),
        ("nav :is(ul, ol) > li + li { margin: 0 -1px; }", "nav :is(ul,ol)>li + li{margin:0 -1px}"),
        ("a { inline-size: min(100% - 2 * var(--x), 1rem); }", "a{inline-size:min(100% - 2 * var(--x),1rem)}"),
        ("nav :is(ul) { margin: 0 }", "nav :is(ul){margin:0}"),
        ("@media print { nav :is(ul) { margin: 0 } }", "@media print{nav :is(ul){margin:0}}"),
        ("@media (min-width: 1px) and (hover) { p { --a: b; } }", "@media (min-width:1px) and (hover){p{--a:b}}"),
    ],
)
def test_only_white_space_that_means_nothing_goes(tmp_path, source, tight):
    (tmp_path / "part.css").write_text(source)
    (tmp_path / "site.css").write_text('@import "part.css" layer(base);')
    assert bundle(tmp_path, "site.css") == f"@layer base{{{tight}}}\n"


# What a browser understands of a stylesheet: each rule as it writes it down itself. It repeats a value with a
# variable as it was typed, so spaces after commas and colons are left out on both sides.
UNDERSTOOD = """(source) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(source)
    return [...sheet.cssRules].flatMap(rule => rule instanceof CSSLayerBlockRule
        ? [...rule.cssRules].map(inner => `${rule.name}: ${inner.cssText}`) : [rule.cssText])
        .map(text => text.replace(/([,:]) /g, "$1"))
}"""


@pytest.mark.browser
@pytest.mark.parametrize("bundled", BUNDLES)
def test_a_browser_understands_the_bundle_as_it_does_the_sources(visitor, bundled):
    main = ROOT / "static" / bundled
    text = main.read_text()
    inlined = IMPORT.sub(
        lambda found: f"@layer {found['layer']} {{{(main.parent / found['name']).read_text()}}}", text
    )
    sources, minified = (visitor.evaluate(UNDERSTOOD, one) for one in (inlined, bundle(main.parent, main.name)))
    assert len(minified) >= 8  # as many has the smallest of them
    assert minified == sources


def test_every_source_is_in_one_of_the_bundles_and_no_import_is_left():
    folder = ROOT / "static" / "css"
    sources = []
    for name in (Path(one).name for one in BUNDLES):
        text = bundle(folder, name)
        assert "@import" not in text
        assert text.count("{") == text.count("}")
        sources += re.findall(r'@import "([^"]+)"', (folder / name).read_text())
    on_disk = {str(path.relative_to(folder)) for path in folder.rglob("*.css")}
    assert sorted([*sources, *(Path(one).name for one in BUNDLES)]) == sorted(on_disk)


@pytest.fixture
def fresh_finders():
    """Finders are kept for the life of the process; these tests look in folders of their own."""
    get_finder.cache_clear()
    yield
    get_finder.cache_clear()


def test_a_second_collection_serves_the_changed_source_not_yesterdays_bundle(tmp_path, settings, fresh_finders):
    source, root = tmp_path / "source", tmp_path / "root"
    (source / "css").mkdir(parents=True)
    (source / "css" / "site.css").write_text('@import "a.css" layer(base);\n')
    settings.STATIC_ROOT, settings.STATICFILES_DIRS = root, [source]
    settings.WHITENOISE_KEEP_ONLY_HASHED_FILES = False  # otherwise yesterday's bundle is gone anyway
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "mestring.web.stylesheet.BundledStaticFilesStorage"},
    }
    served = []
    for margin in ("0", "1px"):
        (source / "css" / "a.css").write_text(f"p {{ margin: {margin}; }}")
        call_command("collectstatic", "--noinput", verbosity=0)
        manifest = json.loads((root / "staticfiles.json").read_text())["paths"]
        served.append((root / manifest["css/site.css"]).read_text())
    assert served == [f"@layer base{{p{{margin:{margin}}}}}\n" for margin in ("0", "1px")]


def test_no_list_loses_its_meaning_in_voiceover_with_its_marks():
    """`list-style: none` does that in Safari; an empty string hides the mark and keeps the list."""
    text = "".join(bundle(ROOT / "static" / "css", Path(one).name) for one in BUNDLES)
    bare = re.findall(r"([^{}]+)\{[^{}]*list-style(?:-type)?:none(?!;list-style:\"\")", text)
    assert [selector.strip() for selector in bare if "summary" not in selector] == []
    markup = [*(ROOT / "templates").rglob("*.html")]
    assert [page.name for page in markup if 'role="list"' in page.read_text()] == []


def test_no_stylesheet_asks_how_a_telephone_is_held():
    """So nothing can be turned round or locked (WCAG 1.3.4); axe is spared reading every stylesheet each time."""
    sheets = {path.name: path.read_text() for path in (ROOT / "static").rglob("*.css")}
    assert len(sheets) > 10
    assert [name for name, text in sheets.items() if "orientation" in text] == []
