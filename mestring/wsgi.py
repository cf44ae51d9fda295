"""The WSGI application that gunicorn serves."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from mestring.cache.data_version import DataVersion
from mestring.cache.page_cache import PageCache
from mestring.web.head_requests import without_body_for_head
from mestring.web.last_resort import LastResort

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mestring.settings")
django = get_wsgi_application()
application = without_body_for_head(LastResort(PageCache(django, DataVersion().read), settings.FALLBACK_PHONE))
