"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from mestring.cache.data_version import DataVersion
from mestring.cache.page_cache import PageCache

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mestring.settings")
application = PageCache(get_wsgi_application(), DataVersion().read)
