"""The frame around every page of the console that is not one of Django's lists."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.template.response import TemplateResponse


def page(site: AdminSite, request: HttpRequest, template: str, title: Any, **shown: Any) -> TemplateResponse:
    """``template`` with the sidebar, the header and ``shown``."""
    request.current_app = site.name
    return TemplateResponse(request, f"console/{template}.html", {**site.each_context(request), "title": title, **shown})
