"""Which PostgreSQL answers: the one of ``DATABASE_URL``, or the embedded one under ``MIANYUE_HOME``."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from mianyue.base.errors import SettingError
from mianyue.config import embedded

APPLICATION_ROLE = "mianyue_app"
"""The role web and worker act under; it can't change or remove journal rows. Made by the security room's first migration."""


def django_database(url: str, home: Path) -> dict[str, Any]:
    """The ``DATABASES["default"]`` entry. An empty ``url`` means the embedded server of ``home``."""
    place = _from_url(url) if url else embedded.Server(home).address()
    return {
        "ENGINE": "django.db.backends.postgresql",
        **place,
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**place.get("OPTIONS", {}), "assume_role": APPLICATION_ROLE, "application_name": "mianyue"},
    }


def _from_url(url: str) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme not in ("postgres", "postgresql") or len(parts.path) < 2:
        raise SettingError("DATABASE_URL", "…", "postgresql://user:password@host:5432/name")
    options = dict(parse_qsl(parts.query))
    return {
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": port,
        "OPTIONS": options,
    }
