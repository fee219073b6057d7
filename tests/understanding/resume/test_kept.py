"""Facts that were kept are the facts that were read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mianyue.understanding.resume.extract import extract
from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.kept import from_plain, to_plain

RESUMES = sorted((Path(__file__).parents[2] / "data" / "company" / "resumes").iterdir())
LINES = [
    "张三",
    "2019.03-至今 甲公司 工程师",
    "江海大学 本科 2015-2019",
    "Python、SQL",
    "邮箱: a@b.example",
    "工作经历",
    "教育背景",
    "技能",
]


@pytest.mark.parametrize("path", RESUMES, ids=lambda path: path.stem)
def test_of_every_resume(path):
    facts = read_facts(extract(path.name, path.read_bytes()).text)
    assert from_plain(json.loads(json.dumps(to_plain(facts)))) == facts


@given(st.lists(st.sampled_from(LINES), max_size=12).map("\n".join))
def test_of_any_text(text):
    facts = read_facts(text)
    assert from_plain(json.loads(json.dumps(to_plain(facts)))) == facts
