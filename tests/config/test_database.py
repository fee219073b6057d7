"""Which database DATABASE_URL means."""

import pytest

from mianyue.base.errors import SettingError
from mianyue.config.database import django_database
from mianyue.config.embedded import Server

ALWAYS = {"assume_role": "mianyue_app", "application_name": "mianyue"}


@pytest.mark.parametrize(
    ("url", "name", "user", "password", "host", "port", "options"),
    [
        ("postgresql://hr:secret@db.example.com:6432/mianyue", "mianyue", "hr", "secret", "db.example.com", 6432, {}),
        ("postgres://db.example.com/mianyue", "mianyue", "", "", "db.example.com", 5432, {}),
        ("postgresql://h%40r:p%2Fa%3Ass%40@db/%E9%9D%A2%E7%BA%A6", "面约", "h@r", "p/a:ss@", "db", 5432, {}),
        ("postgresql://hr@/mianyue?host=/var/run/postgresql", "mianyue", "hr", "", "/var/run/postgresql", 5432, {}),
        ("postgresql://hr@%2Frun%2Fpg/mianyue", "mianyue", "hr", "", "/run/pg", 5432, {}),
        (
            "postgresql://[::1]:5433/m?sslmode=require&connect_timeout=3",
            "m",
            "",
            "",
            "::1",
            5433,
            {"sslmode": "require", "connect_timeout": "3"},
        ),
    ],
)
def test_url_becomes_an_address(url, name, user, password, host, port, options, tmp_path):
    database = django_database(url, tmp_path)
    found = tuple(database[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT"))
    assert found == (name, user, password, host, port)
    assert database["OPTIONS"] == {**options, **ALWAYS}


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:hunter2@h/n",
        "postgresql://u:hunter2@h",
        "postgresql://u:hunter2@h/",
        "postgresql://u:hunter2@h:port/n",
        "hunter2",
        "postgresql://u:hunter2@[h/n",
    ],
)
def test_what_names_no_postgresql_is_refused_without_repeating_the_password(url, tmp_path):
    with pytest.raises(SettingError, match="DATABASE_URL is '…'") as refused:
        django_database(url, tmp_path)
    assert "hunter2" not in f"{refused.value} {refused.value.hint} {refused.value.args}"


def test_without_a_url_the_embedded_server_of_the_home_is_meant(tmp_path):
    database = django_database("", tmp_path)
    assert database["HOST"] == str(Server(tmp_path).sockets)
    assert database["OPTIONS"] == ALWAYS


def test_two_homes_have_two_servers_and_a_socket_path_that_always_fits(tmp_path):
    one, other = Server(tmp_path / ("x" * 200)), Server(tmp_path / ("x" * 201))
    assert one.sockets != other.sockets
    assert len(str(one.sockets / ".s.PGSQL.5432")) < 107
