"""Which language a page speaks: the one its reader chose, else the one we write to them in, else the browser's."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language_from_request
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from mianyue.domain.notices.voice import Voice, voice_for


def language_for(request: HttpRequest, own: str = "") -> str:
    """One of ``settings.LANGUAGES``. ``own`` is the BCP 47 tag of the language in which the reader gets letters."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen in dict(settings.LANGUAGES):
        return chosen
    return _spoken(own) or get_language_from_request(request)


def voice_of(language: str, own: str) -> Voice:
    """The voice for a page in ``language``; of two Englishes or Chineses the reader's own, whose dates they are used to."""
    return voice_for(own if _spoken(own) == language else language)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Remembers the language in a cookie and goes back to ``next``."""
    return set_language(request)


def _spoken(tag: str) -> str:
    """The page language in which a reader of ``tag`` gets letters; empty where no catalogue fits, and they get another one."""
    voice = voice_for(tag) if tag else None
    if voice is None or voice.tag != tag.replace("_", "-"):
        return ""
    return next((code for code, _ in settings.LANGUAGES if code.split("-")[0] == voice.locale.language), "")
