"""Which encodings a browser accepts: a name is accepted unless its quality is nought."""

from functools import lru_cache

NOUGHT = ("q=0", "q=0.", "q=0.0", "q=0.00", "q=0.000")


@lru_cache(maxsize=64)  # browsers send a handful of different ones
def accepted_encodings(header: str) -> tuple[str, ...]:
    """Return the names in an Accept-Encoding header that the browser does not refuse."""
    offers = [part.partition(";") for part in header.lower().split(",")]
    return tuple(
        name.strip() for name, _sign, quality in offers if name.strip() and quality.replace(" ", "") not in NOUGHT
    )


def best_encoding(header: str) -> str:
    """Return the smallest of our encodings that the browser accepts; "", the plain text, when it names none."""
    accepted = accepted_encodings(header)
    return next((encoding for encoding in ("br", "gzip") if encoding in accepted), "")
