"""What docs/operators.md tells operators to type when something is wrong, typed on the machine."""

from tests.deploy.walk.shell import (
    CONFIGURATION,
    STATE,
    as_told,
    blocks_as_told,
    install,
    sh,
    site,
    step,
    wait_for,
)
from tests.deploy.walk.visitors import ask


def looked_at(database):
    """What an operator looks at first, and what is started anew."""
    blocks_as_told("When something is wrong")
    as_told("curl -sS http://127.0.0.1:8000/readyz")
    as_told("systemctl is-active mestringshusene-deliver")
    as_told("journalctl -u UNIT -o cat -n 50", UNIT="mestringshusene-web")
    as_told("journalctl -u mestringshusene-web -o cat -n 50")
    as_told("journalctl -u mestringshusene-deliver -o cat -n 50")
    as_told("journalctl -u mestringshusene-web -o cat | grep NUMBER", NUMBER="level")
    as_told("journalctl --disk-usage")
    as_told("nginx -t")
    as_told("df -h /var/lib/mestringshusene")
    as_told("du -xh --max-depth=2 /var/lib/mestringshusene")
    as_told("systemctl daemon-reload")
    as_told("systemctl restart nginx")
    if database == "postgresql":
        as_told("df -h /var/lib/postgresql")
        as_told("systemctl restart postgresql")
    as_told("systemctl restart mestringshusene-deliver")
    as_told("systemctl restart mestringshusene-web")
    as_told("systemctl restart mestringshusene-web mestringshusene-deliver")
    wait_for("the site", lambda: ask("/")[0] == 200)
    step("looked at and started anew")


def restored(database):
    """The site is what it was at its backup: an inquiry that came in afterwards is gone, and no mail goes."""
    (backup,) = (STATE / "backup").glob("*.backup")
    site("backup", "--signer", "/tmp/signer")
    sh("cp", "-a", STATE / "keys", "/tmp/keys")
    files = {"KEY": CONFIGURATION / "offline-backup.key", "SIGNER": "/tmp/signer", "KEYS": "/tmp/keys"}
    blocks_as_told(
        "Restore", database=database, BACKUP=backup, LIST=STATE / "erased/erased-inquiries.txt", **files
    )
    assert "held" in as_told("curl -fsS http://127.0.0.1:8000/readyz")
    (STATE / "data/mail-is-held").unlink()
    (STATE / "heads/audit_heads").write_text("")  # as the guide says: they name entries from after the backup
    install()
    assert as_told("curl -fsS http://127.0.0.1:8000/readyz").startswith("ready")
    step("restored from the backup")
