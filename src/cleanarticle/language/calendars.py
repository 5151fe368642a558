"""Days of other calendars in that of the rest of the world.

The years of the Thai and of Minguo and the eras of Japan begin with the Western year and are only
counted from elsewhere. The solar year of Iran begins in March and has leap days of its own.
"""

from datetime import date, timedelta

BUDDHIST_YEARS = range(2533, 2644)  # 1990 to 2100: no Western year on a page is as late
JALALI_YEARS = range(1369, 1431)  # 1990 to 2051; the lunar years of our time lie above them

_BEFORE_BUDDHA = 543
_YEAR_BEFORE = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_LONG_MONTHS = 6  # of the Jalali year, of 31 days each; the others have 30, the last one 29 or 30
_NEW_YEAR = date(2024, 3, 20).toordinal() - (365 * 1403 + (8 * 1403 + 21) // 33)
_TENS = {"十": 10, "百": 100}
_FIGURES = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0}

ERAS = tuple(_YEAR_BEFORE)
HAN_FIGURES = "".join(_FIGURES)


def from_buddhist(year: int) -> int:
    """The Western year of one counted from the Buddha's death; other years stay as they are."""
    return year - _BEFORE_BUDDHA if year in BUDDHIST_YEARS else year


def from_era(era: str, year: int) -> int:
    """The Western year of an era's year, counted from 1."""
    return _YEAR_BEFORE[era] + year


def from_jalali(year: int, month: int, day: int) -> date | None:
    """The Western date of a day of the Iranian solar calendar; None where there is no such day.

    Leap years recur every 33 years, eight in each round, which holds from 1210 to 1634 (1831 to
    2255 in Western years). The counting is tied to 1 Farvardin 1403, the 20th of March 2024.
    """
    starts = _new_year(year)
    days = 31 * (month - 1) - max(0, month - 1 - _LONG_MONTHS) + day - 1
    length = 31 if month <= _LONG_MONTHS else 30
    if not (1 <= month <= 12 and 1 <= day <= length) or starts + days >= _new_year(year + 1):
        return None
    return date.fromordinal(starts) + timedelta(days)


def _new_year(year: int) -> int:
    return _NEW_YEAR + 365 * year + (8 * year + 21) // 33


def number(written: str) -> int:
    """A number in figures or Chinese numerals, with ten and hundred or one sign a figure.

    元 is the first year of an era.
    """
    if written == "元":
        return 1
    if written.isdecimal():
        return int(written)
    total = figures = 0
    for sign in written.replace("廿", "二十").replace("卅", "三十"):
        if sign in _TENS:
            total += (figures or 1) * _TENS[sign]
            figures = 0
        else:
            figures = figures * 10 + _FIGURES[sign]
    return total + figures
