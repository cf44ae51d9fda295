"""The setting LOGGING: lines to standard error, never an inquiry's content, so never a request body."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "mestring.web.error_filter.ContentFreeFormatter",
            "format": "%(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {"refusals": {"()": "mestring.web.refusals.CountRefusals"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Named with our handler only: Django's default handlers would mail POST data to ADMINS.
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # One line a day: an operator who stores the logs on another machine has the access log's head there too.
        "contact.heads": {"level": "INFO"},
    },
}
