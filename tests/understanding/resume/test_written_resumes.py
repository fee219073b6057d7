"""The résumés of the benchmark's writer, in all its layouts: what is promised of each field holds, and each layout is readable."""

from collections import defaultdict

import pytest

from benchmarks.understanding.resume_writer import resumes
from benchmarks.understanding.resumes import FIELDS, TARGETS, of_the_sample, score


@pytest.fixture(scope="module")
def scored():
    return [(written.layout, score(written)) for written in resumes(225, seed=23)]


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_reaches_its_target(scored, field):
    values = [scores[field] for _, scores in scored]
    assert sum(values) / len(values) >= TARGETS[field]


def test_no_layout_is_left_behind(scored):
    by_layout = defaultdict(list)
    for layout, scores in scored:
        by_layout[layout].append(sum(scores.values()) / len(scores))
    assert len(by_layout) == 9
    assert [layout for layout, means in by_layout.items() if sum(means) / len(means) < 0.9] == []


def test_the_sample_company():
    means = of_the_sample()
    assert means["degree"] == means["schools"] == 1.0
    assert means["employers"] >= 0.9
    assert means["skills"] >= 0.95
