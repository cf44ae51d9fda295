"""Refuse to land when a message lacks a translation or a compiled catalogue is stale.

Extracts in a copy of the source tree, so that the check changes nothing. Needs GNU gettext.
"""

import gettext
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ("nb", "nn", "en")


def catalogue(mo: Path) -> dict[object, str]:
    """Return a compiled catalogue without its header, which carries dates."""
    with mo.open("rb") as file:
        messages = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]  # no public way to all messages
    messages.pop("", None)
    return messages


def lines(*command: str) -> list[str]:
    """Return the msgid lines that a gettext tool prints, header left out."""
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [line for line in printed.splitlines() if line.startswith("msgid ") and line != 'msgid ""']


def faults_of(locale: str, domain: str, fresh: Path) -> list[str]:
    """Return one sentence for each fault of a catalogue."""
    folder = ROOT / "locale" / locale / "LC_MESSAGES"
    po, mo = folder / f"{domain}.po", folder / f"{domain}.mo"
    extracted = fresh / "locale" / locale / "LC_MESSAGES" / f"{domain}.po"
    if not po.exists():
        return []
    found = []
    if set(lines("msgattrib", "--no-obsolete", "--no-wrap", str(extracted))) != set(
        lines("msgattrib", "--no-obsolete", "--no-wrap", str(po))
    ):
        found.append(f"{po}: run `make messages`; the source has other messages.")
    for kind in ("--untranslated", "--only-fuzzy"):
        if locale != "en" and (missing := lines("msgattrib", "--no-obsolete", "--no-wrap", kind, str(po))):
            found.append(f"{po}: {kind.strip('-')}: " + "; ".join(missing[:5]))
    compiled = fresh / f"{locale}-{domain}.mo"
    subprocess.run(["msgfmt", "--check-format", "--check-domain", "-o", str(compiled), str(po)], check=True)
    if not mo.exists() or catalogue(mo) != catalogue(compiled):
        found.append(f"{mo} is stale: run `make messages`.")
    return found


def main() -> None:
    """Extract in a copy, compare, and end with every fault at once."""
    if shutil.which("msgfmt") is None:
        sys.exit("GNU gettext is missing: install the package gettext to check the translations.")
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "tree"
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file():
                (fresh / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, fresh / name)
        command = [sys.executable, "manage.py", "makemessages", "--no-location", "--verbosity", "0"]
        for domain in ("django", "djangojs"):
            if not any((ROOT / "locale" / loc / "LC_MESSAGES" / f"{domain}.po").exists() for loc in LOCALES):
                continue
            arguments = [*command, "-d", domain, *(part for loc in LOCALES for part in ("-l", loc))]
            environment = {**os.environ, "DATA_DIR": folder}
            subprocess.run(arguments, cwd=fresh, env=environment, check=True)
        faults = [f for locale in LOCALES for d in ("django", "djangojs") for f in faults_of(locale, d, fresh)]
    if faults:
        sys.exit("\n".join(faults))


if __name__ == "__main__":
    main()
