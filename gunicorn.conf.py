"""gunicorn reads this by itself in the folder that it is started in."""

logger_class = "mestring.logs.gunicorn_logger.GunicornLogger"
