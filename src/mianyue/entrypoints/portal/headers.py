"""What every page tells the browser: load nothing from elsewhere, keep no copy, tell nobody the address."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import get_language

POLICY = "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

WITH_OWN_SCRIPTS = POLICY.replace("script-src 'none'", "script-src 'self'")
"""For a page that asks the phone where it is, and works without, too."""


def sealed(response: HttpResponse) -> HttpResponse:
    """``response`` with the headers of a page whose address is a secret."""
    response.setdefault("Content-Security-Policy", POLICY)
    response["Cache-Control"] = "no-store"
    # Not "no-referrer": it makes browsers send "Origin: null" with a form (Fetch standard, "append a request Origin header"), which
    # Django's protection against forged requests rightly refuses. Either value tells other sites nothing.
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Language"] = get_language() or ""
    return response
