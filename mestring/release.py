"""Which release this is: the version and, where deploy/install put it, the name of its folder."""

from pathlib import Path

from mestring import __version__

SOURCE = Path(__file__).resolve().parent.parent


def release_name() -> str:
    """Return the version; of an installed release with a digest of what is in it, by which two are told apart."""
    return f"{__version__}+{SOURCE.name}" if SOURCE.parent.name == "releases" else __version__
