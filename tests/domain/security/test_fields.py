"""Personal data is sealed in every row and plain on every instance."""

import pytest
from django.db import connection, transaction

from mianyue.base.ids import new_id
from mianyue.domain.desk.models import Task
from mianyue.domain.recruiting.models import Candidate, Resume
from mianyue.domain.security.fields import Sealed
from mianyue.domain.security.sealing import SealBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> Candidate:
    return Candidate.objects.create(name="Anna 安娜", email="Anna@Example.com", mobile="+8613800138000")


def stored(candidate: Candidate, column: str = "name") -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM recruiting_candidate WHERE id = %s", [candidate.pk])
        return bytes(cursor.fetchone()[0])


def test_saved_and_read_again_it_is_the_same(anna):
    again = Candidate.objects.get(pk=anna.pk)
    assert (again.name, again.email, again.mobile) == ("Anna 安娜", "Anna@Example.com", "+8613800138000")
    assert b"Anna" not in stored(anna) and "安娜".encode() not in stored(anna)


def test_instance_is_plain_before_and_after_saving(anna):
    assert anna.name == "Anna 安娜"
    anna.name = "Berta"
    assert anna.name == "Berta"
    anna.save()
    assert anna.name == "Berta"
    assert Candidate.objects.get().name == "Berta"


def test_nothing_is_null_in_the_database():
    made = Candidate.objects.create(name="x", email=None)
    again = Candidate.objects.get(pk=made.pk)
    assert (again.email, again.email_index) == (None, None)
    assert Candidate.objects.filter(email__isnull=True).count() == 1


def test_empty_text_is_sealed_too_and_stays_empty():
    assert Candidate.objects.get(pk=Candidate.objects.create(name="").pk).name == ""


def test_what_is_not_given_is_null():
    made = Candidate.objects.create(name="x")
    assert (made.email, Candidate.objects.get(pk=made.pk).mobile) == (None, None)


def test_many_rows_at_once_are_sealed_one_by_one():
    Candidate.objects.bulk_create([Candidate(name="Anna", email="a@example.com"), Candidate(name="Anna", email="a@example.com")])
    rows = list(Candidate.objects.all())
    assert [row.name for row in rows] == ["Anna", "Anna"]
    assert stored(rows[0]) != stored(rows[1])
    assert rows[0].email_index == rows[1].email_index is not None


def test_fields_that_were_not_touched_are_saved_as_they_came(anna):
    before = stored(anna)
    again = Candidate.objects.get(pk=anna.pk)
    again.mobile = "+8613900139000"
    again.save()
    assert stored(anna) == before


def test_new_value_gets_a_new_seal(anna):
    before = stored(anna)
    again = Candidate.objects.get(pk=anna.pk)
    again.name = str(again.name)
    again.save()
    assert stored(anna) != before


def test_deferred_field_is_loaded_when_it_is_read(anna, django_assert_num_queries):
    again = Candidate.objects.only("id").get(pk=anna.pk)
    with django_assert_num_queries(1):
        assert again.name == "Anna 安娜"
    with django_assert_num_queries(0):
        assert again.name == "Anna 安娜"


def test_refresh_brings_what_another_process_wrote(anna):
    other = Candidate.objects.get(pk=anna.pk)
    other.name = "Berta"
    other.save()
    anna.refresh_from_db()
    assert anna.name == "Berta"
    anna.save()
    assert Candidate.objects.get(pk=anna.pk).name == "Berta"


def test_saving_one_field_leaves_the_others(anna):
    again = Candidate.objects.get(pk=anna.pk)
    again.name, again.mobile = "Berta", "+8613900139000"
    again.save(update_fields=["name"])
    found = Candidate.objects.get(pk=anna.pk)
    assert (found.name, found.mobile) == ("Berta", "+8613800138000")


def test_values_stay_sealed(anna):
    (name,) = Candidate.objects.values_list("name", flat=True)
    assert type(name) is Sealed
    assert name == stored(anna)
    assert type(Candidate.objects.values()[0]["email"]) is Sealed


@pytest.mark.parametrize(
    "act",
    [
        lambda rows: rows.update(name="Berta"),
        lambda rows: rows.bulk_update([_renamed(rows.get())], ["name"]),
        lambda rows: rows.filter(name="Anna 安娜").exists(),
        lambda rows: rows.filter(name__in=["Anna 安娜"]).exists(),
        lambda rows: rows.exclude(email="Anna@Example.com").exists(),
    ],
    ids=["update", "bulk_update", "filter", "in", "exclude"],
)
def test_what_cannot_know_the_row_is_refused(anna, act):
    with pytest.raises(TypeError, match="is sealed per row"), transaction.atomic():
        act(Candidate.objects)
    assert Candidate.objects.get().name == "Anna 安娜"


def _renamed(candidate: Candidate) -> Candidate:
    candidate.name = "Berta"
    return candidate


def test_value_moved_by_hand_to_another_row_or_column_does_not_open(anna):
    berta = Candidate.objects.create(name="Berta", email="b@example.com")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE recruiting_candidate SET name = %s, mobile = email WHERE id = %s", [stored(anna), berta.pk])
    moved = Candidate.objects.get(pk=berta.pk)
    with pytest.raises(SealBroken, match=r"recruiting_candidate\|name"):
        moved.name  # noqa: B018 - reading is the act
    with pytest.raises(SealBroken):
        moved.mobile  # noqa: B018 - reading is the act
    assert moved.email == "b@example.com"


def test_copying_a_loaded_row_is_refused_instead_of_losing_its_content(anna):
    copy = Candidate.objects.get(pk=anna.pk)
    copy.pk, copy._state.adding = new_id(), True
    with pytest.raises(SealBroken), transaction.atomic():
        copy.save()
    assert Candidate.objects.count() == 1


def test_sealed_fields_are_never_serialised(anna):
    with pytest.raises(TypeError, match="not serialised"):
        Candidate._meta.get_field("name").value_to_string(anna)


def test_files_are_bytes():
    content = bytes(range(256))
    made = Resume.objects.create(sha256=b"\0" * 32, file_name="华一鸣.pdf", content=content)
    assert Resume.objects.get(pk=made.pk).content == content


def test_every_personal_field_of_every_table_is_bound_to_its_own_place():
    made = Task.objects.create(kind=Task.Kind.QUESTION, subject_id=new_id(), said="Kann ich später?", opened_at="2026-12-01T00:00Z")
    assert Task._meta.get_field("said")._bound_to(made) == f"desk_task|said|{made.pk}"


@pytest.mark.parametrize("spelled", ["Anna@Example.com", "anna@example.com", " ANNA@EXAMPLE.COM "])
def test_candidate_is_found_by_the_address_however_it_is_spelled(anna, spelled):
    index = Candidate._meta.get_field("email_index")
    assert Candidate.objects.filter(email_index=index.of(spelled)).get() == anna


def test_index_follows_the_value_and_tells_columns_apart(anna):
    email, mobile = Candidate._meta.get_field("email_index"), Candidate._meta.get_field("mobile_index")
    anna.email = "new@example.com"
    anna.save()
    assert not Candidate.objects.filter(email_index=email.of("anna@example.com")).exists()
    assert Candidate.objects.filter(email_index=email.of("new@example.com")).get() == anna
    assert email.of("+8613800138000") != mobile.of("+8613800138000")
    assert email.of("") is email.of(None) is None
