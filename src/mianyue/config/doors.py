"""The last door before a person: foreseen errors become a page or JSON that says what to do; nobody sees a stack trace."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from mianyue.base.errors import MianyueError, NotFound, Refused, Unavailable


class ErrorsAtTheDoor:
    """Middleware that turns a MianyueError into an answer with a fitting status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, MianyueError):
            return None
        status = (
            404
            if isinstance(error, NotFound)
            else 409
            if isinstance(error, Refused)
            else 503
            if isinstance(error, Unavailable)
            else 400
        )
        if request.path.startswith("/api/"):
            return JsonResponse({"error": error.as_dict()}, status=status)
        return render(request, "portal/error.html", {"error": error}, status=status)
