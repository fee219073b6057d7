"""How a button becomes an act: a workflow is called as the signed-in user, and what became of it is said in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from mianyue.base.errors import MianyueError
from mianyue.domain.security.actor import Actor
from mianyue.entrypoints.console import words

T = TypeVar("T")


def actor(request: HttpRequest) -> Actor:
    """The signed-in user, as the journal names them."""
    return Actor("user", str(request.user.pk))


def perform(request: HttpRequest, act: Callable[[], T], done: Callable[[T], str] | str) -> bool:
    """Runs ``act`` and tells the user. A foreseen error becomes a message with what to do next; returns whether it went well."""
    try:
        result = act()
    except MianyueError as error:
        messages.error(request, words.error(error))
        return False
    messages.success(request, done if isinstance(done, str) else done(result))
    return True


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """To the page the form named in ``next``, if that is one of ours."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else otherwise)
