"""The setting LOGGING: lines to standard error, never an inquiry's content, so never a request body."""

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "mestring.web.error_filter.WithoutContent", "format": "%(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Without handlers of its own: Django's default would mail POST data to ADMINS.
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # One line a day: whoever keeps the logs elsewhere keeps the access log's head there too.
        "contact.heads": {"level": "INFO"},
    },
}
