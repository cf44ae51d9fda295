"""Keeping the emergency edition up to date, a slice at a time: what is gone first, then what has changed."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from mestring.emergency import folder
from mestring.emergency.addresses import addresses
from mestring.emergency.age import is_to_be_noted, note_whole
from mestring.emergency.copying import NotCopied, copy_page
from mestring.emergency.named_files import NamedFiles
from mestring.emergency.noted import Answers
from mestring.emergency.noted_site import NotedSite
from mestring.emergency.relative_links import file_of

log = logging.getLogger("mestring.emergency")  # operators filter by this name (docs/operators.md)
# A copy says when it was made: one that nothing changed is made anew, so that no date is older than a day.
ANEW_AFTER = 86_400.0  # seconds, by the monotonic clock


@dataclass(frozen=True)
class Made:
    """What is remembered of a copy."""

    answers: Answers
    files: frozenset[str]
    at: float


class EmergencyEdition:
    """The copies in a folder. A new process knows of none, and makes each of them once."""

    def __init__(self, root: Path, read_version: Callable[[], str | None]) -> None:
        self.root, self.read_version = root, read_version
        folder.open_to_readers(root)
        self.version: str | None = None
        self.moment: NotedSite | None = None
        self.until = timezone.now()
        self.copied: frozenset[str] = frozenset()
        self.made: dict[str, Made] = {}  # the copies that hold
        # What lies there, whether it holds or not; also what an earlier process was writing when it was killed.
        self.there = {*folder.names_in(root, "index.html"), *folder.names_in(root, "*.part")}
        self.refused: set[str] = set()  # what could not be copied; the next look tries again
        self.is_tidy = False
        self.files = NamedFiles(root)

    def keep(self, seconds: float) -> bool:
        """Copy for so long; return whether every page's copy is as the site is now."""
        moment = self._look()
        ends = time.monotonic() + seconds
        for path in self._due():
            if time.monotonic() > ends or not folder.has_room(self.root):
                return False
            self._copy(path, moment)
        if len(self.made) < len(self.copied):
            return False
        if not self.is_tidy:
            self.files.keep_only(set().union(*(made.files for made in self.made.values())))
        self.is_tidy = True
        if is_to_be_noted(self.root):
            if self._forget_lost():
                return False
            note_whole(self.root)
        return True

    def _look(self) -> NotedSite:
        """Return the site as it is now, read anew when the database has changed or something begins or ends."""
        version = self.read_version()
        if self.moment and version and version == self.version and timezone.now() < self.until:
            return self.moment
        self.version, self.refused = version, set()
        now = NotedSite(timezone.now())
        self.until = now.ends_at
        if self.moment is None or now.all != self.moment.all:
            self.moment = now
            self.copied = frozenset(addresses(now))
            self._remove_gone(now)
            still = {path: made for path, made in self.made.items() if path in self.copied}
            self.made = {path: made for path, made in still.items() if now.still_says(made.answers)}
        return self.moment

    def _due(self) -> Iterator[str]:
        """Yield what has no copy that holds, the newest edition first; then what is a day old."""
        moment = self.moment
        if moment and len(self.made) < len(self.copied):
            yield from [path for path in addresses(moment) if path not in self.made.keys() | self.refused]
        old = time.monotonic() - ANEW_AFTER
        yield from [path for path, made in self.made.items() if made.at < old]

    def _copy(self, path: str, moment: NotedSite) -> None:
        try:
            copy = copy_page(path, self.copied, moment)
            self.files.write(copy.files)
        except (NotCopied, FileNotFoundError) as fault:
            log.error("%s was not copied (%s)", path, type(fault).__name__)
            self.refused.add(path)
            return
        folder.write(self.root, file_of(path), copy.html)
        self.there.add(file_of(path))
        self.made[path] = Made(copy.answers, copy.files, time.monotonic())
        self.is_tidy = False

    def _forget_lost(self) -> bool:
        """Say whether another program took files away; their pages are then made anew."""
        if not self.root.is_dir():
            folder.open_to_readers(self.root)
        lost = self.files.forget_lost()
        before = self.made
        self.made = {
            path: made
            for path, made in before.items()
            if not made.files & lost and (self.root / file_of(path)).is_file()
        }
        return bool(lost) or len(self.made) < len(before)

    def _remove_gone(self, moment: NotedSite) -> None:
        """Remove at once what visitors may not read any more: pages, and pictures that were withdrawn."""
        wanted = {file_of(path) for path in self.copied}
        for name in self.there - wanted:
            folder.remove(self.root, name)
        self.there &= wanted
        self.is_tidy = False
        self.files.withdraw(moment.facts.withdrawn)
