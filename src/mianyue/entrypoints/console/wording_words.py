"""Whose words a letter has, and what spoke against a writer's sentences: the codes in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

WORDING_STATES = {
    "waiting": _("The writer will be asked"),
    "asking": _("The writer is being asked"),
    "used": _("The writer's sentences"),
    "template": _("The template"),
}
WORDING_TONES = {"waiting": "info", "asking": "info", "used": "success", "template": "quiet"}

WORDING_CHECKS = {
    "": _("every check passed"),
    # The rules over the writer's sentences, in their order.
    "schema": _("not the three short passages it was asked for"),
    "characters": _("signs that no letter is written with"),
    "numeral": _("a number"),
    "weekday": _("a weekday"),
    "month": _("a month or a holiday"),
    "clock": _("a time or a length of time"),
    "money": _("money"),
    "link": _("a link or a file"),
    "mail": _("a mail address"),
    "phone": _("a telephone or another way to call"),
    "place": _("a place"),
    "errand": _("something to bring or to do"),
    "person": _("a person or a title"),
    "placeholder": _("markup or a leftover of a template"),
    "name": _("what may be a name"),
    "concepts": _("a skill that nobody approved"),
    "sensitive": _("a private matter"),
    "promise": _("a promise or a decision"),
    "echo": _("a piece of its own instructions"),
    "language": _("another language than the letter's"),
    "exclamation": _("an exclamation mark"),
    "superlative": _("a superlative"),
    "judgement": _("a judgement of the person"),
    "threat": _("pressure"),
    "machine": _("talk of machines or of its task"),
    "vocabulary": _("a word that no such letter needs"),
    "repetition": _("the same keyword twice"),
    # The finished letter.
    "back_language": _("read back: a language that can't be read back"),
    "back_characters": _("read back: signs that don't belong"),
    "back_times": _("read back: other times than the facts"),
    "back_zone": _("read back: another time zone than the facts"),
    "back_options": _("read back: other options than the facts"),
    "back_facts": _("read back: people, place or job are not as in the facts"),
    "back_links": _("read back: other links than the facts"),
    "back_frame": _("read back: more has changed than the writer's sentences"),
    # Nobody was asked, or nobody answered.
    "switched_off": _("the writer is switched off"),
    "breaker_open": _("left alone for a minute, because it kept failing"),
    "limit_reached": _("the month's limit is reached"),
    "not_set_up": _("the writer's settings are incomplete"),
    "language_unknown": _("a language that no check knows"),
    "timeout": _("no answer in time"),
    "unreachable": _("not reachable"),
    "server_error": _("its server failed"),
    "too_many_requests": _("too many requests"),
    "key_refused": _("its key was refused"),
    "unknown_model": _("no such model or address"),
    "bad_request": _("it did not take the request"),
    "redirect": _("it points elsewhere, which is never followed"),
    "refused": _("it refused"),
    "too_long": _("an answer far too long"),
    "no_completion": _("an answer that is none"),
    "too_late": _("the letter had left"),
    "worker_vanished": _("the worker that asked has gone"),
    "never_sent": _("the letter never left"),
    "unforeseen": _("an error that nobody foresaw"),
}
WORDING_GUARD = _("the letters' own guard (%(check)s)")
