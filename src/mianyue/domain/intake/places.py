"""Reads sites, the ways between them, rooms and the rooms' bookings."""

from __future__ import annotations

from functools import partial
from zoneinfo import ZoneInfo

from mianyue.domain.intake import cells
from mianyue.domain.intake.reading import Catalogue, Reader
from mianyue.domain.intake.records import Company, Room, RoomBooking, Site, SiteDistance


def read_sites(reader: Reader) -> Catalogue[Site]:
    rows = list(reader.rows("sites"))
    sites: Catalogue[Site] = reader.catalogue("sites")
    for row in rows:
        row.key = row.read("site_id", cells.text) or ""
        first = bool(row.key) and row.enter(sites, row.key)
        name, zone = row.read("name", cells.text), row.read("time_zone", cells.zone)
        site = Site(
            site_id=row.key,
            name=name or "",
            address=row.read("address", cells.text) or "",
            latitude=row.read("latitude", partial(cells.degrees, 90)),
            longitude=row.read("longitude", partial(cells.degrees, 180)),
            zone=zone or "",
            row=row.number,
        )
        if first and not row.broken:
            sites.found[row.key] = site
    return sites


def read_site_distances(reader: Reader, sites: Catalogue[Site]) -> list[SiteDistance]:
    """The ways, each pair of sites once, whichever of the two is named first; of two rows for one pair, the first counts."""
    rows = list(reader.rows("site_distances"))
    distances: Catalogue[SiteDistance] = reader.catalogue("site_distances")
    for row in rows:
        one, other = sorted((row.cell("from"), row.cell("to")))
        row.key = f"{row.cell('from')}/{row.cell('to')}"
        known = [row.reference(column, sites, "unknown_site") for column in ("from", "to")]
        minutes = row.read("minutes", cells.minutes)
        if all(known) and one == other:
            row.report("bad_value", "to", reason="same_site")
        pair = f"{one}/{other}"
        first = row.enter(distances, pair)
        if first and minutes and not row.broken:
            distances.found[pair] = SiteDistance(one, other, minutes, row.number)
    return list(distances.found.values())


def read_rooms(reader: Reader, sites: Catalogue[Site]) -> Catalogue[Room]:
    rows = list(reader.rows("rooms"))
    rooms: Catalogue[Room] = reader.catalogue("rooms")
    for row in rows:
        row.key = row.read("room_id", cells.text) or ""
        first = bool(row.key) and row.enter(rooms, row.key)
        site = row.reference("site_id", sites, "unknown_site")
        room = Room(
            room_id=row.key,
            name=row.read("name", cells.text) or "",
            site_id=site.site_id if site else "",
            capacity=row.read("capacity", cells.seats_of_room) or 0,
            equipment=row.read("equipment", cells.items) or (),
            row=row.number,
        )
        if first and not row.broken:
            rooms.found[row.key] = room
    return rooms


def read_room_bookings(reader: Reader, rooms: Catalogue[Room], sites: Catalogue[Site], company: Company) -> list[RoomBooking]:
    """The bookings, local to the room's site. A time that the clocks leave in doubt counts as taken."""
    bookings: list[RoomBooking] = []
    for row in reader.rows("room_bookings"):
        row.key = row.cell("room_id")
        room = row.reference("room_id", rooms, "unknown_room")
        interval = row.interval(ZoneInfo(sites.found[room.site_id].zone if room else company.default_zone), "widen")
        if room and interval and not row.broken:
            bookings.append(RoomBooking(room.room_id, interval, row.read("subject", cells.text) or "", row.number))
    return bookings
