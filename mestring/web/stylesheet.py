"""Static files for production: bundled stylesheets, hashed names, compressed copies."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rcssmin import cssmin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Of every page; and what three kinds of page add.
BUNDLES = ("css/site.css", "css/front.css", "css/contact.css", "css/search.css")
IMPORT = re.compile(r'@import\s+"(?P<name>[\w./-]+)"\s+layer\((?P<layer>\w+)\);?')
# Neighbours in one layer share one block.
IMPORTS = re.compile(rf"{IMPORT.pattern}(?:\s*@import\s+\"[\w./-]+\"\s+layer\((?P=layer)\);?)*")


def bundle(folder: Path, name: str) -> str:
    """Return the stylesheet folder/name, minified, with each `@import "x.css" layer(y);` replaced by that file.

    Browsers read the sources unbundled just the same; the bundle saves their requests. lightningcss, which could
    do both steps, is refused: it rewrites rules. Without a list of browsers it writes media ranges that telephones
    from 2022 do not read, and moves a scroll timeline to where no browser reads it; with a list its result is
    larger than rcssmin's.
    """

    def inline(run: re.Match[str]) -> str:
        sources = [(folder / found["name"]).read_text(encoding="utf-8") for found in IMPORT.finditer(run[0])]
        # Minified before the layer is put around it: rcssmin does not know @layer, and would read a selector in it
        # as a declaration, so that `nav :is(a)` lost its space. It knows neither @container nor @scope nor a rule
        # inside a rule: there, write `nav *:is(a)`.
        return f"@layer {run['layer']}{{{cssmin(' '.join(sources))}}}"

    return IMPORTS.sub(inline, cssmin((folder / name).read_text(encoding="utf-8"))) + "\n"


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """The manifest storage, with each stylesheet for visitors bundled before names are hashed."""

    def stored_name(self, name: str) -> str:
        """Return the hashed name; the plain one for a file that was not collected.

        Django's ManifestFilesMixin raises ValueError: every page would be a 500, the page of the 500 too. A page
        without its looks still says whom to ring, and `/readyz` is red (mestring/readiness/red.py).
        """
        try:
            return super().stored_name(name)
        except ValueError:
            return name

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Bundle first, so that the hash is of what is served.

        Always from the source folder: at the next deployment the collected file is yesterday's bundle.
        """
        for bundled in () if dry_run else [name for name in BUNDLES if name in paths]:
            storage, name = paths[bundled]
            source = Path(storage.path(name))
            Path(self.path(bundled)).write_text(bundle(source.parent, source.name), encoding="utf-8")
            paths[bundled] = (self, bundled)
        yield from super().post_process(paths, dry_run, **options)
