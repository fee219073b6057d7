"""``mianyue``: builds the machine that the command line drives, and turns every error into words and an exit code."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import quote
from zoneinfo import ZoneInfo

from mianyue.base.clock import ShiftedClock, from_setting
from mianyue.base.errors import MianyueError, Unavailable
from mianyue.config import bootstrap, environment
from mianyue.entrypoints.cli.main import drive
from mianyue.ports import registry


class Machine:
    """What the command line can ask of this installation: database, web, worker, demo."""

    def start(self) -> None:
        """Database up, schema current, Django ready."""
        bootstrap.start()

    def now(self) -> datetime:
        from django.conf import settings

        return settings.CLOCK.now()

    def web(self, host: str, port: int) -> None:
        from mianyue.config import web

        bootstrap.start()
        web.serve(host, port)

    def worker(self, once: bool) -> None:
        bootstrap.start()
        from mianyue.config import worker

        worker.run_once(self.now()) if once else worker.run()

    def worker_alive(self) -> bool:
        from mianyue.base.clock import SystemClock
        from mianyue.config import signs_of_life

        return signs_of_life.alive(SystemClock().now())

    def up(self, host: str, port: int) -> int:
        """Database, web and worker as one group."""
        from mianyue.config.supervisor import Child, supervise

        server = bootstrap.start()
        children = [Child("web", ["web", "--host", host, "--port", str(port)]), Child("worker", ["worker"])]
        if environment.read("MIANYUE_DEMO") and (sandbox_port := os.environ.get("MIANYUE_SANDBOX_PORT")):
            children.append(Child("sandbox", ["sandbox", "--port", sandbox_port]))
        try:
            return supervise(children, self._environ(), server.keep_running if server else None)
        finally:
            if server:
                server.release()

    def sandbox(self, port: int) -> None:
        """The demo's mail server."""
        from mianyue.entrypoints.sandbox import mail_server

        home, reply_to = environment.read("MIANYUE_HOME"), environment.read("MIANYUE_REPLY_TO")
        clock = from_setting(environment.read("MIANYUE_CLOCK"))
        answers = mail_server.Answers(reply_to, mail_server.answers_in(home), clock) if reply_to else None
        mail_server.run(port, mail_server.folder_in(home), answers)

    def demo(self, host: str, port: int) -> int:
        """A demo company, a recruiter's account and everything running."""
        home = Path(os.environ.get("MIANYUE_HOME") or ".demo").absolute()
        from mianyue.entrypoints.sandbox import mail_server

        web_port, mail_port = _free_port(host, port), _free_port("127.0.0.1", port + 1000)
        os.environ.update(
            MIANYUE_HOME=str(home),
            MIANYUE_DEMO="1",
            MIANYUE_URL=f"http://{host}:{web_port}",
            EMAIL_URL=f"smtp://127.0.0.1:{mail_port}",
            MIANYUE_SANDBOX_PORT=str(mail_port),
            MIANYUE_REPLY_MAILBOX=f"maildir://{quote(str(mail_server.answers_in(home)))}",
            MIANYUE_REPLY_TO=_ANSWERS_OF_THE_DEMO,
        )
        server = bootstrap.start()
        password = self._demo_company(home)
        print(_WELCOME.format(url=f"http://{host}:{web_port}", password=password), flush=True)
        try:
            return self.up(host, web_port)
        finally:
            if server:
                server.release()

    def _demo_company(self, home: Path) -> str:
        from django.contrib.auth import get_user_model

        from mianyue.domain.security.actor import Actor
        from mianyue.entrypoints.sandbox.demo_company import write_company, write_punches
        from mianyue.workflows.attendance.punch import bring_punches
        from mianyue.workflows.bring_in import bring_in

        # Written anew at every start: a demo that is opened again next month still has its dates around today.
        now = self.now()
        today = now.astimezone(ZoneInfo("Asia/Shanghai")).date()
        write_company(home / "company", today)
        write_punches(home / "punches.csv", today)
        bring_in(home / "company", Actor("program", "demo"), now)
        bring_punches(home / "punches.csv", Actor("program", "demo"), now)
        password = secrets.token_urlsafe(9)
        users = get_user_model().objects
        recruiter = users.filter(username="recruiter").first() or users.create_superuser("recruiter")
        recruiter.set_password(password)
        recruiter.save()
        return password

    def manage(self, arguments: list[str]) -> int:
        """Django's own commands; those that change the schema act as the database's owner."""
        from django.core.management import execute_from_command_line

        from mianyue.domain.security.roles import as_owner

        bootstrap.start(migrate=False)
        command = ["mianyue manage", *arguments]
        if arguments[:1] in (["migrate"], ["dbshell"]):
            with as_owner():
                execute_from_command_line(command)
        else:
            execute_from_command_line(command)
        return 0

    def plug_settings(self) -> list[tuple[str, str, registry.Setting]]:
        """Every setting of every registered plug: kind, name, setting."""
        return [
            (kind, name, setting)
            for kind in ("calendar", "channel", "mailbox", "attendance", "writer", "encoder")
            for name in registry.names(kind)
            if (kind, name) != ("attendance", "builtin")  # kept in the house: it has none, and can't be loaded before the database
            for setting in getattr(registry.plug_class(kind, name), "settings", ())
        ]

    def check_settings(self) -> None:
        """Reads every declared setting. Raises SettingError for the first that can't be understood."""
        for declared in environment.DECLARED:
            environment.read(declared.name)

    def undeclared(self) -> list[str]:
        """``MIANYUE_`` variables nothing reads."""
        return environment.undeclared(known=(*(s.name for _, _, s in self.plug_settings()), "MIANYUE_SANDBOX_PORT"))

    def _environ(self) -> dict[str, str]:
        """The children's environment: they all show the same time."""
        environ = dict(os.environ)
        if clock := environment.read("MIANYUE_CLOCK"):
            shifted = from_setting(clock)
            if isinstance(shifted, ShiftedClock):
                environ["MIANYUE_CLOCK"] = shifted.spelled()
        return environ


_ANSWERS_OF_THE_DEMO = "answers@chenghu.example.com"

_WELCOME = """
  面约 mianyue is running a demo company.

    Console   {url}/console/      recruiter / {password}
    Sandbox   {url}/sandbox/      every mail and text message, as received

  招聘者登录控制台发出邀约；在“沙箱邮箱”里扮演候选人和面试官。Ctrl-C 停止。
  Invite somebody in the console, then be the candidate and the interviewer in the sandbox. Ctrl-C stops it.
"""


def _free_port(host: str, wanted: int) -> int:
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise Unavailable(f"No port from {wanted} to {wanted + 49} is free.", "Stop what uses them, or choose another with --port.")


def main() -> int:
    """The console script. Exit codes: 0 done, 1 refused or failed (said why), 2 wrong usage."""
    try:
        return drive(Machine(), sys.argv[1:])
    except MianyueError as error:
        print(f"mianyue: {error} {error.hint}".rstrip(), file=sys.stderr)
        return 1
