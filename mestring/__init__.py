"""The site around both apps: settings, addresses, errors, staff. It includes the apps, and no app imports it."""

import gc

__version__ = "0.1.0"  # as pyproject.toml says

# A start makes some hundred thousand objects, nearly all of which stay. At Python's own 700 the collector looks
# through them so often that it takes a quarter of each start, of every command and of the web server's.
gc.set_threshold(50_000)
