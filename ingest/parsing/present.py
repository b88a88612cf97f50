"""The year that a policy speaks in: what 今年, 明年 and 三年内 count from."""

import re
from dataclasses import dataclass
from datetime import date

from ingest.parsing.titles import key
from ingest.records import PolicyRecord

TITLE_YEAR = re.compile(r"(?<![\d到至—–~-])(?P<year>20\d\d)年度?(?![—–~至\d-]|版|修)")

NOTED = re.compile(
    r"(?<!\d)(?P<year>20\d\d)年(?:\d{1,2}月)?(?!\d)[^。；《》]{0,80}?"
    r"(?:印发|发布|公布|出台|颁布|下发|制定)[^。；《》]{0,12}《(?P<title>[^《》]{4,120})"
)
NUMBERED = re.compile(r"[〔\[（【(](?P<year>20\d\d)[〕\]）】)]")


@dataclass(frozen=True, slots=True)
class Present:
    """`year` is what 今年 means; `period` the first and last year of a plan.  None where not told.

    `yearly`: the policy is one of that year alone, so that 全年 and 6月底前 are of it too.
    """

    year: int | None = None
    period: tuple[int, int] | None = None
    yearly: bool = False

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


def present_of(policy: PolicyRecord, published: date | None) -> Present:
    """The year in the title (2031年工作要点), else that of the issue of `policy`.

    That is the day's, or what the editor's note (2030年7月，…印发《…》) or the number 〔2030〕 tells, or that of the
    digest, `published`, unless the title's period begins before it.
    """
    named = None if policy.period else TITLE_YEAR.search(re.sub(r"\s+", "", policy.title))
    if named:
        return Present(int(named["year"]), yearly=True)
    if policy.issued_on:
        return Present(policy.issued_on.year, policy.period)
    told = _noted(policy) or _numbered(policy)
    known = [year for year in (policy.period and policy.period[0], published and published.year) if year]
    return Present(told or min(known, default=None), policy.period)


def _noted(policy: PolicyRecord) -> int | None:
    """The year that the editor's note gives the issue of a document of this title."""
    own = key(policy.title)
    for found in NOTED.finditer(re.sub(r"\s+", "", policy.editor_note or "")):
        named = key(found["title"])
        if named in own or own in named:
            return int(found["year"])
    return None


def _numbered(policy: PolicyRecord) -> int | None:
    found = NUMBERED.search(policy.doc_number or "")
    return int(found["year"]) if found else None
