"""The site's environment file: secrets made once and kept, the rest as the answers say today."""

import re
import secrets
from pathlib import Path

from deploy.debian import layout
from deploy.debian.answers import Answers, Refused
from deploy.debian.machine import folder, write

# systemd reads the file too, in its own way: it takes quotation marks, backslashes and blanks at the ends away.
LINE = re.compile(r"[A-Z][A-Z0-9_]*=(?![\"'])[^\\]*(?<![ \t])")
HOW_LINES_ARE = "each line is NAME=value, without quotation marks around it, backslashes, or blanks at the ends."


def read_settings(path: Path) -> dict[str, str]:
    """Return the lines of an environment file; none where there is no file. Raises Refused for another line."""
    if not path.exists():
        return {}
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    if wrong := [line.partition("=")[0] for line in lines if not LINE.fullmatch(line)]:
        raise Refused(f"{path}: {HOW_LINES_ARE} Not so: {', '.join(wrong)}")
    return dict(line.split("=", 1) for line in lines)


def write_settings(answers: Answers, database_url: str, backup_key: str) -> dict[str, str]:
    """Write the file and return its settings. What an operator added to it by hand stays."""
    kept = read_settings(layout.SETTINGS)
    ours = {
        "MODE": "live",
        "DATA_DIR": str(layout.DATA),
        "KEY_DIR": str(layout.KEYS),
        "DELIVERER_KEY": str(layout.DELIVERER_KEY),
        "ERASURE_LIST": str(layout.ERASED / "erased-inquiries.txt"),
        "AUDIT_HEADS": str(layout.HEADS / "audit_heads"),
        "ALLOWED_HOSTS": answers.host,
        "SITE_ADDRESS": f"https://{answers.host}",
        "CLINIC_PHONE": answers.phone,
        "EMAIL_URL": answers.mail_server,
        "MAIL_FROM": answers.mail_from,
        "INQUIRY_NOTIFY": ",".join(answers.told),
        "OPERATOR_MAIL": answers.operator,
        "EMERGENCY_DIR": str(layout.EMERGENCY),
        "BACKUP_DIR": str(layout.BACKUPS),
        "BACKUP_PROGRAMS": str(layout.CONFIGURATION / "backup.d"),
        "BACKUP_KEY": backup_key,
        "HSTS_SUBDOMAINS": str(answers.hsts_subdomains).lower(),
    }
    if database_url:
        ours["DATABASE_URL"] = database_url
    made = {name: secrets.token_hex(32) for name in ("SECRET_KEY", "RECEIPT_SECRET") if name not in kept}
    settings = made | kept | ours
    folder(layout.CONFIGURATION, mode=0o755)
    head = "# Written by deploy/install; lines that it does not know stay. Keep a copy with the keys.\n"
    write(layout.SETTINGS, head + "".join(f"{name}={value}\n" for name, value in settings.items()), mode=0o600)
    return settings
