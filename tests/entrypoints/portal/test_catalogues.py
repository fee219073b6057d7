"""Translations are ready without a build step, also where the package can't be written to."""

import gettext
import os
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.apps import apps

from mianyue.config.catalogues import compile_all

PORTAL = Path(apps.get_app_config("portal").path)

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Hello"
msgstr "{said}"
"""


@pytest.fixture
def package(tmp_path) -> Path:
    """A package with one catalogue."""
    write(tmp_path / "package", "您好")
    return tmp_path / "package"


def write(package: Path, said: str, modified: int = 1_800_000_000) -> None:
    po = package / "entrypoints/door/locale/zh_Hans/LC_MESSAGES/django.po"
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(PO.format(said=said), encoding="utf-8")
    os.utime(po, (modified, modified))


def hello(folder: Path) -> str:
    return gettext.translation("django", folder, ["zh_Hans"]).gettext("Hello")


def test_catalogue_is_compiled_beside_its_source(package, tmp_path):
    assert compile_all(tmp_path / "home", package) == []
    assert hello(package / "entrypoints/door/locale") == "您好"
    assert not (tmp_path / "home").exists()


def test_compiled_catalogue_is_left_alone(package, tmp_path):
    compile_all(tmp_path, package)
    compiled = next(package.rglob("*.mo"))
    before = compiled.stat().st_ino
    compile_all(tmp_path, package)
    assert compiled.stat().st_ino == before


@pytest.mark.parametrize("modified", [1_700_000_000, 1_900_000_000])
def test_other_version_is_compiled_anew_whether_its_file_is_newer_or_older(package, tmp_path, modified):
    compile_all(tmp_path, package)
    write(package, "你好", modified)
    compile_all(tmp_path, package)
    assert hello(package / "entrypoints/door/locale") == "你好"
    assert [p.suffix for p in package.rglob("django.*")].count(".mo") == 1


def test_package_that_cannot_be_written_to_is_compiled_elsewhere(package, tmp_path, monkeypatch):
    real = Path.open

    def refusing(path, *arguments, **named):
        """Root may write anywhere, so the file system's refusal is played."""
        if package in path.parents and ".mo" in path.name:
            raise PermissionError
        return real(path, *arguments, **named)

    monkeypatch.setattr(Path, "open", refusing)
    home = tmp_path / "home"
    (first,) = compile_all(home, package)
    assert hello(Path(first)) == "您好"
    assert compile_all(home, package) == [first]
    write(package, "你好")
    (second,) = compile_all(home, package)
    assert hello(Path(second)) == "你好"


def test_every_sentence_of_the_pages_is_translated():
    with (PORTAL / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as po:
        catalogue = read_po(po)
    sources = [*PORTAL.rglob("*.html"), *PORTAL.glob("*.py")]
    used = set()
    for text in (source.read_text(encoding="utf-8") for source in sources):
        used |= {m[1] for m in re.finditer(r'(?:\b_\(|\bpgettext_lazy\(\s*"staff",\s*|translate )"((?:[^"\\]|\\.)+)"', text)}
        used |= {re.sub(r"{{ (\w+) }}", r"%(\1)s", m[1]) for m in re.finditer(r"{% blocktranslate[^%]*%}(.*?){% endblock", text)}
    there = {message.id: message.string for message in catalogue if message.id}
    assert used == set(there)
    for source, translation in there.items():
        assert translation, source
        assert set(re.findall(r"%\(\w+\)[sd]", translation)) <= set(re.findall(r"%\(\w+\)[sd]", source))
