"""Days off that the `holidays` library suggests for Thai government offices.

It is not the government's calendar: the agency's own table adds and removes days, and wins.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache

_NOT_FOR_OFFICES = ("แรงงาน", "วันเด็ก")  # Labour Day closes firms, not offices; Children's Day is a Saturday


@cache
def suggested(year: int) -> dict[date, str]:
    """Return the suggested days off of a Gregorian year, with their Thai names."""
    import holidays

    # The library's GOVERNMENT category holds only what PUBLIC lacks (the Royal Ploughing Day): take both.
    found = holidays.country_holidays("TH", years=year, language="th", categories=("public", "government"))
    return {day: name for day, name in sorted(found.items()) if not any(word in name for word in _NOT_FOR_OFFICES)}


def in_force(years: Iterable[int], agency: dict[date, bool]) -> frozenset[date]:
    """Return the days off of some years: the suggested ones, with the agency's word (off or not) over them."""
    days = {day for year in years for day in suggested(year)}
    days |= {day for day, off in agency.items() if off}
    return frozenset(days - {day for day, off in agency.items() if not off})
