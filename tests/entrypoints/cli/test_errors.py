"""Whatever goes wrong, the command says what and what to do, and nobody sees a stack trace (every run is searched for one)."""

import shutil
import socket
from importlib import resources

import pytest
from tzdata import IANA_VERSION

from mianyue.config.command import Machine
from mianyue.entrypoints.cli.main import drive


def refused(done, code: str) -> dict[str, str]:
    """Exit code 1, and the error as JSON alone on standard output."""
    assert (done.code, done.err) == (1, "")
    assert done.json["error"]["code"] == code
    assert set(done.json["error"]) == {"code", "message", "hint"}
    assert all(done.json["error"].values())
    return done.json["error"]


@pytest.mark.parametrize(
    "place", ["no/such/folder", __file__, "/proc/self/mem", "\x01"], ids=["absent", "file", "device", "nonsense"]
)
def test_what_is_no_folder_is_not_imported(mianyue, place):
    assert place not in refused(mianyue("import", place, "--json"), "not_found")["hint"]


def test_folder_of_nonsense_is_said_to_hold_no_company(mianyue, tmp_path):
    for name, content in {"applications.csv": b"\xff\xfe\x00", "a.txt": b"x", "company.toml": b"= ="}.items():
        (tmp_path / name).write_bytes(content)
    done = mianyue("import", tmp_path, "--dry-run", "--json")
    assert done.code in (0, 1)
    assert done.json.get("problems") or done.json["error"]["code"]


def test_unknown_ids_are_named(mianyue, imported):
    assert "A999" in refused(mianyue("recommend", "A999", "--json"), "not_found")["message"]
    assert "J999" in refused(mianyue("invite", "--job", "J999", "--json"), "not_found")["message"]
    assert "A999" in refused(mianyue("result", "A999", "passed", "--json"), "not_found")["message"]


def test_date_far_away_finds_no_time(mianyue, imported):
    done = mianyue("recommend", "A020", "--earliest", "9999-12-31", "--json")
    assert (done.code, done.json["problem"]["code"], done.json["options"]) == (0, "no_time", [])


@pytest.mark.parametrize(
    "arguments",
    [
        ["no-such-command"],
        ["import"],
        ["invite"],
        ["invite", "--all", "--job", "J001"],
        ["invite", "--all", "--earliest", "tomorrow"],
        ["invite", "--all", "--days", "0"],
        ["recommend"],
        ["result", "A001", "excellent"],
        ["result", "A001", "rejected", "--hire"],
        ["result", "A001", "passed", "--closing-letter"],
        ["up", "--port", "0"],
        ["status", "--yaml"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2(capfd, arguments):
    assert drive(Machine(), arguments) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert "Error: " in said.err


def test_database_that_does_not_answer(mianyue):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"postgresql://hr:hunter2@127.0.0.1:{closed.getsockname()[1]}/mianyue"
        error = refused(mianyue("status", "--json", DATABASE_URL=url), "unavailable")
        assert "DATABASE_URL" in error["hint"]
        told = mianyue("doctor", "--json", DATABASE_URL=url)
        plain = mianyue("worker", DATABASE_URL=url)
    assert (told.code, told.json["healthy"]) == (1, False)
    assert {check["name"]: check["state"] for check in told.json["checks"]}["database"] == "bad"
    assert (plain.code, plain.out) == (1, "")
    assert plain.err.startswith("mianyue: The database does not answer")
    assert "hunter2" not in str(error) + told.out + told.err + plain.err


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("DATABASE_URL", "mysql://hr:hunter2@db/x", "setting_invalid"),
        ("MIANYUE_CLOCK", "yesterday", "setting_invalid"),
        ("MIANYUE_FOLLOW_UP_AFTER", "soon", "setting_invalid"),
        ("MIANYUE_LOG_LEVEL", "LOUD", "setting_invalid"),
        ("MIANYUE_DEMO", "0", "clock_refused"),
    ],
)
def test_setting_that_is_not_understood_stops_everything(mianyue, name, value, code):
    error = refused(mianyue("status", "--json", **{name: value}), code)
    assert name in error["message"] + error["hint"]
    assert "hunter2" not in str(error)


def test_doctor_names_the_setting_that_is_not_understood(mianyue):
    doctor = mianyue("doctor", "--json", MIANYUE_FOLLOW_UP_AFTER="soon", MIANYUE_FOLOW_UP="1h")
    assert (doctor.code, doctor.json["healthy"]) == (1, False)
    (settings,) = [check for check in doctor.json["checks"] if check["name"] == "settings"]
    assert settings["state"] == "bad"
    assert settings["message"].startswith("MIANYUE_FOLLOW_UP_AFTER is 'soon'")


def test_doctor_warns_about_a_machine_whose_clocks_follow_old_laws(mianyue, tmp_path):
    (tmp_path / "Europe").mkdir()
    shutil.copy(str(resources.files("tzdata") / "zoneinfo" / "Europe" / "Berlin"), tmp_path / "Europe")
    (tmp_path / "tzdata.zi").write_text("# version 2019c\n", encoding="ascii")
    told = {
        source: next(
            check
            for check in mianyue("doctor", "--json", PYTHONTZPATH=str(tmp_path), MIANYUE_ZONE_DATA=source).json["checks"]
            if check["name"] == "time zones"
        )
        for source in ("packaged", "system")
    }
    assert {source: check["state"] for source, check in told.items()} == {"packaged": "ok", "system": "warn"}
    assert IANA_VERSION in told["packaged"]["message"]
    assert "2019c" in told["system"]["message"]


@pytest.mark.parametrize("place", ["/dev/null/home", "/proc/home"])
def test_home_that_cannot_be_written_to(mianyue, place):
    assert "MIANYUE_HOME" in refused(mianyue("status", "--json", MIANYUE_HOME=place), "setting_invalid")["message"]


def test_help_needs_nothing(mianyue):
    done = mianyue("--help", DATABASE_URL="nonsense", MIANYUE_HOME="/dev/null")
    assert (done.code, done.err) == (0, "")
    assert "mianyue [OPTIONS] COMMAND [ARGS]..." in done.out
    assert mianyue("--version").out.startswith("mianyue, version ")
