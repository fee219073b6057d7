"""Ten thousand finished letters, each changed in one place: every one has to be refused, and every unchanged one has to pass.

``python -m benchmarks.understanding.letters [HOW_MANY]`` prints which check caught which change.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.harness import RESULTS, machine
from benchmarks.understanding.letter_facts import some_facts
from benchmarks.understanding.letter_mutations import MUTATIONS
from mianyue.domain.notices.compose import compose
from mianyue.domain.notices.facts import LetterFacts
from mianyue.domain.notices.guard import GuardRefused
from mianyue.domain.notices.guard import check as guard_check
from mianyue.domain.notices.purposes import Purpose
from mianyue.domain.notices.render import Rendered, render
from mianyue.domain.notices.wording.commission import language_of
from mianyue.domain.notices.wording.frame import same_frame
from mianyue.domain.notices.wording.read_back import READABLE, ReadBackRefused, read_back

PURPOSES = sorted(READABLE - {Purpose.CLOSING})
PARTS = ("text", "html", "both")
_TAG = re.compile(r"(<style>.*?</style>|<title>.*?</title>|<[^>]*>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Changed:
    """One letter with one mistake: which, and where."""

    mutation: str
    part: str
    purpose: Purpose
    facts: LetterFacts
    letter: Rendered
    original: Rendered


def changed_letters(seed: int) -> Iterator[Changed]:
    """Without end; the kinds of change and the purposes in turn, everything else by the seed."""
    dice = random.Random(seed)
    number = 0
    while True:
        purpose = PURPOSES[number % len(PURPOSES)]
        facts = some_facts(dice)
        original = render(compose(facts, purpose))
        for name, mutate in MUTATIONS.items():
            part = dice.choice(PARTS)
            throw = dice.random()
            text = mutate(original.text, facts, random.Random(throw)) if part != "html" else original.text
            html = _in_html(original.html, name, facts, random.Random(throw)) if part != "text" else original.html
            letter = replace(original, text=text, html=html)
            if letter != original:
                yield Changed(name, part, purpose, facts, letter, original)
        number += 1


def _in_html(html: str, name: str, facts: LetterFacts, dice: random.Random) -> str:
    """The same change in what the HTML shows, or in the addresses behind it; the markup around it stays whole."""
    mutate = MUTATIONS[name]
    if name in ("link", "options exchanged"):
        return mutate(html, facts, dice)
    if name in ("line twice", "line dropped"):
        blocks = re.findall(r"<p [^>]*>.*?</p>|<tr>.*?</tr>|<a class=\"choice\".*?</a>", html, re.DOTALL)
        block = dice.choice(blocks)
        return html.replace(block, block + block if name == "line twice" else "", 1)
    pieces = _TAG.split(html)
    shown = [n for n, piece in enumerate(pieces) if piece.strip() and not piece.startswith("<")]
    dice.shuffle(shown)
    for n in shown:
        changed = mutate(pieces[n], facts, dice)
        if changed != pieces[n]:
            return "".join((*pieces[:n], changed, *pieces[n + 1 :]))
    return html


def refused_by(letter: Rendered, facts: LetterFacts, purpose: Purpose, original: Rendered) -> list[str]:
    """Every one of the three that refuses it, by its first check: the guard, the read-back, and the comparison with the template."""
    found = []
    try:
        guard_check(letter, facts, facts.keywords, facts.keywords)
    except GuardRefused as refused:
        found.append(f"guard_{refused.check}")
    try:
        read_back(letter, facts, purpose, language_of(facts) or "")
    except ReadBackRefused as refused:
        found.append(refused.check)
    if not same_frame(letter, original, (), "", ""):
        found.append("back_frame")
    return found


def run(how_many: int, seed: int = 20261123) -> dict[str, Any]:
    """Figures of that many changed letters, and of as many unchanged ones as were made for them."""
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    first: Counter[str] = Counter()
    passed: list[tuple[str, str, str]] = []
    wrongly: list[str] = []
    unchanged: set[str] = set()
    begun = time.perf_counter()
    for number, one in enumerate(changed_letters(seed)):
        if number == how_many:
            break
        if one.original.html not in unchanged:
            unchanged.add(one.original.html)
            wrongly += refused_by(one.original, one.facts, one.purpose, one.original)
        found = refused_by(one.letter, one.facts, one.purpose, one.original)
        kinds[one.mutation]["all"] += 1
        kinds[one.mutation]["guard"] += any(check.startswith("guard_") for check in found)
        kinds[one.mutation]["read back"] += any(check.startswith("back_") and check != "back_frame" for check in found)
        kinds[one.mutation]["either"] += any(check != "back_frame" for check in found)
        kinds[one.mutation]["with frame"] += bool(found)
        if found:
            first[found[0]] += 1
        else:
            passed.append((one.mutation, one.part, one.purpose.value))
    return {
        "letters": how_many,
        "seed": seed,
        "passed": passed,
        "unchanged": len(unchanged),
        "unchanged_refused": wrongly,
        "kinds": {name: dict(counts) for name, counts in kinds.items()},
        "first_check": dict(first.most_common()),
        "seconds": round(time.perf_counter() - begun, 1),
    }


def main() -> None:
    """Prints the table and writes it down."""
    figures = run(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
    columns = ("all", "guard", "read back", "either", "with frame")
    print(f"{'change':20}" + "".join(f"{column:>12}" for column in columns))
    for name, counts in figures["kinds"].items():
        print(f"{name:20}" + "".join(f"{counts.get(column, 0):12}" for column in columns))
    print(f"\npassed although changed: {len(figures['passed'])} of {figures['letters']}")
    print(f"refused although unchanged: {len(figures['unchanged_refused'])} of {figures['unchanged']}")
    print(f"first check: {figures['first_check']}   {figures['seconds']} s")
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "understanding_letters.json").write_text(json.dumps({"machine": machine(), **figures}, indent=1), "utf-8")


if __name__ == "__main__":
    main()
