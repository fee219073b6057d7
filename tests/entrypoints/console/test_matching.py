"""The order of inviting by match, and why."""

from django.urls import reverse

from mianyue.domain.recruiting.models import Application
from mianyue.entrypoints.console.matching import reasons


def codes(response):
    return [row["application"].code for row in response.context["rows"]]


def test_the_list_is_by_code_unless_asked(console, company):
    assert codes(console.get(reverse("admin:ready"))) == sorted(codes(console.get(reverse("admin:ready"))))


def test_by_match_everybody_is_there_the_best_shown_first(console, company):
    plain = console.get(reverse("admin:ready"), {"only": "all"})
    first, second = (console.get(reverse("admin:ready"), {"only": "all", "order": "match", "page": page}) for page in (1, 2))
    assert plain.context["page"].paginator.count == first.context["page"].paginator.count
    matches = [row["application"].match for page in (first, second) for row in page.context["rows"]]
    known = [match for match in matches if match is not None]
    assert known == sorted(known, reverse=True)
    assert "nobody is left out" in first.content.decode()


def test_why_shows_the_words_of_the_evidence_and_nothing_private(console, company):
    application = Application.objects.select_related("job", "candidate", "resume").get(code="A039")
    why = reasons(application)
    assert (why.asked, why.shown) == (6, 4)
    words = {one.asked: [excerpt.words for excerpt, _ in one.evidence] for one in why.each}
    assert words["续约"] == ["续约", "续约"]
    assert words["CRM"] == []
    page = console.get(reverse("admin:recruiting_application_change", args=[application.pk])).content.decode()
    assert "<mark>客户成功</mark>" in page
    assert "4 of 6 shown" in page


def test_without_a_readable_resume_there_is_no_why(console, company):
    application = Application.objects.filter(match=None).first()
    assert reasons(application) is None
    assert console.get(reverse("admin:recruiting_application_change", args=[application.pk])).status_code == 200


def test_the_list_asks_the_database_as_often_for_many_as_for_few(console, company, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        console.get(reverse("admin:ready"), {"only": "all", "order": "match"})
