"""What the documentation names exists, and what exists is documented."""

import re
from pathlib import Path

import click
import pytest

import mianyue
from mianyue.config.command import Machine
from mianyue.config.environment import DECLARED
from mianyue.config.plugs import PLUGS
from mianyue.entrypoints.cli.main import cli

ROOT = Path(mianyue.__file__).parents[2]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
VISIBLE = {name: command for name, command in cli.commands.items() if not command.hidden}


def row_of(name: str) -> str:
    return next((line for line in OPERATIONS.splitlines() if line.startswith(f"| `{name}` |")), "")


@pytest.mark.parametrize("declared", DECLARED, ids=lambda declared: declared.name)
def test_every_setting_has_its_row_with_default_and_purpose(declared):
    shown = f"`{declared.default}`" if declared.default else "–"
    assert row_of(declared.name) == f"| `{declared.name}` | {shown} | {declared.what} | {declared.expected} |"


def test_every_setting_of_every_plug_is_named():
    names = {setting.name for _, _, setting in Machine().plug_settings()}
    assert sorted(name for name in names if not row_of(name) and not name.endswith("_FILE")) == []
    assert "EMAIL_URL" in names


def test_no_setting_is_documented_that_nothing_reads():
    read = {*(declared.name for declared in DECLARED), *(setting.name for _, _, setting in Machine().plug_settings())}
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", OPERATIONS, re.MULTILINE)) <= read


def test_every_variable_named_anywhere_in_the_documentation_exists():
    known = {*(d.name for d in DECLARED), *(s.name for _, _, s in Machine().plug_settings()), "MIANYUE_SANDBOX_PORT"}
    named = {name for page in PAGES for name in re.findall(r"MIANYUE_[A-Z_]+[A-Z]", page.read_text(encoding="utf-8"))}
    assert sorted(name for name in named if name.removesuffix("_FILE") not in known) == []


@pytest.mark.parametrize("name", VISIBLE)
def test_every_command_has_a_chapter_with_every_option(name):
    chapter = re.search(rf"^## mianyue {name}\b.*?(?=^## |\Z)", COMMANDS, re.MULTILINE | re.DOTALL)
    assert chapter
    for parameter in VISIBLE[name].params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[0] in chapter[0], parameter.opts[0]


def test_every_command_named_in_the_readme_and_the_chapters_exists():
    text = COMMANDS + "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md")) + OPERATIONS
    named = set(re.findall(r"`(?:\.venv/bin/)?mianyue ([a-z]+)\b", text)) | set(
        re.findall(r"^\.venv/bin/mianyue ([a-z]+)", text, re.MULTILINE)
    )
    assert sorted(named - set(cli.commands)) == []
    assert {"import", "invite", "up"} <= named


def test_every_make_command_of_the_documentation_is_a_target():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test", "lint", "bench"} <= targets
    for page in PAGES:
        named = set(re.findall(r"(?:^|`)make ([a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE))
        assert sorted(named - targets) == [], page.name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_into_the_house_leads_somewhere(page):
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    inside = [link.partition("#")[0] for link in links if not re.match(r"https?:|mailto:|#", link)]
    assert [link for link in inside if not (page.parent / link).exists()] == []


def test_readme_stands_in_both_languages_and_changes_are_kept():
    for name in ("README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE"):
        assert (ROOT / name).read_text(encoding="utf-8").strip(), name


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind, name, _ in PLUGS])
def test_every_plug_has_its_row(kind, name):
    assert f"| {kind} | `{name}` |" in OPERATIONS
