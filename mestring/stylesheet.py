"""Static files for production: one stylesheet on the wire, hashed names, compressed copies."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

SITE_CSS = "css/site.css"
IMPORT = re.compile(r'@import\s+"(?P<name>[\w./-]+)"\s+layer\((?P<layer>\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")


def bundle(folder: Path, name: str) -> str:
    """Return folder/name with each `@import "x.css" layer(y);` replaced by that file inside its layer.

    Browsers read the sources unbundled just the same; the bundle saves their requests. Comments and
    runs of white space go; nothing else is touched, so no minifier has to understand new CSS.
    """

    def inline(match: re.Match[str]) -> str:
        source = (folder / match["name"]).read_text(encoding="utf-8")
        return f"@layer {match['layer']} {{ {source} }}"

    text = IMPORT.sub(inline, (folder / name).read_text(encoding="utf-8"))
    return SPACE.sub(" ", COMMENT.sub("", text)).strip() + "\n"


class BundledStaticFiles(CompressedManifestStaticFilesStorage):
    """The manifest storage with css/site.css bundled before names are hashed."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Bundle first, so that the hash is of what is served.

        Always from the source folder: at the next deploy the collected file is yesterday's bundle.
        """
        if SITE_CSS in paths and not dry_run:
            storage, name = paths[SITE_CSS]
            source = Path(storage.path(name))
            Path(self.path(SITE_CSS)).write_text(bundle(source.parent, source.name), encoding="utf-8")
            paths[SITE_CSS] = (self, SITE_CSS)
        yield from super().post_process(paths, dry_run, **options)
