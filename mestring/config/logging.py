"""The setting LOGGING: lines to standard error, never an inquiry's content, so never a request body."""

from collections.abc import Mapping
from typing import Any

FORMATS = ("plain", "json")


def log_format(environ: Mapping[str, str]) -> str:
    """Return how lines are written. gunicorn asks before there are settings, so the environment is read here."""
    default = "json" if environ.get("MODE", "").strip() == "live" else "plain"
    return environ.get("LOG_FORMAT", "").strip() or default


def logging_in(name: str) -> dict[str, Any]:
    """Return Django's setting for lines in this format."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": "mestring.logs.formats.formatter", "name": name}},
        "filters": {"refusals": {"()": "mestring.web.refusals.CountRefusals"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        # Named with our handler only: Django's default handlers would mail POST data to ADMINS.
        "loggers": {
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            # One line a day: who stores the logs on another machine has the access log's head there too.
            "contact.heads": {"level": "INFO"},
        },
    }
