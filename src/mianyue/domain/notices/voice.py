"""The words of one language: finds the catalogue for a reader and fills sentences with facts.

English sentences are the message ids: the code reads like the letter, gettext tools work as they are, and a changed sentence makes
every translation of it visibly stale instead of silently wrong. A new language is one ``letters.po``; it is compiled in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, reduce
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from mianyue.domain.notices.letter import Line, Link

CATALOGUES = Path(__file__).parent / "locale"
_SOURCE = "en"
# Between Han and Latin or digits Chinese typesetting leaves a gap (CLREQ §3.1.4); a plain-text letter can only do so with a space.
_HAN_THEN_LATIN = re.compile(r"(?<=[\u3400-\u9fff])(?=[A-Za-z0-9+#])|(?<=[A-Za-z0-9+#])(?=[\u3400-\u9fff])")


class Voice:
    """Speaks one language; ``tag`` is its BCP 47 tag, ``locale`` its CLDR conventions."""

    def __init__(self, tag: str, locale: Locale, translations: NullTranslations) -> None:
        self.tag, self.locale, self._translations = tag, locale, translations

    def say(self, message: str, /, **values: str) -> str:
        """The translation of ``message``, its ``{names}`` replaced. The values are never read as templates."""
        return self._seamless(list(self._filled(self._translations.gettext(message), values)))

    def say_n(self, singular: str, plural: str, count: int, /, **values: str) -> str:
        """Like ``say``, in the plural form that the language wants for ``count``."""
        return self._seamless(list(self._filled(self._translations.ngettext(singular, plural, count), values)))

    def line(self, message: str, /, **values: str | Link) -> Line:
        """Like ``say``, for sentences that hold links."""
        pieces: list[str | Link] = []
        for piece in self._filled(self._translations.gettext(message), values):
            if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
                pieces[-1] = self._seamless([pieces[-1], piece])
            elif piece:
                pieces.append(piece)
        return tuple(pieces)

    def enumerated(self, items: Sequence[str]) -> str:
        """``A, B, C``."""
        return reduce(lambda done, item: self.say("{first}, {second}", first=done, second=item), items) if items else ""

    def together(self, items: Sequence[str]) -> str:
        """``A, B and C``."""
        if len(items) < 2:
            return self.enumerated(items)
        return self.say("{first} and {last}", first=self.enumerated(items[:-1]), last=items[-1])

    def spaced(self, text: str) -> str:
        """``text`` with the gap between Han and Latin that a Chinese reader expects; other languages as they are."""
        return _HAN_THEN_LATIN.sub(" ", text) if self.locale.language == "zh" else text

    def _seamless(self, pieces: Sequence[str | Link]) -> str:
        joined = ""
        for piece in map(str, pieces):
            seam = self.spaced(joined[-1:] + piece[:1])
            joined += (" " if len(seam) == 3 else "") + piece
        return joined

    @staticmethod
    def _filled(template: str, values: dict[str, str] | dict[str, str | Link]) -> Iterator[str | Link]:
        for literal, name, _, _ in Formatter().parse(template):
            if literal:
                yield literal
            if name is not None:
                yield values[name]


@cache
def voice_for(*tags: str) -> Voice:
    """The voice for the first of ``tags`` (BCP 47, in order of preference) that has a catalogue, else English.

    Each tag is shortened from the right until a catalogue fits (RFC 4647 §3.4 lookup); a script is never crossed: zh-TW doesn't
    get simplified characters. Dates follow the full tag, so ``en-US`` and ``en-GB`` share sentences but not clocks.
    """
    there = {folder.name for folder in CATALOGUES.iterdir() if (folder / "LC_MESSAGES" / "letters.po").exists()} | {_SOURCE}
    for tag in (*tags, _SOURCE):
        locale = _locale(tag)
        name = next((name for name in _names(locale) if name in there), None) if locale else None
        if locale and name:
            # Bare English is read around the world: day before month and a 24-hour clock are misread by fewer people.
            conventions = Locale("en", "GB") if str(locale) == "en" else locale
            return Voice(tag.replace("_", "-"), conventions, _translations(name))
    raise AssertionError("English needs no catalogue")


def _locale(tag: str) -> Locale | None:
    subtags = tag.replace("_", "-").split("-")
    for length in range(len(subtags), 0, -1):
        try:
            return Locale.parse("_".join(subtags[:length]))
        except (UnknownLocaleError, ValueError):
            continue
    return None


def _names(locale: Locale) -> Iterator[str]:
    script = locale.script or get_global("likely_subtags").get(locale.language, "__").split("_")[1]
    yield str(locale)
    yield f"{locale.language}_{script}"
    yield locale.language


@cache
def _translations(name: str) -> NullTranslations:
    if name == _SOURCE:
        return NullTranslations()
    compiled = BytesIO()
    with (CATALOGUES / name / "LC_MESSAGES" / "letters.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=name))
    compiled.seek(0)
    return GNUTranslations(compiled)
