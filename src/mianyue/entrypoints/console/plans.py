"""Times for many candidates at once (批量排期): begun from the list of who is ready, sent or put away after a look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mianyue.base.errors import MianyueError
from mianyue.domain.plans.asked import Asked
from mianyue.domain.plans.models import Plan
from mianyue.domain.plans.queries import plan_numbered, summaries
from mianyue.entrypoints.console import pages, plan, ready, words
from mianyue.entrypoints.console.acts import actor, back, perform
from mianyue.workflows import plan as step
from mianyue.workflows.invite import Wish

PER_PAGE = 25

ACTS = {
    "send": (step.send_later, gettext_lazy("The letters are on their way; you may leave this page.")),
    "stop": (step.stop, gettext_lazy("The search ends with the best so far.")),
    "discard": (step.discard, gettext_lazy("The plan is put away; nothing was held or sent.")),
}


class AskedForm(forms.Form):
    """What is asked of a plan."""

    options = forms.IntegerField(label=gettext_lazy("Times for each"), min_value=1, max_value=3)
    earliest = forms.DateField(label=gettext_lazy("Not before"), required=False)
    days = forms.IntegerField(label=gettext_lazy("Working days to look at"), min_value=1, max_value=250, required=False)
    seconds = forms.IntegerField(label=gettext_lazy("Seconds to search"), min_value=1, max_value=86400)

    def asked(self) -> Asked:
        return Asked(**self.cleaned_data)


def page(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """All plans, the newest first; a posted form begins one."""
    if request.method == "POST":
        return _begin(request)
    shown = Paginator(Plan.objects.all(), PER_PAGE).get_page(request.GET.get("page"))
    return pages.page(site, request, "plans", _("Plans"), rows=rows(shown.object_list), page=shown)


def rows(plans: Iterable[Plan]) -> list[dict[str, Any]]:
    """Plans with their figures in words, and who asked for them, in a fixed number of queries."""
    plans = list(plans)
    figures, names = summaries(plans), _names(plans)
    return [
        {
            "plan": one,
            "headline": plan.headline(figures[one.pk]),
            "gap": plan.gap(figures[one.pk]),
            "asked_by": names[one.asked_by],
        }
        for one in plans
    ]


def act(site: AdminSite, request: HttpRequest, number: int, name: str) -> HttpResponse:
    """One button was pressed: ``send``, ``stop`` or ``discard``."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if name not in ACTS:
        raise Http404
    workflow, done = ACTS[name]
    perform(request, lambda: workflow(plan_numbered(number), actor(request), settings.CLOCK.now()), str(done))
    return HttpResponseRedirect(reverse("admin:plan", args=[number]))


def _begin(request: HttpRequest) -> HttpResponse:
    """Begins a plan for the chosen applications, or for all that a filter of the list of who is ready leaves."""
    form = AskedForm(request.POST)
    codes = ready.codes(request.POST) if "all" in request.POST else request.POST.getlist("application")
    if not codes:
        messages.warning(request, _("Select at least one application."))
    elif not form.is_valid():
        for field, found in form.errors.items():
            messages.error(request, f"{form[field].label}: {' '.join(found)}")
    else:
        asked = form.asked()
        wish = Wish(applications=codes, earliest=asked.earliest, days=asked.days)
        try:
            begun = step.begin(wish, asked, actor(request), settings.CLOCK.now())
        except MianyueError as error:
            messages.error(request, words.error(error))
        else:
            return HttpResponseRedirect(reverse("admin:plan", args=[begun.number]))
    return back(request, reverse("admin:ready"))


def _names(plans: Sequence[Plan]) -> dict[str, str]:
    """Who asked, by ``asked_by``: users by name, programs by their own."""
    told = {one.asked_by: one.asked_by.partition(" ")[::2] for one in plans}
    ids = [key for kind, key in told.values() if kind == "user" and key.isdecimal()]
    users = {str(user.pk): user.get_full_name() or user.get_username() for user in User.objects.filter(pk__in=ids)}
    return {
        asked_by: users.get(key, "") if kind == "user" else key or words.of(words.ACTORS, kind)
        for asked_by, (kind, key) in told.items()
    }
