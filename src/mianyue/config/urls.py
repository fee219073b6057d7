"""Which address leads to which door."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView

from mianyue.entrypoints.api.api import api
from mianyue.entrypoints.console.site import site

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="admin:index"), name="home"),
    path("console/", site.urls),
    path("api/v1/", api.urls),
    path("", include("mianyue.entrypoints.portal.urls")),
]
if settings.MIANYUE_DEMO:
    urlpatterns.append(path("sandbox/", include("mianyue.entrypoints.sandbox.urls")))
