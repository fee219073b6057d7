"""Scores the reply grammar on its hand-written replies: ``python -m benchmarks.understanding.replies [--show] [FILE.jsonl …]``.

A line of a set has ``text``, ``offer`` (a key of replies_offers.json: now, zone, options), ``windows`` (``2026-12-03 14:00-16:00``, one
time without an end, or a whole day, or ``DAY..DAY``; the year may be left out), ``intents``, and ``option`` (what the writer picked, if
that is clear); ``trap`` marks what may not be booked unasked. Windows count as right when they cover the same time, however cut. Sets
without ``windows`` hold sentences that name no time.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from benchmarks.understanding.figures import interval
from mianyue.base.interval import Interval, union
from mianyue.understanding.reply.understand import Reply, understand

DATA = Path(__file__).parent / "data"
_LATER = (
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twentyfirst",
    "twentysecond",
    "twentythird",
    "twentyfourth",
    "twentyfifth",
    "twentysixth",
    "twentyseventh",
)
NAMES = (
    "zh",
    "en",
    "other",
    "second",
    "third",
    "fourth",
    "fifth",
    "no_time",
    *(f"{nth}_{language}" for nth in _LATER for language in ("zh", "en", "other")),
)
SETS = tuple(f"replies_{name}.jsonl" for name in NAMES)
"""``second`` and all later ones were each written after the rules stood, and scored once before any rule was mended."""
Shape = frozenset[tuple[datetime, datetime | None]]


def main() -> None:
    """Prints a table per language and, with ``--show``, each reply that is not understood."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", default=[DATA / name for name in SETS if (DATA / name).exists()])
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    offers = json.loads((DATA / "replies_offers.json").read_text("utf-8"))
    for file in arguments.files:
        lines = [json.loads(line) for line in Path(file).read_text("utf-8").splitlines()]
        report(Path(file).stem, lines, offers, show=arguments.show)


def report(name: str, lines: list[dict], offers: dict, *, show: bool) -> dict[str, float]:
    """Scores one set, prints its figures, and returns the shares."""
    marks: dict[str, list[float]] = defaultdict(list)
    taken = []
    leading: list[tuple[str, str]] = []
    for line in lines:
        options, now, zone = offer_of(offers[line["offer"]])
        reply = understand(line["text"], options, now, zone)
        taken.append(min(_milliseconds(line["text"], options, now, zone) for _ in range(3)))
        found = shape((w.start, w.end) for w in reply.windows)
        wanted = shape(expected(line.get("windows", ()), now, zone))
        option = reply.pick or (reply.fits[0] if len(reply.fits) == 1 else None)
        if "windows" not in line:
            marks["alarms (no time said)"].append(bool(found) or reply.pick is not None)
            good = not found and reply.pick is None
        else:
            if wanted:
                marks["windows exact"].append(found == wanted)
                marks["a wrong window"].append(not found <= wanted)
            else:
                marks["a window where none is said"].append(bool(found))
            leading.append(("+".join(sorted(line["intents"])) or "nothing", "+".join(sorted(reply.intents)) or "nothing"))
            right = _intents(reply, reply.intents) == _intents(reply, line["intents"]) and option == line["option"]
            marks["intents and option"].append(right)
            marks["wrong bookings"].append(reply.pick is not None and reply.pick != line["option"])
            if line.get("trap"):
                marks["booked traps"].append(reply.pick is not None)
            elif line["option"]:
                marks["booked of what was picked"].append(reply.pick == line["option"])
            good = found == wanted and right and not marks["wrong bookings"][-1]
        if show and not good:
            _print(line, reply, found, wanted, option)
    print(f"\n{name}: {len(lines)} replies")
    for what, values in marks.items():
        low, high = interval(values)
        print(f"  {what:30} {sum(values) / len(values):6.3f}  [{low:.3f}, {high:.3f}]  n={len(values)}")
    taken.sort()
    print(f"  {'milliseconds: median, p95':30} {taken[len(taken) // 2]:6.2f}  {taken[int(len(taken) * 0.95)]:.2f}")
    mixed_up = Counter((truth, taken_for) for truth, taken_for in leading if truth != taken_for)
    for (truth, taken_for), count in mixed_up.most_common(8 if show else 3):
        print(f"  {truth} taken for {taken_for}: {count}")
    return {what: sum(values) / len(values) for what, values in marks.items()}


def _intents(reply: Reply, named: Iterable[str]) -> set[str]:
    """A time that several options meet is a pick to some who labelled and a proposal to others; what follows is the same question."""
    several = len(reply.fits) > 1 and bool(reply.windows)
    return {"propose" if several and intent == "pick" else intent for intent in named}


def _milliseconds(text: str, options: list[Interval], now: datetime, zone: ZoneInfo) -> float:
    """The tables are compiled by then: once a process and language."""
    start = perf_counter()
    understand(text, options, now, zone)
    return (perf_counter() - start) * 1000


def offer_of(offer: dict) -> tuple[list[Interval], datetime, ZoneInfo]:
    """The options of an offer, its clock and its zone."""
    zone = ZoneInfo(offer["zone"])

    def local(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=zone)

    return [Interval(local(start), local(end)) for start, end in offer["options"]], local(offer["now"]), zone


def expected(windows: list[str], now: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime | None]]:
    """The windows of a line as spans; one time has no end."""

    def day(text: str) -> date:
        return date.fromisoformat(text if len(text) == 10 else f"{now.year}-{text}")

    def at(when: date, clock: str) -> datetime:
        return datetime.combine(when, time.fromisoformat(clock.zfill(5)), zone)

    for window in windows:
        if ".." in window:
            first, last = (day(part) for part in window.split(".."))
            yield at(first, "00:00"), at(last + timedelta(days=1), "00:00")
        elif " " in window:
            when, clock = window.split(" ")
            start, _, end = clock.partition("-")
            stop = at(day(when) + timedelta(days=1), "00:00") if end == "24:00" else at(day(when), end) if end else None
            yield at(day(when), start), stop
        else:
            yield at(day(window), "00:00"), at(day(window) + timedelta(days=1), "00:00")


def shape(windows: Iterator[tuple[datetime, datetime | None]]) -> Shape:
    listed = [(start.astimezone(UTC), end and end.astimezone(UTC)) for start, end in windows]
    spans = union(Interval(start, end) for start, end in listed if end)
    return frozenset((span.start, span.end) for span in spans) | frozenset((start, None) for start, end in listed if not end)


def _print(line: dict, reply: Reply, found: Shape, wanted: Shape, option: int | None) -> None:
    zone = ZoneInfo("Asia/Shanghai")

    def shown(shape: Shape) -> str:
        return "; ".join(
            f"{start.astimezone(zone):%m-%d %H:%M}" + (f"-{end.astimezone(zone):%m-%d %H:%M}" if end else "")
            for start, end in sorted(shape, key=lambda pair: pair[0])
        )

    print(f"\n{line['offer']} {line['text']!r}")
    if found != wanted:
        print(f"   windows {shown(found)} | expected {shown(wanted)}")
    if "windows" in line and (
        _intents(reply, reply.intents) != _intents(reply, line["intents"])
        or option != line["option"]
        or (reply.pick and reply.pick != line["option"])
    ):
        print(
            f"   {reply.intents} option {option} pick {reply.pick} fits {reply.fits} | expected {line['intents']} {line['option']}"
        )


if __name__ == "__main__":
    main()
