"""A link that shows a place on a map, in whatever the reader opens it with."""

from __future__ import annotations

from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from mianyue.domain.notices.facts import Place

_MAINLAND = {"Asia/Shanghai", "Asia/Urumqi", "Asia/Chongqing", "Asia/Harbin", "Asia/Kashgar", "PRC"}


def map_link(place: Place, zone: ZoneInfo) -> str:
    """The map page of ``place``, or empty without coordinates; ``zone`` is the clock of the place.

    Not a ``geo:`` URI (RFC 5870): web mail makes no link of it. Mainland China gets Amap, which opens there, starts the app and
    converts WGS 84 to the shifted GCJ-02 of Chinese maps itself; everywhere else OpenStreetMap, which needs no account.
    """
    if place.latitude is None or place.longitude is None:
        return ""
    # Six decimals are 11 cm.
    latitude, longitude = (f"{degrees:.6f}".rstrip("0").rstrip(".") for degrees in (place.latitude, place.longitude))
    if zone.key in _MAINLAND:
        query = {
            "position": f"{longitude},{latitude}",
            "name": place.site_name or place.address,
            "coordinate": "wgs84",
            "callnative": "1",
        }
        return "https://uri.amap.com/marker?" + urlencode(query, safe=",")
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
