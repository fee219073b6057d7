"""How rightly résumés are read: written ones by layout with bootstrap intervals, and the sample company's, against their truth."""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.understanding.figures import interval
from benchmarks.understanding.resume_writer import TODAY, Person, Written, resumes
from mianyue.understanding.folding import squeezed
from mianyue.understanding.resume.extract import extract
from mianyue.understanding.resume.facts import ResumeFacts, read_facts

FIELDS = ("name", "mobile", "email", "degree", "years", "skills")
TARGETS = {"name": 0.97, "mobile": 0.99, "email": 0.99, "degree": 0.95, "years": 0.90, "skills": 0.85}
SAMPLE = Path(__file__).resolve().parents[2] / "tests" / "data" / "company"
_SAMPLE_DEGREES = {
    "大专": "associate",
    "本科": "bachelor",
    "BA": "bachelor",
    "BSc": "bachelor",
    "硕士": "master",
    "MSc": "master",
    "MBA": "master",
    "博士": "doctor",
    "PhD": "doctor",
}


def score(written: Written) -> dict[str, float]:
    """1 or 0 for each field, F1 for the skills; names without regard to case, years within half a year."""
    region = {"en": "GB", "hant": "TW"}.get(written.person.language, "CN")
    return score_of(read_facts(written.text, region, TODAY), written.person)


def score_of(facts: ResumeFacts, person: Person) -> dict[str, float]:
    """The same of facts that were read by another way."""
    right = {"name": person.name.casefold(), "mobile": person.mobile, "email": person.email.casefold(), "degree": person.degree}
    scores = {field: float(_value(facts, field).casefold() == truth) for field, truth in right.items()}
    years = float(facts.years.value) if facts.years else 0.0
    return {**scores, "years": float(abs(years - person.years) <= 0.5), "skills": skill_f1(facts, person.skills)}


def skill_f1(facts: ResumeFacts, skills: Iterable[str]) -> float:
    """F1 of the skills of confidence 0.6 and more, by spelling without case, width, spaces and hyphens."""
    truth = {squeezed(skill) for skill in skills}
    found = {squeezed(fact.value) for fact in facts.skills if fact.confidence >= 0.6}
    return 2 * len(truth & found) / (len(truth) + len(found)) if truth or found else 1.0


def of_the_sample() -> dict[str, float]:
    """Means over the sample company's résumés that hold text: highest degree, schools, employers and skill F1."""
    sums: dict[str, list[float]] = defaultdict(list)
    for truth in json.loads((SAMPLE / "expected_resumes.json").read_text("utf-8")):
        path = SAMPLE / truth["file"]
        text = extract(path.name, path.read_bytes()).text
        if not truth["scanned"] and text:
            for field, value in _sample_scores(read_facts(text, today=TODAY), truth).items():
                sums[field].append(value)
    return {field: sum(values) / len(values) for field, values in sums.items()}


def _sample_scores(facts: ResumeFacts, truth: dict[str, Any]) -> dict[str, float]:
    levels = [_SAMPLE_DEGREES[study["degree"]] for study in truth["education"]]
    best = max(levels, key=["associate", "bachelor", "master", "doctor"].index)
    schools = {study.school.value for study in facts.studies if study.school}
    employers = {job.employer.value for job in facts.jobs if job.employer}
    return {
        "degree": float(facts.degree is not None and facts.degree.value == best),
        "schools": float(schools == {study["school"] for study in truth["education"]}),
        "employers": float(employers == set(truth["employers"])),
        "skills": skill_f1(facts, truth["skills"]),
    }


def _value(facts: ResumeFacts, field: str) -> str:
    fact = getattr(facts, field)
    return fact.value if fact else ""


def main(count: int = 270, seed: int = 5) -> None:
    """Prints means with intervals, then the means by layout, then the sample's."""
    scored = [(written.layout, score(written)) for written in resumes(count, seed)]
    print(f"{count} written résumés, seed {seed}")
    for field in FIELDS:
        values = [scores[field] for _, scores in scored]
        low, high = interval(values)
        print(f"  {field:8} {sum(values) / count:6.3f}  [{low:.3f}, {high:.3f}]  target {TARGETS[field]}")
    for layout in dict.fromkeys(layout for layout, _ in scored):
        rows = [scores for each, scores in scored if each == layout]
        print(f"  {layout:16}" + "".join(f" {field} {sum(row[field] for row in rows) / len(rows):.2f}" for field in FIELDS))
    print("sample company: " + ", ".join(f"{field} {mean:.3f}" for field, mean in of_the_sample().items()))
    start = time.process_time()
    for written in resumes(45, seed):
        read_facts(written.text, today=TODAY)
    print(f"read_facts: {(time.process_time() - start) / 45 * 1000:.1f} ms of processor time a résumé")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
