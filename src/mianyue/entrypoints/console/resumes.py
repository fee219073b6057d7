"""A résumé beside what was read from it: somebody looks, corrects, confirms, and goes on to the next that waits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from mianyue.base.errors import MianyueError, NotFound
from mianyue.domain.desk.models import Task
from mianyue.domain.recruiting.models import Application, Candidate, Resume
from mianyue.domain.recruiting.resume_fields import CONTACTS, FIELDS, SURE, Field, fields_of, same, waiting
from mianyue.entrypoints.console import pages, resume_words, times, words
from mianyue.entrypoints.console.acts import actor
from mianyue.entrypoints.console.resume_places import Original, is_pdf, original
from mianyue.understanding.resume.education import LEVELS
from mianyue.understanding.resume.page_picture import NoSuchPage, picture_of
from mianyue.understanding.resume.pdf import BrokenPdf, PasswordNeeded
from mianyue.workflows.confirm_resume import Confirmed, FieldsInvalid, confirm, stamp
from mianyue.workflows.desk import open_resume, refuse_resume

KINDS = (Task.Kind.RESUME_FIELDS, Task.Kind.RESUME_UNREADABLE)
_SALT, _PICTURE_LASTS = "console.resume.picture", 3600
_PARTED = re.compile(r"[,，、;；\n]")
_VERY_SURE = 0.85

View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Shown:
    """One field as the page shows it. ``value`` is what its input holds, ``problem`` what is wrong with it in words.

    ``theirs``: what the application says instead, ``hint``: what it says, for a field that is empty; ``page``: of its first place,
    0 in a text, None where there is none.
    """

    name: str
    label: str
    value: Any
    sureness: str
    method: str
    page: int | None
    waits: bool
    theirs: str = ""
    hint: str = ""
    problem: str = ""
    by: str = ""
    at: str = ""


def guarded(view: View) -> View:
    """``view`` of one application's résumé; somebody signed in who isn't of the staff is refused, and the journal knows."""

    @wraps(view)
    def refusing(request: HttpRequest, *args: Any, pk: UUID, **kwargs: Any) -> HttpResponse:
        user = request.user
        if user.is_authenticated and not (user.is_active and user.is_staff):
            _refuse(request, pk)
        return view(request, *args, pk=pk, **kwargs)

    return refusing


def page(site: AdminSite, request: HttpRequest, pk: UUID) -> HttpResponse:
    """The résumé and its fields; a posted form confirms one of them (``right``) or all, and goes on."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(["GET", "POST"])
    application = Application.objects.select_related("candidate", "job").filter(pk=pk).first()
    if application is None or application.resume_id is None:
        raise Http404
    if request.method == "GET" or request.method == "HEAD":
        return _shown(site, request, application)
    values = posted(request.POST)
    one = request.POST.get("right", "")
    wanted = {one: values[one]} if one in values else values
    chosen = set(request.POST.getlist("choose")) & wanted.keys()
    try:
        done = confirm(pk, wanted, chosen, request.POST.get("seen", ""), actor(request), settings.CLOCK.now())
    except FieldsInvalid as error:
        return _shown(site, request, application, values, error.fields, status=422)
    except NotFound:
        raise Http404 from None
    except MianyueError as error:
        messages.error(request, words.error(error))
        return HttpResponseRedirect(request.path)
    messages.success(request, _said(done))
    if one:
        return HttpResponseRedirect(f"{request.path}#field-{one}")
    return HttpResponseRedirect(_next_address(application) or reverse("admin:recruiting_application_change", args=[pk]))


def picture(site: AdminSite, request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    """Page ``number`` (from 1) of a PDF as a PNG, made for this one answer, and only for somebody who opened the résumé's page."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET"])
    try:
        seen = signing.loads(request.GET.get("seen", ""), salt=_SALT, max_age=_PICTURE_LASTS)
    except signing.BadSignature:
        seen = None
    if seen != [str(pk), request.user.pk]:
        _refuse(request, pk)
    resume = Resume.objects.only("content").filter(application=pk).first()
    if resume is None or not is_pdf(resume.content):
        raise Http404
    try:
        png = picture_of(resume.content, number - 1)
    except (NoSuchPage, BrokenPdf, PasswordNeeded):
        raise Http404 from None
    return HttpResponse(png, content_type="image/png", headers={"Cache-Control": "no-store"})


def posted(form: QueryDict) -> dict[str, Any]:
    """The values of the fields that a form holds, as ``confirm`` takes them."""
    values: dict[str, Any] = {name: form[name] for name in FIELDS if name in form}
    if "employer" in form:
        values["jobs"] = [list(pair) for pair in zip(form.getlist("employer"), form.getlist("title"), strict=False)]
    if "skills" in values:
        values["skills"] = _PARTED.split(values["skills"])
    return values


def brief(application: Application) -> dict[str, Any] | None:
    """What the application's card says of its résumé; None without one."""
    resume = Resume.objects.defer("content").filter(pk=application.resume_id).first()
    if resume is None:
        return None
    fields = fields_of(resume, settings.CLOCK.now().date())
    latest = next((" · ".join(part for part in job if part) for job in fields["jobs"].value), "")
    told = [
        ("degree", words.of(resume_words.DEGREES, fields["degree"].value)),
        ("school", fields["school"].value),
        ("years", fields["years"].value),
        ("jobs", latest),
        ("skills", " · ".join(fields["skills"].value[:8])),
    ]
    waits = waiting(fields, application.candidate)
    return {
        "lines": [(resume_words.FIELDS[name], value, fields[name].unsure) for name, value in told if value],
        "waits": [resume_words.FIELDS[name] for name in waits],
    }


def _refuse(request: HttpRequest, pk: UUID) -> None:
    try:
        refuse_resume(pk, actor(request), settings.CLOCK.now())
    except NotFound:
        raise Http404 from None
    raise PermissionDenied


def _shown(
    site: AdminSite,
    request: HttpRequest,
    application: Application,
    values: Mapping[str, Any] | None = None,
    wrong: tuple[str, ...] = (),
    status: int = 200,
) -> HttpResponse:
    now = settings.CLOCK.now()
    resume = open_resume(application.pk, actor(request), now)
    fields = fields_of(resume, now.date())
    beside = original(resume, fields)
    response = pages.page(
        site,
        request,
        "resume",
        _("Résumé of %(who)s") % {"who": application.candidate.name or application.code},
        application=application,
        fields=_fields(fields, application.candidate, beside, values or {}, wrong),
        beside=beside,
        trouble=words.of(words.RESUME_PROBLEMS, resume.problem) if resume.problem else "",
        key=signing.dumps([str(application.pk), request.user.pk], salt=_SALT),
        seen=stamp(resume),
        degrees=[(level, resume_words.DEGREES[level]) for level in LEVELS],
        waiting=Task.objects.filter(kind__in=KINDS, state=Task.State.OPEN).count(),
        after=_next_address(application),
    )
    response.status_code = status
    return response


def _fields(
    fields: Mapping[str, Field], candidate: Candidate, beside: Original, values: Mapping[str, Any], wrong: tuple[str, ...]
) -> list[Shown]:
    waits = waiting(fields, candidate)
    ids = {field.by for field in fields.values() if field.by.isdigit()}
    names = {str(user.pk): user.get_username() for user in User.objects.filter(pk__in=ids)}
    return [
        Shown(
            name,
            resume_words.FIELDS[name],
            _in_input(name, values.get(name, field.value)),
            _sureness(field),
            words.of(resume_words.METHODS, field.method) if field.method and not field.confirmed else "",
            beside.pages.get(name),
            name in waits,
            _theirs(name, field, candidate),
            (getattr(candidate, name) or "") if name in CONTACTS else "",
            resume_words.WRONG[name] if name in wrong else "",
            names.get(field.by, field.by),
            times.moment(parse_datetime(field.at)) if field.at else "",
        )
        for name, field in fields.items()
    ]


def _in_input(name: str, value: Any) -> Any:
    if name == "skills":
        return "\n".join(value)
    # A row to spare, for an employer that was not found.
    return [*value, ["", ""]] if name == "jobs" else value


def _theirs(name: str, field: Field, candidate: Candidate) -> str:
    ours = getattr(candidate, name) if name in CONTACTS else ""
    return ours if ours and field.value and not same(name, field.value, ours) else ""


def _sureness(field: Field) -> str:
    if field.confirmed:
        return "confirmed"
    if field.confidence is None:
        return "missing"
    return "unsure" if field.confidence < SURE else "sure" if field.confidence >= _VERY_SURE else "likely"


def _next_address(application: Application) -> str:
    """The résumé that waits after this one, oldest first and round again; empty if no other does."""
    waits = Task.objects.filter(kind__in=KINDS, state=Task.State.OPEN).exclude(subject_id=application.pk)
    order = list(waits.order_by("opened_at", "application_code").values_list("application_code", "subject_id"))
    after = next((subject for code, subject in order if code > application.code), None)
    subject = after or next((subject for _code, subject in order), None)
    return reverse("admin:resume_fields", args=[subject]) if subject else ""


def _said(done: Confirmed) -> str:
    said = [_("Confirmed.")]
    if done.filled:
        filled = times.enumerated([resume_words.FIELDS[name] for name in done.filled])
        said.append(_("The application had no %(fields)s: filled in.") % {"fields": filled})
    if done.waits:
        left = times.enumerated([resume_words.FIELDS[name] for name in done.waits])
        said.append(_("Still to confirm: %(fields)s.") % {"fields": left})
    return " ".join(said)
