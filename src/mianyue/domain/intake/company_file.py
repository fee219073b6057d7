"""Reads ``company.toml``; a broken key is reported and defaulted, so that the rest of the folder stays usable."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar
from zoneinfo import ZoneInfo

import holidays

from mianyue.domain.intake import cell_times, cells
from mianyue.domain.intake.cells import BadCell
from mianyue.domain.intake.problems import Problem, problem
from mianyue.domain.intake.records import Company, Contact, Interviewing
from mianyue.understanding.contact import normal_email

T = TypeVar("T")
_FILE = "company.toml"


def read_company(folder: Path, problems: list[Problem]) -> Company:
    """The company; every key that is missing or wrong becomes an error naming it."""
    try:
        content = tomllib.loads((folder / _FILE).read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        problems.append(problem("company_unreadable", _FILE))
        # Every key would be "missing" now; saying it once is enough.
        return _company(_Keys({}, []), folder)
    return _company(_Keys(content, problems), folder)


class _Keys:
    def __init__(self, content: Mapping[str, object], problems: list[Problem]) -> None:
        self.content, self.problems = content, problems

    def get(self, key: str, parse: Callable[[object], T], default: T, *, optional: bool = False) -> T:
        value: object = self.content
        for part in key.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        if value is None or value == "":
            if not optional:
                self.problems.append(problem("company_key_missing", _FILE, key=key, column=key))
            return default
        try:
            return parse(value)
        except BadCell as bad:
            self.invalid(key, value, bad.reason)
            return default

    def invalid(self, key: str, value: object, reason: str) -> None:
        self.problems.append(problem("company_key_invalid", _FILE, key=key, column=key, value=str(value), reason=reason))

    def contact(self, key: str, *more: str) -> Contact:
        fields = {"name": _text, "email": _email, "phone": _text, "notice_url": _web_address}
        return Contact(**{name: self.get(f"{key}.{name}", fields[name], "") for name in ("name", "email", *more)})


def _company(keys: _Keys, folder: Path) -> Company:
    zone = keys.get("default_time_zone", lambda value: cells.zone(_text(value)), "Asia/Shanghai")
    today = keys.get("today", _date, None, optional=True)
    now = keys.get("now", lambda value: _instant(value, zone), None, optional=True)
    if now is None and today is not None:
        now = datetime.combine(today, time.min, ZoneInfo(zone))
    elif now is not None and today is None:
        today = now.astimezone(ZoneInfo(zone)).date()
    return Company(
        name=keys.get("name", _text, folder.resolve().name),
        default_language=keys.get("default_language", lambda value: cells.language(_text(value)), "zh-CN"),
        default_zone=zone,
        working_week=keys.get("working_week", _week, frozenset(range(1, 6))),
        holiday_country=keys.get("public_holiday_country", _country, "CN"),
        holiday_country_by_site=_by_site(keys),
        horizon_working_days=keys.get("horizon_working_days", _count, 10, optional=True),
        today=today,
        now=now,
        candidate_contact=keys.contact("contact.candidate", "phone"),
        privacy_contact=keys.contact("contact.privacy", "notice_url"),
        interviewing=_interviewing(keys),
    )


def _interviewing(keys: _Keys) -> Interviewing:
    """The rules of ``[interviews]``. All of them are optional: who sets none is not limited."""
    table = keys.content.get("interviews", {})
    if not isinstance(table, Mapping):
        keys.invalid("interviews", table, "keys")

    def get(key: str, parse: Callable[[object], T], default: T) -> T:
        return keys.get(f"interviews.{key}", parse, default, optional=True)

    return Interviewing(
        buffer_before=get("buffer_before", _up_to(480, "spare_minutes"), 0),
        buffer_after=get("buffer_after", _up_to(480, "spare_minutes"), 0),
        per_day=get("interviews_per_day", _up_to(99, "limit"), None),
        per_week=get("interviews_per_week", _up_to(99, "limit"), None),
        rest_after_night_shift=get("rest_after_night_shift", _up_to(72, "hours"), 0),
        blackout=get("blackout_dates", _dates, ()),
        walking_minutes=get("walking_minutes", _up_to(480, "spare_minutes"), 0),
    )


def _by_site(keys: _Keys) -> Mapping[str, str]:
    countries: dict[str, str] = {}
    table = keys.content.get("public_holiday_country_by_site", {})
    if not isinstance(table, Mapping):
        keys.invalid("public_holiday_country_by_site", table, "country")
        return MappingProxyType({})
    for site, value in table.items():
        try:
            countries[cells.text(site)] = _country(value)
        except BadCell as bad:
            keys.invalid(f"public_holiday_country_by_site.{site}", value, bad.reason)
    return MappingProxyType(countries)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadCell("text")
    return value.strip()


def _email(value: object) -> str:
    address = normal_email(_text(value))
    if address is None:
        raise BadCell("email")
    return address


def _web_address(value: object) -> str:
    return cells.web_address(_text(value))


def _week(value: object) -> frozenset[int]:
    if not isinstance(value, list) or not value or any(type(day) is not int or not 1 <= day <= 7 for day in value):
        raise BadCell("working_week")
    return frozenset(value)


def _count(value: object) -> int:
    if type(value) is not int or not 1 <= value <= 366:
        raise BadCell("count")
    return value


def _up_to(most: int, reason: str) -> Callable[[object], int]:
    """The reader of a whole number from 0 to ``most``."""

    def read(value: object) -> int:
        # A bool is an int to Python, but nobody means 1 by true.
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
            raise BadCell(reason)
        return value

    return read


_LONGEST_BLACKOUT = timedelta(days=366)


def _dates(value: object) -> tuple[date, ...]:
    """A list of dates and of spans ``{ from, to }``, both days included, as the single dates in order."""
    if not isinstance(value, list):
        raise BadCell("dates")
    dates: set[date] = set()
    for item in value:
        span = (item.get("from"), item.get("to")) if isinstance(item, Mapping) else (item, item)
        try:
            first, last = map(_date, span)
        except BadCell:
            raise BadCell("dates") from None
        if not timedelta(0) <= last - first < _LONGEST_BLACKOUT:
            raise BadCell("dates")
        dates.update(first + timedelta(days=day) for day in range((last - first).days + 1))
    return tuple(sorted(dates))


def _country(value: object) -> str:
    """An ISO 3166-1 code, or ISO 3166-2 such as ``DE-BE``, whose public holidays are known."""
    code = _text(value).upper()
    country, _, part = code.partition("-")
    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known or (part and part not in known[country]):
        raise BadCell("country")
    return code


def _date(value: object) -> date:
    if isinstance(value, str):
        return cell_times.day(value)
    if isinstance(value, datetime) or not isinstance(value, date):
        raise BadCell("date")
    return value


def _instant(value: object, zone: str) -> datetime:
    if isinstance(value, str):
        moment = cell_times.moment(value)
        return cell_times.span(moment, moment, ZoneInfo(zone), "widen")[0]
    if not isinstance(value, datetime):
        raise BadCell("moment")
    return value if value.tzinfo else value.replace(tzinfo=ZoneInfo(zone))
