"""Django's settings, all derived from the environment (see ``environment.py`` and docs/operations.md)."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from mianyue.adapters.mailboxes import mailbox_url
from mianyue.base import zones
from mianyue.base.clock import SystemClock, from_setting
from mianyue.base.errors import MianyueError
from mianyue.config import plugs
from mianyue.config.catalogues import compile_all
from mianyue.config.database import django_database
from mianyue.config.environment import read
from mianyue.domain.security.keyring import keyring
from mianyue.entrypoints.console.look import UNFOLD as UNFOLD
from mianyue.understanding.phrases import bundled
from mianyue.worktime import day_kinds

plugs.register_all()
# Every process comes by here, and before it makes its first zone.
zones.use(read("MIANYUE_ZONE_DATA"))
if _notices := read("MIANYUE_HOLIDAY_NOTICES"):
    day_kinds.also_read(_notices)

MIANYUE_HOME: Path = read("MIANYUE_HOME")
MIANYUE_DEMO: bool = read("MIANYUE_DEMO")
MIANYUE_URL: str = read("MIANYUE_URL")
MIANYUE_MINIMUM_NOTICE = read("MIANYUE_MINIMUM_NOTICE")
MIANYUE_FOLLOW_UP_AFTER = read("MIANYUE_FOLLOW_UP_AFTER")
MIANYUE_GIVE_UP_AFTER = read("MIANYUE_GIVE_UP_AFTER")
MIANYUE_TENTATIVE_HOLD = read("MIANYUE_TENTATIVE_HOLD")
MIANYUE_ROOM_NO_SHOW_AFTER = read("MIANYUE_ROOM_NO_SHOW_AFTER")
MIANYUE_REMIND_BEFORE = read("MIANYUE_REMIND_BEFORE")
MIANYUE_VIDEO_LINK = read("MIANYUE_VIDEO_LINK")
MIANYUE_ANSWER_LOST_AFTER = read("MIANYUE_ANSWER_LOST_AFTER")
MIANYUE_RETRY_FIRST = read("MIANYUE_RETRY_FIRST")
MIANYUE_RETRY_FOR = read("MIANYUE_RETRY_FOR")
MIANYUE_ASK_BACK = read("MIANYUE_ASK_BACK")
MIANYUE_CORRECTIONS_PER_MONTH = read("MIANYUE_CORRECTIONS_PER_MONTH")
MIANYUE_APPROVAL_REMIND_AFTER = read("MIANYUE_APPROVAL_REMIND_AFTER")
MIANYUE_APPROVAL_ESCALATE_AFTER = read("MIANYUE_APPROVAL_ESCALATE_AFTER")
MIANYUE_ATTENDANCE = read("MIANYUE_ATTENDANCE")
MIANYUE_MAILBOX = mailbox_url.kind(os.environ)
"""The plug that holds answers by mail; empty where none is read."""
MIANYUE_REPLY_TO = read("MIANYUE_REPLY_TO") or mailbox_url.reply_address(os.environ)
MIANYUE_WRITER = read("MIANYUE_WRITER")
MIANYUE_WRITER_TONE = read("MIANYUE_WRITER_TONE")
MIANYUE_READ_SCANS = read("MIANYUE_READ_SCANS")
MIANYUE_ENCODER = read("MIANYUE_ENCODER") or ("bundled" if bundled.available() else "none")
MIANYUE_WRITER_PRICE_IN = read("MIANYUE_WRITER_PRICE_IN")
MIANYUE_WRITER_PRICE_OUT = read("MIANYUE_WRITER_PRICE_OUT")
MIANYUE_WRITER_MONTHLY_LIMIT = read("MIANYUE_WRITER_MONTHLY_LIMIT")


class ClockRefused(MianyueError):
    """MIANYUE_CLOCK is set, but this is no demo."""

    code = "clock_refused"


if read("MIANYUE_CLOCK") and not MIANYUE_DEMO:
    raise ClockRefused("MIANYUE_CLOCK is set outside a demo.", "Unset MIANYUE_CLOCK; or, for a demo or a test, set MIANYUE_DEMO=1.")
CLOCK = from_setting(read("MIANYUE_CLOCK")) if MIANYUE_DEMO else SystemClock()

_here = Path(__file__).resolve().parent.parent
_address = urlsplit(MIANYUE_URL)
_secure = MIANYUE_URL.startswith("https://")

SECRET_KEY = keyring(MIANYUE_HOME / "keys").django.hex()
DEBUG = False
ALLOWED_HOSTS = sorted({_address.hostname, "localhost", "127.0.0.1", "[::1]", *read("MIANYUE_ALLOWED_HOSTS")})
CSRF_TRUSTED_ORIGINS = [f"{_address.scheme}://{_address.netloc}"]

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin.apps.SimpleAdminConfig",  # the console has a site of its own: nothing is to be discovered
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "ninja",
    "mianyue.domain.security",
    "mianyue.domain.timers",
    "mianyue.domain.desk",
    "mianyue.domain.organization",
    "mianyue.domain.approvals",
    "mianyue.domain.notices",
    "mianyue.domain.replies",
    "mianyue.domain.recruiting",
    "mianyue.domain.attendance",
    "mianyue.domain.rooms",
    "mianyue.domain.calendars",
    "mianyue.domain.provisioning",
    "mianyue.domain.interviews",
    "mianyue.domain.plans",
    "mianyue.domain.intake",
    "mianyue.entrypoints.console",
    "mianyue.entrypoints.portal",
    "mianyue.entrypoints.sandbox",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mianyue.config.doors.ErrorsAtTheDoor",
]

ROOT_URLCONF = "mianyue.config.urls"
WSGI_APPLICATION = "mianyue.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {"default": django_database(read("DATABASE_URL"), MIANYUE_HOME)}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = compile_all(MIANYUE_HOME)
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = None
# Served straight from the packages: nothing to collect, nothing to forget after an upgrade.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
# Other sites learn nothing; with "no-referrer" browsers would send "Origin: null" and every form would be refused.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_IMPORT_PATHS = ["mianyue.workflows.jobs"]
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": read("MIANYUE_LOG_LEVEL")},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
    },
}
