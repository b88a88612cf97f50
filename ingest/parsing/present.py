"""The year that a policy speaks in: what 今年, 明年 and 三年内 count from."""

import re
from dataclasses import dataclass
from datetime import date

TITLE_YEAR = re.compile(r"(?<![\d到至—–~-])(?P<year>20\d\d)年度?(?![—–~至\d-]|版|修)")


@dataclass(frozen=True, slots=True)
class Present:
    """`year` is what 今年 means; `period` the first and last year of a plan.  None where not told."""

    year: int | None = None
    period: tuple[int, int] | None = None

    @property
    def since(self) -> int | None:
        """The first year that is not past."""
        known = [year for year in (self.year, self.period and self.period[0]) if year]
        return max(known, default=None)

    def after(self, years: int) -> int | None:
        """The last of so many years from now: the period's own end where it is as long."""
        if self.period and self.period[1] - self.period[0] + 1 == years:
            return self.period[1]
        return self.year + years if self.year else None


NOWHEN = Present()


def present_of(title: str, issued_on: date | None, period: tuple[int, int] | None) -> Present:
    """The year in the title (2031年工作要点), else that of the day of issue."""
    named = None if period else TITLE_YEAR.search(re.sub(r"\s+", "", title))
    if named:
        return Present(int(named["year"]))
    return Present(issued_on.year if issued_on else None, period)
