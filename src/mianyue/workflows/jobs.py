"""What workers do when a row says so. Jobs carry ids only; each is safe to run twice."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import JobAborted

from mianyue.domain.security.actor import Actor
from mianyue.workflows import deliver as delivering
from mianyue.workflows import hear as hearing
from mianyue.workflows import matching
from mianyue.workflows import plan as planning
from mianyue.workflows import provision as provisioning
from mianyue.workflows import read_scan as reading
from mianyue.workflows import replan as replanning
from mianyue.workflows.staff import page as staff_page


@app.task(name="deliver", queue="letters")
def deliver(delivery_id: str) -> None:
    """Makes one attempt to deliver a notice."""
    delivering.deliver(UUID(delivery_id), settings.CLOCK.now())


@app.task(name="hear", queue="letters", retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def hear(heard_id: str) -> None:
    """Thinks about something that a candidate said."""
    hearing.think(UUID(heard_id), settings.CLOCK.now())


@app.task(name="match", queue="plans", retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def match() -> None:
    """Finds what the résumés of an import show of what their jobs ask for."""
    matching.match_waiting(settings.CLOCK.now())


@app.task(name="read_scan", queue="plans", retry=RetryStrategy(max_attempts=3, exponential_wait=4))
def read_scan(resume_id: str) -> None:
    """Reads the pictures of one résumé."""
    reading.read_scan(UUID(resume_id), settings.CLOCK.now())


@app.task(name="send_lost_page", queue="letters")
def send_lost_page(sought: str) -> None:
    """Sends their page to whoever lost it; ``sought`` is the fingerprint of an address."""
    staff_page.send_lost_page(sought, settings.CLOCK.now())


@app.task(name="provision", queue="letters")
def provision(run_id: str) -> None:
    """Goes on with a provisioning run."""
    provisioning.go_on(UUID(run_id), settings.CLOCK.now())


@app.task(name="search_part", queue="plans", pass_context=True, retry=RetryStrategy(max_attempts=50))
def search_part(context: JobContext, part_id: str) -> None:
    """Searches one part of a plan. A worker that has to go leaves it to the next one."""
    if not planning.search(UUID(part_id), settings.CLOCK.now(), leaving=context.should_abort):
        raise JobAborted


@app.task(name="send_plan", queue="letters", retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def send_plan(plan_id: str, actor_kind: str, actor_id: str) -> None:
    """Invites everybody a plan has times for. What broke off is tried again, later and later."""
    planning.go_on_sending(UUID(plan_id), Actor(actor_kind, actor_id), settings.CLOCK.now())


@app.task(name="replan", queue="letters", retry=RetryStrategy(max_attempts=6, exponential_wait=4))
def replan(actor_kind: str, actor_id: str) -> None:
    """Mends the promises that no longer hold, because somebody of a panel will be away."""
    replanning.replan(Actor(actor_kind, actor_id), settings.CLOCK.now())
