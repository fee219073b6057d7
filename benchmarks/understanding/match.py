"""How rightly a job's keywords are found in written résumés, what a match takes, and whether it depends on who wrote the résumé."""

from __future__ import annotations

import random
from collections import Counter
from time import perf_counter

from benchmarks.understanding.resume_writer import TODAY, resumes
from mianyue.understanding.aliases import thing
from mianyue.understanding.match.fairness import differences
from mianyue.understanding.match.meets import meets
from mianyue.understanding.match.requirements import requirements
from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.skills.table import concepts

RESUMES, SWAPPED, ASKED = 120, 40, 8


def main() -> None:
    """Prints precision and recall of the keywords, milliseconds, and the largest difference between exchanged writers by group."""
    chance = random.Random(11)
    known = [concept.names[0] for concept in concepts().values() if concept.names]
    right, taken, pairs = Counter[str](), [], Counter[str]()
    largest: dict[str, float] = {}
    written = list(resumes(RESUMES, 31))
    for number, one in enumerate(written):
        own = list(one.person.skills)
        asked = chance.sample(own, min(len(own), ASKED // 2)) + chance.sample(known, ASKED // 2)
        truth = {thing(skill) for skill in own}
        wanted = requirements(asked, "3年以上经验，本科及以上学历，英语流利")
        facts = read_facts(one.text, today=TODAY)
        start = perf_counter()
        match = meets(wanted, one.text, facts)
        taken.append((perf_counter() - start) * 1000)
        found = {thing(shown.keyword) for shown in match.shown if any(not place.narrower for place in shown.places)} & {
            *map(thing, asked)
        }
        right["found"] += len(found)
        right["both"] += len(found & truth)
        right["true"] += len({*map(thing, asked)} & truth)
        for difference in differences(wanted, one.text, TODAY) if number < SWAPPED else ():
            pairs[difference.group] += 1
            largest[difference.group] = max(largest.get(difference.group, 0.0), difference.size)
    print(f"{RESUMES} résumés: precision {right['both'] / right['found']:.3f}, recall {right['both'] / right['true']:.3f}")
    taken.sort()
    print(f"milliseconds a match: median {taken[len(taken) // 2]:.1f}, p95 {taken[int(len(taken) * 0.95)]:.1f}")
    for group, number in pairs.items():
        print(f"  {group:10} {number:5} pairs, largest difference {largest[group]:.4f}")


if __name__ == "__main__":
    main()
