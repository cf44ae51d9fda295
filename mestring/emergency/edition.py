"""Keeping the emergency edition up to date, a slice at a time: what is gone first, then what has changed."""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from mestring.emergency import folder, named_files
from mestring.emergency.addresses import addresses
from mestring.emergency.age import note_whole
from mestring.emergency.copying import Copy, NotCopied, copy_page
from mestring.emergency.noted import Answers, Moment
from mestring.emergency.relative_links import FILES, file_of
from pages.models.picture import FOLDER

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
        self.moment: Moment | None = None
        self.until = timezone.now()
        self.copied: frozenset[str] = frozenset()
        self.made: dict[str, Made] = {}
        self.refused: set[str] = set()  # what could not be copied; the next look tries again
        self.is_tidy = False
        self.written: dict[str, frozenset[str]] = {}  # each picture or style that is there, and what it names

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
            self._remove_unnamed()
        self.is_tidy = True
        note_whole(self.root)
        return True

    def _look(self) -> Moment:
        """Return the site as it is now, read anew when the database has changed or something begins or ends."""
        version = self.read_version()
        if self.moment and version and version == self.version and timezone.now() < self.until:
            return self.moment
        self.version, self.refused = version, set()
        now = Moment(timezone.now())
        self.until = now.ends_at
        if self.moment is None or now.all != self.moment.all:
            first, self.moment = self.moment is None, now
            self.copied = frozenset(addresses(now))
            self._remove_gone(now, first=first)
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

    def _copy(self, path: str, moment: Moment) -> None:
        try:
            copy = copy_page(path, self.copied, moment)
            self._write_files(copy)
        except (NotCopied, FileNotFoundError) as fault:
            log.error("%s was not copied (%s)", path, type(fault).__name__)
            self.refused.add(path)
            return
        folder.write(self.root, file_of(path), copy.html)
        self.made[path] = Made(copy.answers, copy.files, time.monotonic())
        self.is_tidy = False

    def _write_files(self, copy: Copy) -> None:
        waiting = [name for name in copy.files if name not in self.written]
        while waiting:
            content = named_files.content_of(name := waiting.pop())
            folder.write(self.root, f"{FILES}/{name}", content)
            self.written[name] = frozenset(named_files.named_in(name, content))
            waiting += [one for one in self.written[name] if one not in self.written]

    def _remove_gone(self, moment: Moment, *, first: bool) -> None:
        """Remove at once what visitors may not read any more: pages, and pictures that were withdrawn."""
        wanted = {file_of(path) for path in self.copied}
        there = [*map(file_of, self.made)]
        if first:  # what an earlier process made, or was writing when it was killed
            there = [*folder.names_in(self.root, "index.html"), *folder.names_in(self.root, "*.part")]
        for name in [name for name in there if name not in wanted]:
            folder.remove(self.root, name)
        self.is_tidy = False
        for key in moment.facts.withdrawn:
            folder.remove(self.root, f"{FILES}/media/{FOLDER}/{key}")
        self.written = {name: inner for name, inner in self.written.items() if (self.root / FILES / name).exists()}

    def _remove_unnamed(self) -> None:
        """Remove the pictures and styles that no copy names."""
        named = set().union(*(made.files for made in self.made.values()))
        while more := set().union(*(self.written[name] for name in named)) - named:
            named |= more
        for name in [*folder.names_in(self.root / FILES, "*")]:
            if name not in named:
                folder.remove(self.root, f"{FILES}/{name}")
                self.written.pop(name, None)
