"""A demo of its own for every test: an empty home, the sandbox's addresses, its Chinese catalogue compiled."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import django
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.test import Client, override_settings
from django.urls import include, path

import mianyue.entrypoints.sandbox as sandbox

CATALOGUE = Path(sandbox.__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"

if not settings.configured:
    settings.configure(
        SECRET_KEY="for tests of the sandbox alone",
        ALLOWED_HOSTS=["testserver"],
        INSTALLED_APPS=["django.contrib.staticfiles", "mianyue.entrypoints.sandbox"],
        MIDDLEWARE=["django.middleware.locale.LocaleMiddleware", "django.middleware.csrf.CsrfViewMiddleware"],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
            }
        ],
        LANGUAGE_CODE="zh-hans",
        LANGUAGES=[("zh-hans", "简体中文"), ("en", "English")],
        STATIC_URL="/static/",
        USE_TZ=True,
        MIANYUE_HOME=Path(),
        MIANYUE_DEMO=False,
    )
    django.setup()


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("locale")
    compiled = folder / "zh_Hans" / "LC_MESSAGES" / "django.mo"
    compiled.parent.mkdir(parents=True)
    with CATALOGUE.open("rb") as source, compiled.open("wb") as target:
        write_mo(target, read_po(source))
    return folder


@pytest.fixture
def home(tmp_path, catalogues):
    """The demo's home folder; pages read it while the test runs."""
    addresses = ModuleType("addresses")
    addresses.urlpatterns = [path("sandbox/", include("mianyue.entrypoints.sandbox.urls"))]
    with override_settings(MIANYUE_HOME=tmp_path, MIANYUE_DEMO=True, ROOT_URLCONF=addresses, LOCALE_PATHS=[catalogues]):
        yield tmp_path


@pytest.fixture
def english(home) -> Client:
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def chinese(home) -> Client:
    return Client(headers={"accept-language": "zh-CN"})
