"""How much of the windows of replies the best-kept library for time expressions reads: ``python -m benchmarks.understanding.reply_peer [SET …]``.

Needs the group ``bench`` (recognizers-text-date-time, MIT). It reads expressions, not replies: it knows no refusal and nobody else's doings, and
parts of a day are given our hours, so that only what it read is compared. A set is named like its files (``replies_sixteenth``).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from benchmarks.understanding.figures import interval
from benchmarks.understanding.replies import DATA, expected, offer_of, shape
from mianyue.understanding.reply.understand import understand

SETS = ("replies_fifteenth", "replies_sixteenth", "replies_twentysecond")
CULTURES = {"en": "en-us", "zh": "zh-cn", "zh-Hant": "zh-cn"}
PARTS = {"TMO": (8, 12), "TAF": (12, 18), "TEV": (18, 20), "TNI": (18, 20)}
EARLIEST, LATEST = time(8), time(20)


def main() -> None:
    """Prints per set and language the share of replies whose windows are all right, and of those with a wrong one: the library's, then ours."""
    try:
        from recognizers_date_time import recognize_datetime
    except ImportError:
        sys.exit("The group bench is not installed: make bench, or uv sync --group bench.")
    offers = json.loads((DATA / "replies_offers.json").read_text("utf-8"))
    for name in sys.argv[1:] or SETS:
        for language in ("zh", "en"):
            marks: dict[str, list[tuple[bool, bool]]] = {"library": [], "mianyue": []}
            for line in map(json.loads, (DATA / f"{name}_{language}.jsonl").read_text("utf-8").splitlines()):
                if not line.get("windows"):
                    continue
                options, now, zone = offer_of(offers[line["offer"]])
                wanted = shape(expected(line["windows"], now, zone))
                naive = now.replace(tzinfo=None)
                results = recognize_datetime(line["text"], CULTURES[line["language"]], reference=naive)
                theirs = ((start, end) for result in results for start, end in _coming(result.resolution, naive))
                found = {
                    "library": shape((s.replace(tzinfo=zone), e and e.replace(tzinfo=zone)) for s, e in theirs),
                    "mianyue": shape((w.start, w.end) for w in understand(line["text"], options, now, zone).windows),
                }
                for who, windows in found.items():
                    marks[who].append((windows == wanted, not windows <= wanted))
            for who, values in marks.items():
                right, wrong = ([float(mark[place]) for mark in values] for place in (0, 1))
                low, high = interval(right)
                share = sum(wrong) / len(wrong)
                print(
                    f"{name}_{language} {who:8} exact {sum(right) / len(right):.3f} [{low:.3f}, {high:.3f}]  wrong {share:.3f}  n={len(right)}"
                )


def _coming(resolution: Any, now: datetime) -> Iterator[tuple[datetime, datetime | None]]:
    """The first of the readings that isn't past, as a span; none for what is no time on a day."""
    readings = [span for value in (resolution or {}).get("values", ()) if (span := _span(value)) is not None]
    today = datetime.combine(date(now.year, now.month, now.day), time())
    coming = [span for span in readings if span[0] >= today][:1] or readings[:1]
    yield from (span for span in coming if span[1] is None or span[0] < span[1])


def _span(value: dict[str, str]) -> tuple[datetime, datetime | None] | None:
    def at(key: str) -> datetime:
        return datetime.fromisoformat(value[key])

    match value.get("type"), "start" in value, "end" in value:
        case "date", _, _:
            return at("value"), at("value") + timedelta(days=1)
        case "datetime", _, _:
            return at("value"), None
        case "daterange" | "datetimerange", True, True:
            part = next((hours for end, hours in PARTS.items() if value.get("timex", "").endswith(end)), None)
            start, end = at("start"), at("end")
            return (start.replace(hour=part[0]), start.replace(hour=part[1])) if part else (start, end)
        case "datetimerange", True, False:
            return at("start"), datetime.combine(at("start").date(), LATEST)
        case "datetimerange", False, True:
            return datetime.combine(at("end").date(), EARLIEST), at("end")
    return None


if __name__ == "__main__":
    main()
