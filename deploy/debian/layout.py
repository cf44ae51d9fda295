"""Where everything lies on the machine, and who owns it."""

from pathlib import Path

NAME = "mestringshusene"
USER = "site"
DELIVERER = "site_deliverer"  # the delivery process, on PostgreSQL; of the group of USER
CODE = Path("/opt") / NAME
RELEASES = CODE / "releases"
CURRENT = CODE / "current"  # a link to the release that runs
STATE = Path("/var/lib") / NAME
DATA, KEYS, HEADS, BACKUPS, SNAPSHOTS = (STATE / name for name in ("data", "keys", "heads", "backup", "snapshots"))
EMERGENCY = STATE / "emergency"  # copies of the pages, which nginx reads; nothing else lies there
ERASED = STATE / "erased"  # the list of erasures: written by the delivery process and by each backup
PAUSE = DATA / "writes-are-paused"  # mestring/settings.py looks for it
CONFIGURATION = Path("/etc") / NAME
SETTINGS = CONFIGURATION / "site.env"
DELIVERER_KEY = CONFIGURATION / "deliverer.key"  # root's alone: systemd hands it to the delivery process
OFFLINE_KEY = CONFIGURATION / "offline-backup.key"  # until a person has taken it away; doctor looks for it
OWNER_SETTINGS = CONFIGURATION / "owner.env"  # PostgreSQL's role that may change tables; root's alone
UNITS = Path("/etc/systemd/system")
NGINX = Path("/etc/nginx/conf.d") / f"{NAME}.conf"
COMMAND = Path("/usr/local/sbin") / NAME
WEB, DELIVER = f"{NAME}-web.service", f"{NAME}-deliver.service"
SOCKET = f"{NAME}-web.socket"
TIMERS = tuple(f"{NAME}-{job}.timer" for job in ("backup", "verify", "rehearse", "links"))
ADDRESS = "http://127.0.0.1:8000"
