"""How far apart two places are, and whether anybody can have been at both."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

Place = tuple[float, float]
"""Latitude and longitude in decimal degrees, WGS 84."""

_EARTH = 6_371_008.8
"""The mean radius of the earth in metres (IUGG)."""
_FASTEST = 1_000_000 / 60
"""Metres a minute: no airliner flies faster than 1,000 km/h."""
_NEAR = 1_000
"""Metres within which positions and clocks may disagree."""


def metres_between(one: Place, other: Place) -> float:
    """The distance on a sphere, by the haversine formula: at most half a percent off."""
    (south, west), (north, east) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))


def is_out_of_reach(one: Place, other: Place, minutes: float) -> bool:
    """Whether nobody gets from one place to the other in that time."""
    return metres_between(one, other) > _NEAR + _FASTEST * minutes
