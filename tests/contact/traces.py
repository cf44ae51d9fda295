"""Every way in which words may lie in a file: what the tests for traces look for."""

import base64
import quopri
import urllib.parse
from pathlib import Path


def traces_of(words: str) -> list[bytes]:
    """Return what these words look like, clear and written in the usual ways."""
    plain = words.encode()
    # base64 of a phrase depends on what stands before it: three alignments, the outermost signs left out.
    coded = [base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)]
    percent = [urllib.parse.quote(words).encode(), urllib.parse.quote_plus(words).encode()]
    quoted = [quopri.encodestring(plain, header=header) for header in (False, True)]
    return [
        plain, plain[:10], words.encode("latin-1"), words.encode("utf-16-le"), words.encode("utf-16-be"),
        plain.hex().encode(), plain.hex().upper().encode(), words.encode("unicode_escape"),
        words.encode("ascii", "xmlcharrefreplace"), *quoted,
        *coded, *(one.translate(bytes.maketrans(b"+/", b"-_")) for one in coded),
        *percent, *(one.lower() for one in percent),
    ]  # fmt: skip


def found_in(folder: Path, traces: list[bytes]) -> list[tuple[str, bytes]]:
    """Return every file below a folder that holds one of them; static files are the code's, not the site's."""
    files = [path for path in folder.rglob("*") if path.is_file() and "static" not in path.parts]
    return [(path.name, trace) for path in files for trace in traces if trace in path.read_bytes()]
