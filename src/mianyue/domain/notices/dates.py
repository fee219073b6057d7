"""Times as a reader says them, by CLDR: every hour, date and zone name in a letter comes from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_interval, format_skeleton, get_timezone_gmt, get_timezone_location

from mianyue.base.interval import Interval
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.voice import Voice, voice_for

# CLDR asks for narrow and thin spaces (U+202F, U+2009), which old phones and plain-text mail programs show as boxes.
_PLAIN_SPACES = str.maketrans({"\u202f": " ", "\u2009": " ", "\u00a0": " "})
# The legal time of all of mainland China is called after Beijing, and so does everybody there.
_BEIJING = {"Asia/Shanghai", "Asia/Chongqing", "Asia/Chungking", "Asia/Harbin", "PRC"}


@dataclass(frozen=True)
class Times:
    """Speaks instants in one language and one zone. The year is named only where it isn't that of ``now``."""

    voice: Voice
    zone: ZoneInfo
    now: datetime

    def clock(self, at: datetime) -> str:
        """``14:00``, ``2:00 PM``."""
        return self._plain(format_skeleton(self._clock_skeleton, at, self.zone, locale=self.voice.locale))

    def day(self, at: datetime) -> str:
        """``12 月 2 日 周三``, ``Wed 2 Dec``, ``Tue 5 Jan 2027``: the date on the zone's calendar."""
        skeleton = "MMMd" if self._year(at) == self._year(self.now) else "yMMMd"
        if self.voice.locale.language == "zh":
            date = self.voice.spaced(self._skeleton(skeleton, at))
            return f"{date} {self._skeleton('E', at)}"
        return self._skeleton(skeleton.replace("d", "Ed"), at)

    def moment(self, at: datetime) -> str:
        """``12 月 1 日 周二 18:00``, ``Tue 1 Dec, 18:00``."""
        return self._joined(self.day(at), self.clock(at))

    def span(self, interval: Interval) -> str:
        """``12 月 2 日 周三 14:00–15:00``; both dates where the interval runs past midnight."""
        start, end = interval.start.astimezone(self.zone), interval.end.astimezone(self.zone)
        if start.date() != end.date() and (end.hour, end.minute) != (0, 0):
            return self._plain(self.voice.locale.interval_formats[None].format(self.moment(start), self.moment(end)))
        clocks = format_interval(start, end, self._clock_skeleton, self.zone, locale=self.voice.locale)
        return self._joined(self.day(start), self._plain(clocks))

    def stretch(self, interval: Interval) -> str:
        """Like ``span``, but whole days without hours: ``12 月 3 日 周四``, ``Mon 7 Dec – Fri 11 Dec``."""
        start, end = interval.start.astimezone(self.zone), interval.end.astimezone(self.zone)
        if start.time() != time.min or end.time() != time.min:
            return self.span(interval)
        first, last = self.day(start), self.day(end - timedelta(microseconds=1))
        return first if first == last else self._plain(self.voice.locale.interval_formats[None].format(first, last))

    def zone_name(self, at: datetime) -> str:
        """``北京时间``, ``Vienna time``: a city is understood where an abbreviation such as CST or CET is not."""
        key = self.zone.key
        if key in _BEIJING:
            return self.voice.say("Beijing time")
        if "/" not in key or key.startswith("Etc/"):
            offset = at.astimezone(self.zone).utcoffset()
            return get_timezone_gmt(at.astimezone(self.zone), locale=self.voice.locale) if offset else "UTC"
        city = get_timezone_location(key, locale=self.voice.locale, return_city=True).rpartition("/")[2]
        return self.voice.say("{city} time", city=city)

    def minutes(self, count: int, *, short: bool = False) -> str:
        """``60 分钟``, ``60 minutes``, ``60 min``. Not by CLDR: Babel 2.18 has no Chinese plural pattern for "long"."""
        if short:
            return self.voice.say("{count} min", count=str(count))
        return self.voice.say_n("{count} minute", "{count} minutes", count, count=str(count))

    @property
    def _clock_skeleton(self) -> str:
        pattern = str(self.voice.locale.time_formats["short"])
        return "Hm" if "H" in pattern or "k" in pattern else "hm"

    def _year(self, at: datetime) -> int:
        return at.astimezone(self.zone).year

    def _skeleton(self, skeleton: str, at: datetime) -> str:
        return self._plain(format_skeleton(skeleton, at, self.zone, locale=self.voice.locale))

    def _joined(self, day: str, clock: str) -> str:
        return self._plain(str(self.voice.locale.datetime_formats["medium"]).format(clock, day))

    @staticmethod
    def _plain(text: str) -> str:
        return text.translate(_PLAIN_SPACES)


def times_of(facts: LetterFacts) -> Times:
    """The times of this letter: its reader's language, its one zone."""
    return Times(voice_for(facts.recipient.language, facts.company_language), facts.zone, facts.now)
