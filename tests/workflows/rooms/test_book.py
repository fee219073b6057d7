"""Rooms booked by the staff: one promise per hour, used once somebody checks in, free again when nobody comes."""

from datetime import timedelta
from pathlib import Path

import pytest
from psycopg.types.range import TimestamptzRange

from mianyue.base.errors import MianyueError, NotFound, SomebodyWasFirst
from mianyue.base.interval import Interval
from mianyue.domain.approvals.models import Approval
from mianyue.domain.intake.models import ImportBatch
from mianyue.domain.interviews.models import Claim
from mianyue.domain.interviews.rooms import free_rooms, utilisation
from mianyue.domain.notices.models import Notice
from mianyue.domain.organization.models import Employee
from mianyue.domain.rooms.models import Room, RoomBooking
from mianyue.domain.rooms.queries import bookings_of
from mianyue.domain.security.actor import SYSTEM, Actor
from mianyue.domain.security.models import JournalEntry
from mianyue.domain.timers.models import Timer
from mianyue.workflows import finish
from mianyue.workflows.bring_in import bring_in
from mianyue.workflows.invite import Wish, invite
from mianyue.workflows.replan import replan
from mianyue.workflows.requests.approve import decide
from mianyue.workflows.rooms import book as booking_rooms
from mianyue.workflows.rooms.book import (
    NotBookable,
    NotYourBooking,
    RoomTaken,
    RoomUnknown,
    book_room,
    check_in,
    give_back,
)
from mianyue.workflows.watch import tick

SAMPLE = Path(__file__).parents[2] / "data" / "company"
HR = Actor("user", "1")
WEEK = [1, 2, 3, 4, 5]


@pytest.fixture
def staff(company) -> Employee:
    return Employee.objects.select_related("site").order_by("code").first()


@pytest.fixture
def room(company) -> Room:
    return Room.objects.select_related("site").order_by("code").first()


@pytest.fixture
def at(now, room):
    """``at(13, 14)``: that span of the day after tomorrow, on which nothing else is booked in the room, by Shanghai's clock."""
    RoomBooking.objects.filter(room=room).delete()
    midnight = now.replace(hour=0) + timedelta(days=2)
    return lambda start, end: Interval(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


@pytest.fixture
def books(staff, room, clock):
    """Books the room for somebody as they would on their page."""

    def one(during: Interval, who: Employee | None = None, where: Room | None = None) -> RoomBooking:
        who = who or staff
        return book_room(who, where or room, during, "周会", as_staff(who), clock.now())

    return one


def as_staff(employee: Employee) -> Actor:
    return Actor("staff", str(employee.pk))


def active(room: Room) -> list[tuple]:
    claims = Claim.objects.filter(resource_id=room.pk, state__in=["hold", "booked"]).order_by("during")
    return [(claim.during.lower, claim.during.upper, claim.state) for claim in claims]


def state(booking: RoomBooking) -> str:
    booking.refresh_from_db()
    return booking.state


def journal(booking: RoomBooking) -> list[str]:
    return list(JournalEntry.objects.filter(subject_id=str(booking.pk)).order_by("pk").values_list("act", flat=True))


def test_booked_room_is_claimed_and_listed(books, at, room, staff, now):
    booking = books(at(13, 14))
    assert (booking.state, booking.origin, booking.subject) == ("booked", "own", "周会")
    assert active(room) == [(at(13, 14).start, at(13, 14).end, "booked")]
    assert list(bookings_of(staff.pk, now)) == [booking]
    assert journal(booking) == ["room.booked"]


def test_nobody_books_over_another_booking_but_right_after_it(books, at, room):
    books(at(13, 14))
    with pytest.raises(RoomTaken):
        books(at(13.5, 15))
    books(at(14, 15))
    assert len(active(room)) == 2


def test_nobody_books_over_what_was_booked_elsewhere(books, at, room):
    RoomBooking.objects.create(room=room, during=TimestamptzRange(at(13, 14).start, at(13, 14).end, "[)"))
    with pytest.raises(RoomTaken):
        books(at(13.5, 15))
    assert RoomBooking.objects.filter(room=room, origin="own").count() == 0


def test_nobody_books_over_a_time_held_for_a_candidate_until_it_has_run_out(invited, books, clock):
    invited("A012")
    held = Claim.objects.filter(resource_kind="room", state="hold").order_by("during").last()
    wanted, where = Interval(held.during.lower, held.during.upper), Room.objects.get(pk=held.resource_id)
    with pytest.raises(RoomTaken):
        books(wanted, where=where)
    clock.at = held.expires_at
    assert wanted.start > clock.now()
    assert books(wanted, where=where).state == "booked"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (timedelta(hours=-1), timedelta(hours=1)),
        (timedelta(hours=1), timedelta(hours=9, minutes=1)),
        (timedelta(days=90), timedelta(days=90, hours=1)),
    ],
    ids=["begun", "longer than 8 hours", "beyond 90 days"],
)
def test_times_that_cannot_be_booked(books, now, start, end):
    with pytest.raises(NotBookable):
        books(Interval(now + start, now + end))


def test_room_out_of_use_cannot_be_booked(books, at, room):
    room.in_use = False
    room.save()
    with pytest.raises(NotBookable):
        books(at(13, 14))


def test_room_whose_other_bookings_could_not_be_read_is_unknown_and_not_free(books, at, room):
    ImportBatch.objects.order_by("-pk").update(unread=["room_bookings"])
    with pytest.raises(RoomUnknown):
        books(at(13, 14))
    assert active(room) == []


def test_interviews_avoid_what_the_staff_have_booked_and_are_counted_once(books, room, now, company):
    rooms = Room.objects.filter(in_use=True)
    (found,) = invite(Wish(applications=["A012"]), SYSTEM, now)
    taken = Interval(found.interview.options.first().during.lower, found.interview.options.first().during.upper)
    finish.set_result("A012", "rejected", SYSTEM, now)
    RoomBooking.objects.all().delete()
    for one in rooms:
        books(taken, where=one)
    (other,) = invite(Wish(applications=["A013"]), SYSTEM, now)
    for option in other.interview.options.filter(room__isnull=False):
        assert not taken.overlaps(Interval(option.during.lower, option.during.upper))


def test_import_leaves_own_bookings_alone_and_replanning_too(books, at, now, room):
    booking = books(at(13, 14))
    bring_in(SAMPLE, SYSTEM, now)
    assert (state(booking), active(room)[0][2]) == ("booked", "booked")
    assert replan(SYSTEM, now) == []


def test_check_in_keeps_the_room(books, at, clock, staff, room):
    booking = books(at(13, 14))
    clock.at = at(13, 14).start - timedelta(minutes=16)
    with pytest.raises(NotBookable):
        check_in(booking.pk, staff, clock.now())
    clock.forward(timedelta(minutes=1))
    assert check_in(booking.pk, staff, clock.now()).state == "checked_in"
    assert check_in(booking.pk, staff, clock.now()).state == "checked_in"
    clock.forward(timedelta(minutes=40))
    tick(clock.now())
    assert (state(booking), len(active(room))) == ("checked_in", 1)
    assert journal(booking) == ["room.booked", "room.checked_in"]


def test_only_who_booked_checks_in_or_gives_back(books, at, clock, person):
    booking, other = books(at(13, 14)), Employee.objects.order_by("code")[1]
    clock.at = at(13, 14).start
    with pytest.raises(NotYourBooking):
        check_in(booking.pk, other, clock.now())
    with pytest.raises(NotYourBooking):
        give_back(booking.pk, as_staff(other), clock.now())
    assert give_back(booking.pk, HR, clock.now()).state == "cancelled"


def test_room_nobody_comes_to_is_free_after_a_quarter_of_an_hour_and_the_booker_is_told(books, at, clock, later, room, staff, mail):
    booking = books(at(13, 14))
    clock.at = at(13, 14).start
    later(minutes=14)
    assert state(booking) == "booked"
    later(minutes=1)
    assert (state(booking), booking.ended_at) == ("released", at(13.25, 14).start)
    assert free_rooms(room.site_id, at(13.25, 14), clock.now())[0].pk is not None
    assert room.pk in {free.pk for free in free_rooms(room.site_id, at(13.25, 14), clock.now())}
    assert [n.purpose for n in Notice.objects.filter(recipient_id=staff.pk)] == ["room_released"]
    assert books(at(13.25, 14)).state == "booked"
    with pytest.raises(SomebodyWasFirst):
        check_in(booking.pk, staff, clock.now())


def test_no_room_is_released_where_the_setting_is_0(books, at, clock, later, settings):
    settings.MIANYUE_ROOM_NO_SHOW_AFTER = timedelta(0)
    booking = books(at(13, 14))
    clock.at = at(13, 14).start
    later(minutes=30)
    assert state(booking) == "booked"
    assert not Timer.objects.filter(subject_id=booking.pk).exists()


def test_setting_it_to_0_later_keeps_the_rooms_booked_before(books, at, clock, later, settings):
    booking = books(at(13, 14))
    settings.MIANYUE_ROOM_NO_SHOW_AFTER = timedelta(0)
    clock.at = at(13, 14).start
    later(minutes=30)
    assert state(booking) == "booked"


def test_giving_back_before_the_beginning_frees_all_of_it(books, at, now, staff, room):
    booking = books(at(13, 14))
    give_back(booking.pk, as_staff(staff), now)
    assert (state(booking), active(room)) == ("cancelled", [])
    assert give_back(booking.pk, as_staff(staff), now).state == "cancelled"
    assert not Timer.objects.filter(subject_id=booking.pk, state="pending").exists()


def test_giving_back_during_the_meeting_frees_the_rest(books, at, clock, staff, room):
    booking = books(at(13, 15))
    clock.at = at(13, 15).start
    check_in(booking.pk, staff, clock.now())
    clock.forward(timedelta(minutes=30))
    give_back(booking.pk, as_staff(staff), clock.now())
    booking.refresh_from_db()
    assert (booking.state, booking.during.upper, booking.ended_at) == ("checked_in", clock.now(), clock.now())
    assert active(room) == [(at(13, 15).start, clock.now(), "booked")]
    assert books(at(13.5, 15)).state == "booked"


def test_giving_back_a_room_checked_in_to_early_cancels_it(books, at, clock, staff, room):
    booking = books(at(13, 14))
    clock.at = at(13, 14).start - timedelta(minutes=5)
    check_in(booking.pk, staff, clock.now())
    assert (give_back(booking.pk, as_staff(staff), clock.now()).state, active(room)) == ("cancelled", [])


def test_nothing_is_left_to_give_back_when_it_is_over(books, at, clock, staff):
    booking = books(at(13, 14))
    clock.at = at(13, 14).end
    with pytest.raises(NotBookable):
        give_back(booking.pk, as_staff(staff), clock.now())
    with pytest.raises(NotBookable):
        check_in(booking.pk, staff, clock.now())


def test_bookings_from_elsewhere_are_nobodys_to_check_in(room, staff, now, at):
    theirs = RoomBooking.objects.create(room=room, during=TimestamptzRange(at(13, 14).start, at(13, 14).end, "[)"))
    for act in (lambda: check_in(theirs.pk, staff, now), lambda: give_back(theirs.pk, HR, now)):
        with pytest.raises(NotFound):
            act()


@pytest.fixture
def precious(room) -> Room:
    room.needs_approval = True
    room.save()
    return room


def asked(booking: RoomBooking) -> Approval:
    return Approval.objects.get(subject_id=booking.pk)


def test_room_that_needs_approval_is_held_until_it_is_granted(books, at, precious, now):
    booking = books(at(13, 14))
    assert (booking.state, active(precious)) == ("pending", [(at(13, 14).start, at(13, 14).end, "hold")])
    with pytest.raises(RoomTaken):
        books(at(13.5, 15))
    assert precious.pk not in {free.pk for free in free_rooms(precious.site_id, at(13, 14), now)}
    decide(asked(booking).pk, True, "", None, HR, now)
    assert (state(booking), active(precious)) == ("booked", [(at(13, 14).start, at(13, 14).end, "booked")])


def test_granted_room_is_watched_like_any_other(books, at, precious, clock, later):
    booking = books(at(13, 14))
    decide(asked(booking).pk, True, "", None, HR, clock.now())
    clock.at = at(13, 14).start
    later(minutes=15)
    assert state(booking) == "released"


def test_room_that_is_not_granted_is_free(books, at, precious, now):
    booking = books(at(13, 14))
    decide(asked(booking).pk, False, "当天有客户来访", None, HR, now)
    assert (state(booking), active(precious)) == ("cancelled", [])


def test_giving_back_a_room_asked_for_takes_the_request_back(books, at, precious, now, staff):
    booking = books(at(13, 14))
    give_back(booking.pk, as_staff(staff), now)
    assert (state(booking), active(precious), asked(booking).state) == ("cancelled", [], "cancelled")


def test_room_nobody_decided_about_in_time_is_refused_by_time_and_the_asker_is_told(books, at, precious, clock, later, staff, mail):
    booking = books(at(13, 14))
    clock.at = at(13, 14).start - timedelta(minutes=1)
    later(minutes=1)
    assert (state(booking), active(precious), asked(booking).state) == ("cancelled", [], "rejected")
    assert "approval_decided" in [n.purpose for n in Notice.objects.filter(recipient_id=staff.pk)]


def test_letter_that_fails_leaves_the_room_as_it_was_and_is_tried_again(books, at, clock, monkeypatch):
    booking = books(at(13, 14))
    clock.at = at(13.25, 14).start
    with monkeypatch.context() as broken:
        broken.setattr(booking_rooms.tell_staff, "room_released", lambda *_: 1 / 0)
        tick(clock.now())
    assert state(booking) == "booked"
    clock.forward(timedelta(minutes=1))
    tick(clock.now())
    assert state(booking) == "released"


@pytest.mark.django_db(transaction=True)
def test_of_twelve_who_want_one_room_at_once_one_gets_it(transactional_db, company, at, room, at_once, now):
    people = list(Employee.objects.order_by("code")[:12])
    done = at_once(lambda n: book_room(people[n], room, at(13, 14), "", as_staff(people[n]), now), 12)
    assert sorted(type(one).__name__ for one in done) == ["RoomBooking"] + ["RoomTaken"] * 11
    assert len(active(room)) == RoomBooking.objects.filter(room=room).count() == 1


@pytest.mark.django_db(transaction=True)
def test_booking_a_room_while_a_candidate_is_offered_it_leaves_one_promise(transactional_db, company, at_once, now, staff):
    (found,) = invite(Wish(applications=["A012"]), SYSTEM, now)
    option = found.interview.options.order_by("number").first()
    wanted, where = Interval(option.during.lower, option.during.upper), Room.objects.get(pk=option.room_id)
    finish.set_result("A012", "rejected", SYSTEM, now)
    acts = [
        lambda: book_room(staff, where, wanted, "", as_staff(staff), now),
        lambda: invite(Wish(applications=["A013"]), SYSTEM, now),
    ]
    done = at_once(lambda n: acts[n % 2](), 2)
    assert not [one for one in done if isinstance(one, Exception) and not isinstance(one, MianyueError)]
    overlapping = [(a, b) for a in active(where) for b in active(where) if a < b and a[0] < b[1] and b[0] < a[1]]
    assert overlapping == []


@pytest.mark.django_db(transaction=True)
def test_checking_in_while_the_room_is_released_gives_it_to_one_of_both(
    transactional_db, company, at, books, staff, at_once, clock
):
    for start in range(8, 16):
        booking = books(at(start, start + 1))
        clock.at = at(start + 0.25, start + 1).start
        acts = [lambda booking=booking: check_in(booking.pk, staff, clock.now()), lambda: tick(clock.now())]
        there, _ = at_once(lambda n, acts=acts: acts[n](), 2)
        came = isinstance(there, RoomBooking)
        assert state(booking) == ("checked_in" if came else "released")
        if not came:
            assert isinstance(there, SomebodyWasFirst)
        assert Notice.objects.filter(subject_id=booking.pk).count() == (0 if came else 1)


def test_how_much_a_room_is_used(books, at, clock, staff, room, later):
    used, unused, ahead = books(at(9, 10)), books(at(11, 12)), books(at(14, 15.5))
    RoomBooking.objects.create(room=room, during=TimestamptzRange(at(16, 17).start, at(16, 17).end, "[)"))
    gone = books(at(8, 9))
    give_back(gone.pk, HR, clock.now())
    clock.at = at(9, 10).start
    check_in(used.pk, staff, clock.now())
    clock.at = at(11, 12).start
    later(minutes=15)
    assert [state(one) for one in (used, unused, ahead)] == ["checked_in", "released", "booked"]
    (found,) = [use for use in utilisation(at(0, 24), WEEK, room.site_id) if use.room == room]
    assert (found.offered, found.booked, found.used, found.released) == (600, 60 + 60 + 90 + 60, 60, 45)
    assert found.share == 0.45
    (weekend,) = [use for use in utilisation(at(72, 96), WEEK, room.site_id) if use.room == room]
    assert (weekend.offered, weekend.booked, weekend.share) == (0, 0, None)


def test_interview_that_was_held_counts_as_use_and_one_nobody_came_to_does_not(company, booked, clock):
    interview = booked("A012")
    option = interview.booked
    window = Interval(option.during.lower - timedelta(hours=1), option.during.upper + timedelta(hours=1))
    minutes = int((option.during.upper - option.during.lower).total_seconds() // 60)

    def use() -> tuple[int, int]:
        (found,) = [one for one in utilisation(window, WEEK) if one.room.pk == option.room_id]
        return found.booked, found.used

    before = use()
    assert before[1] == 0
    clock.at = option.during.upper
    finish.set_result("A012", "passed", SYSTEM, clock.now())
    assert use() == (before[0], minutes)


def test_room_of_a_candidate_who_did_not_come_is_free_for_the_rest(company, booked, clock, staff):
    interview = booked("A012")
    option = interview.booked
    clock.at = option.during.lower + timedelta(minutes=20)
    finish.set_result("A012", "no_show", SYSTEM, clock.now())
    rest = Interval(clock.now(), option.during.upper)
    assert book_room(staff, Room.objects.get(pk=option.room_id), rest, "", as_staff(staff), clock.now()).state == "booked"
