"""The rules of the house that a program can check."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.core.management import call_command

import mianyue

SOURCE = Path(mianyue.__file__).parent
ROOT = SOURCE.parents[1]
MODULES = [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]
CATALOGUES = sorted(SOURCE.rglob("*.po"))


def named(paths) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_import_law():
    told = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_module_says_why_it_exists():
    silent = [
        path for path in MODULES if path.name != "apps.py" and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert named(silent) == []


def test_no_file_has_a_name_that_says_nothing():
    said_nothing = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
    everywhere = [*SOURCE.rglob("*"), *(ROOT / "tests").rglob("*.py")]
    assert named(path for path in everywhere if path.stem in said_nothing) == []


def test_nothing_is_left_to_do_and_nothing_of_the_workplace_is_named():
    unfinished = re.compile(r"\bTODO\b|\bFIXME\b|\bXXX\b|NotImplementedError\(\)|/work/|\.\./shared")
    assert named(path for path in MODULES if unfinished.search(path.read_text(encoding="utf-8"))) == []


def test_only_aware_datetimes_and_no_clock_read_in_thinking_and_rooms():
    reads = re.compile(r"datetime\.now\(|timezone\.now\(|time\.time\(|date\.today\(|utcnow\(")
    rooms = [
        path for path in MODULES if path.relative_to(SOURCE).parts[0] in ("scheduling", "understanding", "domain", "workflows")
    ]
    assert named(path for path in rooms if reads.search(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: "/".join(path.relative_to(SOURCE).parts[:2]))
def test_every_sentence_is_translated_and_keeps_its_places(path):
    with path.open("rb") as file:
        catalogue = read_po(file, locale=path.parts[-3])
    sentences = [message for message in catalogue if message.id]
    assert sentences
    assert [message.id for message in sentences if message.fuzzy or not all(_texts(message.string))] == []
    assert [message.id for message in sentences if _places(message.id) != _places(message.string)] == []


def _texts(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)


def _places(string: str | tuple[str, ...]) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}", " ".join(_texts(string))))
