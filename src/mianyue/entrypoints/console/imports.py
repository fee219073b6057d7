"""What was brought in, and what was wrong with it: where, what, and what mianyue did about it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from mianyue.domain.intake.models import ImportBatch, ImportProblem
from mianyue.entrypoints.console import pages, times, words
from mianyue.entrypoints.console.read_only import ReadOnlyAdmin


class ImportBatchAdmin(ReadOnlyAdmin):
    """Every import, newest first."""

    title = _("Imports")
    hint = _("Import a folder on the machine mianyue runs on: mianyue import FOLDER. The same folder again changes nothing.")
    list_display = ("when", "folder", "rows", "changes", "errors", "warnings")
    sortable_by = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportBatch]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                error_count=Count("problems", filter=Q(problems__severity="error")),
                warning_count=Count("problems", filter=Q(problems__severity="warning")),
            )
        )

    @display(description=_("Time"))
    def when(self, batch: ImportBatch) -> str:
        return times.moment(batch.started_at)

    @display(description=_("Rows read"))
    def rows(self, batch: ImportBatch) -> int:
        return sum(table.get("read", 0) for table in batch.counts.values())

    @display(description=_("Changes"))
    def changes(self, batch: ImportBatch) -> int:
        return sum(table.get(what, 0) for table in batch.counts.values() for what in ("added", "changed", "removed"))

    @display(description=_("Errors"), label="danger")
    def errors(self, batch: Any) -> int | None:
        return batch.error_count or None

    @display(description=_("Warnings"), label="warning")
    def warnings(self, batch: Any) -> int | None:
        return batch.warning_count or None

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        batch = self.get_object(request, object_id)
        if batch is None:
            raise Http404
        return pages.page(
            self.admin_site,
            request,
            "import",
            times.moment(batch.started_at),
            batch=batch,
            tables=[(words.of(words.TABLES, name), counts) for name, counts in batch.counts.items()],
            unread=[words.of(words.TABLES, name) for name in batch.unread],
            findings=[_in_words(problem) for problem in batch.problems.order_by("position")],
        )


def _in_words(problem: ImportProblem) -> dict[str, Any]:
    """A finding in the reader's language: findings are kept in English and Chinese."""
    found = problem.found
    language = "zh-CN" if (get_language() or "").startswith("zh") else "en"
    return {
        "severity": problem.severity,
        "file": problem.file,
        "row": problem.row,
        "column": found.get("column", ""),
        "key": found.get("key", ""),
        "value": found.get("value", ""),
        "what": found["message"].get(language, found["message"]["en"]),
        "done": found["done"].get(language, found["done"]["en"]),
    }
