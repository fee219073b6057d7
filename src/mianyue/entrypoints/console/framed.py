"""A letter's HTML, made safe to look at: inside a sandboxed frame it can run nothing and load nothing."""

from __future__ import annotations

_POLICY = (
    '<meta http-equiv="Content-Security-Policy" '
    "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'\">"
)


def framed(html: str) -> str:
    """``html`` for the ``srcdoc`` of an ``<iframe sandbox>``, behind a policy that keeps even images from being fetched."""
    return _POLICY + html
