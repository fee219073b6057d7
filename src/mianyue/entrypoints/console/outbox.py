"""Every message as its recipient sees it, and how each attempt to deliver it went."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from mianyue.domain.notices.models import Delivery, Notice, Wording
from mianyue.entrypoints.console import calendar_words, pages, times, words
from mianyue.entrypoints.console.filters import coded_filter
from mianyue.entrypoints.console.framed import framed
from mianyue.entrypoints.console.read_only import ReadOnlyAdmin
from mianyue.entrypoints.console.writer import said_why


class NoticeAdmin(ReadOnlyAdmin):
    """The outbox."""

    title = _("Outbox")
    list_display = ("recipient", "subject", "purpose_label", "channel_label", "delivery", "written")
    search_fields = ("application_code",)
    search_help_text = _("Application")
    list_filter = (
        coded_filter("last_state", _("Delivery"), words.DELIVERY_STATES),
        coded_filter("channel", _("Channel"), words.CHANNELS),
        coded_filter("purpose", _("Purpose"), words.PURPOSES),
    )
    ordering = ("-created_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Notice]:
        last = Delivery.objects.filter(notice=OuterRef("pk")).order_by("-attempt").values("state")[:1]
        return super().get_queryset(request).annotate(last_state=Subquery(last)).defer("html", "calendar")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Notice], search_term: str
    ) -> tuple[QuerySet[Notice], bool]:
        term = search_term.strip()
        return (queryset.filter(application_code__iexact=term) if term else queryset), False

    @display(description=_("Recipient"), header=True)
    def recipient(self, notice: Notice) -> tuple[str, str]:
        return notice.recipient_name, notice.application_code

    @display(description=_("Subject"))
    def subject(self, notice: Notice) -> str:
        return notice.title or notice.text[:40]

    @display(description=_("Purpose"), ordering="purpose")
    def purpose_label(self, notice: Notice) -> str:
        return words.of(words.PURPOSES, notice.purpose)

    @display(description=_("Channel"), ordering="channel")
    def channel_label(self, notice: Notice) -> str:
        return words.of(words.CHANNELS, notice.channel)

    @display(description=_("Delivery"), label=words.DELIVERY_TONES)
    def delivery(self, notice: Any) -> tuple[str, str]:
        return notice.last_state, words.of(words.DELIVERY_STATES, notice.last_state)

    @display(description=_("Written"), ordering="created_at")
    def written(self, notice: Notice) -> str:
        return times.moment(notice.created_at)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        notice = self.get_object(request, object_id)
        if notice is None:
            raise Http404
        wording = Wording.objects.filter(pk=notice.pk).defer("facts").first()
        return pages.page(
            self.admin_site,
            request,
            "notice",
            notice.title or words.of(words.PURPOSES, notice.purpose),
            notice=notice,
            html=framed(notice.html) if notice.html else "",
            entries=calendar_words.read(notice.calendar) if notice.calendar else [],
            deliveries=notice.deliveries.all(),
            wording=wording,
            wording_why=said_why(wording.check_failed) if wording else "",
        )
