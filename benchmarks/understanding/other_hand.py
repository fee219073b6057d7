"""How rightly résumés are read that another hand wrote, without knowing the rules or our own generator.

``--show`` prints what is wrong; ``--first`` to ``--eighth`` read one of the sets, each by another hand again.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.understanding.figures import interval, mean
from benchmarks.understanding.resume_writer import TODAY
from mianyue.understanding.folding import squeezed
from mianyue.understanding.resume.facts import ResumeFacts, read_facts

DATA = Path(__file__).parent / "data"
FIELDS = ("name", "mobile", "email", "degree", "school", "years")
SETS = {
    "--first": "resumes",
    "--second": "resumes_second",
    "--third": "resumes_third",
    "--fourth": "resumes_fourth",
    "--fifth": "resumes_fifth",
    "--sixth": "resumes_sixth",
    "--seventh": "resumes_seventh",
    "--eighth": "resumes_eighth",
}
TARGETS = {"name": 0.97, "mobile": 0.99, "email": 0.99, "degree": 0.95, "years": 0.90, "skills F1": 0.85}


def score(facts: ResumeFacts, truth: dict[str, Any]) -> dict[str, float]:
    """1 or 0 per field; years within half a year; employers, titles and skills as F1 or, of skills told in prose, recall."""
    marks = {}
    for field in FIELDS:
        fact = getattr(facts, field)
        wanted = truth.get(field)
        if field == "years":
            if wanted is not None:
                marks[field] = float(abs((float(fact.value) if fact else 0.0) - wanted) <= 0.5)
            continue
        right = {squeezed(value) for value in (wanted, *_listed(truth.get(f"{field}_also"))) if value}
        marks[field] = float((squeezed(fact.value) in right) if fact else not right)
    for field in ("employer", "title"):
        found = {part.value for job in facts.jobs if (part := getattr(job, field)) and not job.internship}
        marks[f"{field}s F1"] = _f1(found, truth.get(f"{field}s", []), _listed(truth.get(f"{field}s_also")))
    skills = {fact.value for fact in facts.skills if fact.confidence >= 0.6}
    wanted = {_core(skill) for skill in truth["skills"]}
    found = {_core(skill) for skill in skills} - ({_core(skill) for skill in truth.get("skills_also", ())} - wanted)
    marks["skills F1"] = _f1(found, list(wanted))
    marks["skills recall"] = len(found & wanted) / len(wanted) if wanted else 1.0
    marks["no denied skill"] = float(not found & {_core(skill) for skill in truth.get("not_skills", [])})
    return marks


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _core(skill: str) -> str:
    """A skill without how well it is known: English (C1) is English, 英语 CET-6 is 英语."""
    bare = re.sub(r"\s*[(（][^()（）]*[)）]$", "", skill)
    return squeezed(re.sub(r"\s+(?:[ABC][12]|CET-?\d|HSK ?\d|N[1-5]|母语|流利|native|fluent)$", "", bare, flags=re.IGNORECASE))


def _f1(found: set[str], wanted: list[str], also: Sequence[str] = ()) -> float:
    """F1; another reading, as the name in the other language, counts for one that is lacking, and is never wrong."""
    ours, truth = {squeezed(value) for value in found}, {squeezed(value) for value in wanted}
    other = (ours & {squeezed(value) for value in also}) - truth
    instead = min(len(other), len(truth - ours))
    ours -= other
    return 2 * (len(ours & truth) + instead) / (len(ours) + instead + len(truth)) if ours or truth else 1.0


def main(folders: Sequence[str] = tuple(SETS.values()), show: bool = False) -> None:
    """Prints of each set what ``report`` does."""
    for folder in folders:
        print(f"{folder}:")
        report(folder, show)


def report(folder: str, show: bool = False) -> None:
    """Prints means with intervals, then by language."""
    marks: list[tuple[str, dict[str, float]]] = []
    for truth in json.loads((DATA / folder / "truth.json").read_text("utf-8")):
        facts = read_facts((DATA / folder / truth["file"]).read_text("utf-8"), truth["region"], TODAY)
        marks.append((truth["language"], score(facts, truth)))
        if show:
            _print(truth, facts, marks[-1][1])
    print(f"{len(marks)} résumés by another hand")
    for field in (*FIELDS, "employers F1", "titles F1", "skills F1", "skills recall", "no denied skill"):
        values = [row[field] for _, row in marks if field in row]
        low, high = interval(values)
        target = f"  target {TARGETS[field]}" if field in TARGETS else ""
        by = ", ".join(
            f"{language} {mean([row[field] for own, row in marks if own == language and field in row]):.2f}"
            for language in dict.fromkeys(own for own, _ in marks)
        )
        print(f"  {field:16} {mean(values):.3f}  [{low:.3f}, {high:.3f}]{target}  ({by})")


def _print(truth: dict[str, Any], facts: ResumeFacts, marks: dict[str, float]) -> None:
    for field in FIELDS:
        if marks.get(field) == 0.0:
            fact = getattr(facts, field)
            print(f"{truth['file']} {field}: {fact and (fact.value, fact.method, fact.confidence)}, truly {truth.get(field)!r}")
    for field in ("employer", "title"):
        found = {part.value for job in facts.jobs if (part := getattr(job, field))}
        wanted = {*truth.get(f"{field}s", []), *_listed(truth.get(f"{field}s_also"))}
        if marks[f"{field}s F1"] < 1:
            print(f"{truth['file']} {field}s: also {sorted(found - wanted)}, lacks {sorted(wanted - found)}")
    skills = {fact.value for fact in facts.skills if fact.confidence >= 0.6}
    if marks["skills F1"] < 0.85:
        print(
            f"{truth['file']} skills: also {sorted(skills - set(truth['skills']))}, lacks {sorted(set(truth['skills']) - skills)}"
        )


if __name__ == "__main__":
    main([SETS[option] for option in sys.argv if option in SETS] or tuple(SETS.values()), "--show" in sys.argv)
