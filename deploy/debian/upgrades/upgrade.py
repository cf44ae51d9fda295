"""From one release to the next, or back to the one before with the database as it was.

From the snapshot until the new release has answered, nothing writes: going back then loses no inquiry. Afterwards
only the code goes back; the snapshot would take away what came in since.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.debian import layout, release, services
from deploy.debian.answers import Refused
from deploy.debian.database import as_owner
from deploy.debian.machine import manage, run, write
from deploy.debian.upgrades.interruptions import Interrupted, told_as_faults
from deploy.debian.upgrades.snapshot import put_back, take_snapshot
from deploy.debian.upgrades.trial import fault_on_trial

EXPECTED = (Refused, Interrupted, OSError)
UNDER_WAY = layout.STATE / "upgrade-under-way"  # what to go back to, for a machine that lost power meanwhile


@dataclass(frozen=True)
class Site:
    """What an upgrade has to know of the site."""

    host: str
    database: str
    environment: Mapping[str, str]


def deploy(code: Path, site: Site) -> None:
    """Bring the database and the static files up to this release. All of it can be repeated."""
    able = {**site.environment, "UPGRADING": "1"}
    manage("migrate", "--noinput", "--verbosity", "0", environment=as_owner(able), code=code)
    for command in (("setup_site",), ("load_starter",), ("collectstatic", "--noinput", "--verbosity", "0")):
        manage(*command, environment=able, code=code)


def upgrade(new: Path, site: Site) -> None:
    """Let the new release serve, once it was well on trial.

    Raises Refused when it was not: then the old one serves again, on the database as it was.
    """
    old = release.current()
    if old is None:
        raise Refused("There is no release to upgrade.")
    copy = None
    with told_as_faults() as be_deaf:
        try:
            hold_writes()
            copy = take_snapshot(site.database)
            write(UNDER_WAY, json.dumps({"code": str(old), "copy": str(copy)}), mode=0o600)
            deploy(new, site)
            if fault := fault_on_trial(new, site.host, site.environment):
                raise Refused(fault)
            release.switch_to(new)
            services.restart_web()
            if fault := services.fault_of(site.host):
                raise Refused(fault)
        except Exception as fault:  # whatever it is, also a full disk, must not leave the site's forms closed
            be_deaf()
            go_back(old, copy, site)
            said = str(fault) if isinstance(fault, EXPECTED) else repr(fault)
            raise Refused(f"The new release does not serve, and the old one does again:\n{said}") from None
        be_deaf()
        let_write()


def hold_writes() -> None:
    """Stop what writes, and let the web server take nothing: its forms ask people to ring."""
    services.stop_writing()
    layout.PAUSE.unlink(missing_ok=True)
    run("tee", layout.PAUSE, user=layout.USER, stdin="An upgrade is at work.\n")
    services.restart_web()


def let_write() -> None:
    """Open the site again, with whichever release it has."""
    layout.PAUSE.unlink(missing_ok=True)
    UNDER_WAY.unlink(missing_ok=True)
    services.restart_web()
    services.start_all()


def go_back(old: Path, copy: Path | None, site: Site) -> None:
    """Let the old release serve on the database as it was before the upgrade.

    The web server goes on meanwhile: it only reads, from what is about to be replaced, until it is restarted.
    """
    if copy:
        put_back(copy, site.database)
    release.switch_to(old)
    manage(
        "collectstatic",
        "--noinput",
        "--verbosity",
        "0",
        environment={**site.environment, "UPGRADING": "1"},
        code=old,
    )
    let_write()


def finish_what_was_cut_short(site: Site) -> bool:
    """Go back from an upgrade that was cut off, as by a power cut; return whether there was one."""
    if not UNDER_WAY.exists():
        if layout.PAUSE.exists():  # cut off before there was a snapshot
            let_write()
        return False
    before = json.loads(UNDER_WAY.read_text(encoding="utf-8"))
    go_back(Path(before["code"]), Path(before["copy"]), site)
    return True
