"""Résumés a second, understood, against only taking the text out of the same files."""

from __future__ import annotations

import time
from pathlib import Path

from benchmarks.harness import Row

SAMPLE = Path(__file__).resolve().parent.parent / "tests" / "data" / "company" / "resumes"
KEYWORDS = ("Java", "Spring Boot", "MySQL", "Redis", "Kafka", "微服务", "Kubernetes")


def run(home: Path) -> list[Row]:
    """Text, name, contact data, sensitive passages and keywords of every résumé of the sample; the floor stops at the text."""
    from mianyue.understanding.keywords.evidence import shown_keywords
    from mianyue.understanding.resume.extract import extract
    from mianyue.understanding.resume.facts import read_facts

    files = [(path.name, path.read_bytes()) for path in sorted(SAMPLE.iterdir())]

    def understood() -> None:
        for name, content in files:
            text = extract(name, content).text
            read_facts(text)
            shown_keywords(KEYWORDS, text)

    def text_only() -> None:
        for name, content in files:
            extract(name, content)

    return [
        Row("résumés understood", _rate(understood, len(files)), _rate(text_only, len(files)), "per second", "text extraction only")
    ]


def _rate(work, count: int) -> float:
    work()
    start = time.perf_counter()
    for _ in range(3):
        work()
    return 3 * count / (time.perf_counter() - start)
