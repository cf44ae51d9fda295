"""`python3 -m deploy.debian ANSWERS`: install or upgrade; deploy/install, which has the packages, calls it."""

import sys
from pathlib import Path

from deploy.debian import layout, release, services
from deploy.debian.answers import Answers, Refused, read_answers
from deploy.debian.database import prepare_database
from deploy.debian.deliverer_key import drop_former_key, keep_deliverer_key
from deploy.debian.machine import folder, manage, run, write
from deploy.debian.rights import set_rights
from deploy.debian.settings_file import read_settings, write_settings
from deploy.debian.upgrades.upgrade import Site, deploy, finish_what_was_cut_short, upgrade
from deploy.debian.web_server import set_up_nginx

LEFT = """ What is left for people:
  1. {name} invite_administrator NAME ADDRESS  – the first colleague, who then invites the others.
  2. Print {keys}/recovery-paper.txt, or let a keyholder have it shown once in the browser; {name} inbox prove.
  3. The launch list, under “Nettstedet i drift” on staff's first page: the forms open when it is complete.
  4. {name} backup --signer /tmp/signer.txt, and keep that file with the offline key, away from this machine.
  5. Copy {settings} and {deliverer} to where the keys are kept.
  6. Put a program into {configuration}/alarm.d that tells you when mail is what failed.
  7. Once the forms are open: {name} rehearse  – the site sends itself an inquiry and follows it, as each night.
"""
OFFLINE_KEY = """
The private half of the backup key lies in {path}. Take it away from this machine NOW, to two places, and delete
it here: without it no backup can be opened, and with it on this machine a thief of the machine opens them all.
"""


def main(arguments: list[str]) -> int:
    """Install or upgrade; return the exit status."""
    if len(arguments) != 1:
        print("usage: deploy/install ANSWERS (see deploy/debian/answers.toml)", file=sys.stderr)
        return 2
    try:
        install(read_answers(Path(arguments[0])))
    except Refused as refused:
        print(f"\n{refused}", file=sys.stderr)
        return 1
    return 0


def install(answers: Answers) -> None:
    """Do every step; each one is skipped, or repeated without harm, where it was done before."""
    step("User and folders")
    set_rights(answers.database)
    step("The release and its packages")
    new, old = release.make_release(), release.current()
    step("Database and settings")
    url = prepare_database(answers.database)
    settings = write_settings(answers, url, backup_key(answers, new))
    keep_deliverer_key(new)
    site = Site(answers.host, answers.database, settings)
    manage("check", environment={**settings, "UPGRADING": "1"}, code=new)
    services.write_units(answers.database)
    if finish_what_was_cut_short(site):
        step("An upgrade that was cut short was taken back")
    if old in (None, new):
        step("Tables, keys, starter pages, static files")
        deploy(new, site)
        release.switch_to(new)
        set_rights(answers.database)  # also of what was made just now
        services.start_all()
        services.restart_web()
        services.restart_deliverer()
        if fault := services.fault_of(answers.host):
            raise Refused(f"The site does not serve: {fault}")
    else:
        step("The upgrade: nothing writes until the new release has answered")
        upgrade(new, site)
    drop_former_key()
    step("nginx")
    set_up_nginx(answers)
    release.drop_old_releases()
    print(f"\nThe site serves at https://{answers.host}/.{left_for_people(is_new=old is None)}")


def left_for_people(*, is_new: bool) -> str:
    """Return what people have to do, also at a later run until the recovery paper and the offline key are away."""
    said = ""
    if is_new or (layout.KEYS / "recovery-paper.txt").exists():
        said += LEFT.format(name=layout.NAME, keys=layout.KEYS, settings=layout.SETTINGS,
                            deliverer=layout.DELIVERER_KEY, configuration=layout.CONFIGURATION)  # fmt: skip
    if layout.OFFLINE_KEY.exists():
        said += OFFLINE_KEY.format(path=layout.OFFLINE_KEY)
    return said


def backup_key(answers: Answers, code: Path) -> str:
    """Return the public half of the backup key: answered, made before, or made now."""
    known = answers.backup_key or read_settings(layout.SETTINGS).get("BACKUP_KEY")
    if known:
        return known
    apart = layout.STATE / "new-key"
    folder(apart, owner=layout.USER, mode=0o700)
    said = manage(
        "backup", "--new-key", str(apart / "key"), environment={"MODE": "demo", "DATA_DIR": str(apart)}, code=code
    )
    write(layout.OFFLINE_KEY, run("cat", apart / "key", user=layout.USER), mode=0o600)
    run("rm", "-r", apart)
    return next(line for line in said.splitlines() if line.startswith("BACKUP_KEY=")).removeprefix("BACKUP_KEY=")


def step(name: str) -> None:
    """Say what is being done."""
    print(f"– {name}", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
