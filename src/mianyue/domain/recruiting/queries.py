"""Reading applications."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from mianyue.domain.recruiting.models import Application, Candidate
from mianyue.understanding.contact import normal_email, normal_mobile


def search(applications: QuerySet[Application], text: str) -> QuerySet[Application]:
    """Those whose code or job holds ``text``, or whose candidate has exactly that e-mail address or mobile number.

    Names are sealed and can't be searched; addresses are found by their blind index. No text: all of them.
    """
    text = text.strip()
    if not text:
        return applications
    found = Q(code__icontains=text) | Q(job__title__icontains=text) | Q(job__code__iexact=text)
    if email := normal_email(text):
        found |= Q(candidate__email_index=Candidate._meta.get_field("email_index").of(email))
    if mobile := normal_mobile(text):
        found |= Q(candidate__mobile_index=Candidate._meta.get_field("mobile_index").of(mobile))
    return applications.filter(found)
