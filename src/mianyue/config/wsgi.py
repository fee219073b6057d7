"""What the web server calls."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mianyue.config.settings")
application = get_wsgi_application()

# Django reads the addresses, and with them every page, at the first request; read now, they are there for what follows.
_ = get_resolver().url_patterns

# All of that lives as long as the process. Without this, each full collection walks it in the middle of some request, which then
# takes twice as long as the others. What requests themselves make is collected as always.
gc.collect()
gc.freeze()
