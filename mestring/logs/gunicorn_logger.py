"""gunicorn's own lines, written as the site's are. gunicorn.conf.py names this class."""

import os
from typing import Any

from gunicorn.glogging import Logger

from mestring.config.logging import log_format
from mestring.logs.formats import formatter


class GunicornLogger(Logger):
    """gunicorn's logger with our formats. Its own quotes the address of what failed, with the query."""

    def setup(self, cfg: Any) -> None:
        """Take the format before the first line is written; settings are not read yet then."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter(log_format(os.environ)))

    def access(self, *_arguments: Any) -> None:
        """Write no line for a request, whatever the command line asks for: nginx writes one, without address."""
