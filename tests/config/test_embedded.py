"""The embedded PostgreSQL, for real: shared, killed, half made, and run as root from a closed folder."""

import os
import signal
import stat
import time
from pathlib import Path

import psycopg
import pytest

from mianyue.base.errors import Unavailable
from mianyue.config.embedded import ROOTS_DATA, Server

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")


def test_two_processes_share_it_and_the_last_one_stops_it(home, holders):
    first, second = holders.start(home), holders.start(home)
    assert ask(home, "SELECT current_database()") == "mianyue"
    holders.leave(first)
    assert answers(home)
    holders.leave(second)
    assert not answers(home)
    assert not Server(home).sockets.exists()


def test_processes_that_start_at_once_make_one_server(bare_home, holders):
    several = [holders.start(bare_home, wait=False) for _ in range(3)]
    assert [process.stdout.readline() for process in several] == ["ready\n"] * 3
    assert answers(bare_home)


def test_what_was_written_is_there_after_a_restart(home, holders):
    holder = holders.start(home)
    ask(home, "CREATE TABLE kept AS SELECT 42 AS number")
    holders.leave(holder)
    holders.start(home)
    assert ask(home, "SELECT number FROM kept") == 42


def test_killed_server_is_started_again_by_the_next_user_and_by_whoever_looks_after_it(home, holders):
    holders.start(home)
    _kill(home)
    holders.start(home)
    assert answers(home)
    _kill(home)
    Server(home, durable=False).keep_running()
    assert answers(home)


def test_killed_user_leaves_a_server_that_the_next_user_takes_over(home, holders):
    killed = holders.start(home)
    killed.kill()
    killed.wait()
    assert answers(home)
    holders.leave(holders.start(home))
    assert not answers(home)


@pytest.mark.parametrize("after", [0.5, pytest.param(0.9, marks=pytest.mark.slow), pytest.param(1.5, marks=pytest.mark.slow)])
def test_power_cut_while_the_database_is_made_leaves_nothing_in_the_way(bare_home, holders, after):
    cut = holders.start(bare_home, wait=False)
    time.sleep(after)
    os.killpg(cut.pid, signal.SIGKILL)
    cut.wait()
    holders.start(bare_home)
    assert ask(bare_home, "SELECT current_database()") == "mianyue"
    assert list(bare_home.glob("postgres.new*")) == []


def test_half_a_data_folder_of_a_dead_process_is_thrown_away(bare_home, holders):
    (bare_home / "postgres.new-1").mkdir()
    (bare_home / "postgres.new-1" / "PG_VERSION").write_text("18\n")
    holders.start(bare_home)
    assert answers(bare_home)
    assert not (bare_home / "postgres.new-1").exists()


def test_strangers_reach_it_by_no_network_and_its_data_by_no_permission(home, holders):
    holders.start(home)
    assert ask(home, "SHOW listen_addresses") == ""
    server = Server(home)
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.log.stat().st_mode) == 0o600


def test_socket_folder_that_somebody_else_made_is_not_taken_over(home, tmp_path):
    server = Server(home)
    victim = tmp_path / "victim"
    victim.mkdir()
    owner = victim.stat().st_uid
    server.sockets.symlink_to(victim)
    try:
        with pytest.raises(Unavailable, match="belongs to somebody else"):
            server.acquire()
        assert victim.stat().st_uid == owner
    finally:
        server.sockets.unlink()


def test_failed_start_holds_nothing_and_says_where_to_look(bare_home):
    (bare_home / "postgres").mkdir()
    (bare_home / "postgres" / "PG_VERSION").write_text("9.6\n")
    server = Server(bare_home)
    with pytest.raises(Unavailable) as refused:
        server.acquire()
    assert str(server.log) in refused.value.hint
    assert server._lock is None


@as_root
def test_root_with_a_closed_home_changes_no_permission_of_it(closed_home, holders):
    before = {place: place.stat().st_mode for place in (closed_home, *closed_home.parents)}
    closed_home.chmod(0o700)
    before[closed_home] = closed_home.stat().st_mode
    holder = holders.start(closed_home)
    assert answers(closed_home)
    assert Server(closed_home).data.is_relative_to(ROOTS_DATA)
    assert {place: place.stat().st_mode for place in before} == before
    ask(closed_home, "CREATE TABLE kept AS SELECT 42 AS number")
    holders.leave(holder)
    # Opened later, the home keeps the database it has.
    closed_home.parent.chmod(0o711)
    closed_home.chmod(0o711)
    holders.start(closed_home)
    assert ask(closed_home, "SELECT number FROM kept") == 42


@as_root
def test_root_runs_it_as_somebody_who_owns_nothing_else(home, holders):
    holders.start(home)
    pid = _postmaster(home)
    assert Path(f"/proc/{pid}").stat().st_uid == Server(home).data.stat().st_uid != 0


def _postmaster(home: Path) -> int:
    return int((Server(home).data / "postmaster.pid").read_text().splitlines()[0])


def _kill(home: Path) -> None:
    os.kill(_postmaster(home), signal.SIGKILL)
    until = time.monotonic() + 10
    while answers(home) and time.monotonic() < until:
        time.sleep(0.05)
    assert not answers(home)


def ask(home: Path, sql: str) -> object:
    """One value from the server of that home."""
    place = Server(home).address()
    with psycopg.connect(host=place["HOST"], user=place["USER"], dbname=place["NAME"], autocommit=True) as connection:
        row = connection.execute(sql)
        return row.fetchone()[0] if row.description else None


def answers(home: Path) -> bool:
    try:
        return ask(home, "SELECT 1") == 1
    except psycopg.OperationalError:
        return False
