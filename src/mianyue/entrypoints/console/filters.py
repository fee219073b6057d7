"""Filters of lists by a code, with the words a recruiter knows it by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest


def coded_filter(field: str, title: Any, words: Mapping[str, Any]) -> type[SimpleListFilter]:
    """A filter on ``field`` that offers every code of ``words``."""

    class CodedFilter(SimpleListFilter):
        parameter_name = field

        def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
            return list(words.items())

        def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
            return queryset.filter(**{field: self.value()}) if self.value() in words else queryset

    CodedFilter.title = title
    return CodedFilter
