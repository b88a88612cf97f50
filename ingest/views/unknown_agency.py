"""The question whether a name that nobody knows is an agency's: its places in the texts, and what to do with it."""

from typing import Any

from django.http import QueryDict
from django.utils.html import format_html

from ingest.views.deciding import Page
from policies.actions.agency_editing import agencies_version
from policies.actions.deny_agency import deny_agency, naming_version
from policies.actions.settle_agency import settle_agency
from policies.models import Agency
from policies.selectors.agency_rows import mentions, naming
from policies.selectors.duplicates import likely_duplicates

SHOWN = 10  # places


class AgencyPage(Page):
    """One name; what leads further (merging, another place) is on the agency's own page at the desk."""

    template = "ingest/unknown_agency.html"
    address = "/desk/review/?kind=agency"

    def __init__(self, agency: Agency):
        self.agency = agency
        self.seen = agencies_version(agency)
        self.naming = naming(agency)
        self.seen_naming = naming_version(self.naming)

    def decide(self, posted: QueryDict, user: Any) -> str:
        """It is one, of the region and level that it was given; or it is none."""
        if posted.get("do") == "deny":
            return self._deny(posted, user)
        settle_agency(self.agency, self.agency.region, self.agency.level, user=user, seen=posted.get("seen", ""))
        return f"已确认：{self.agency}"

    def _deny(self, posted: QueryDict, user: Any) -> str:
        done = deny_agency(self.agency, user=user, seen=posted.get("seen_naming", ""))
        if done is None:
            return "没有记录提到它，没有什么要改。"
        return format_html('已记下：{}。<a href="{}">查看改动或撤销</a>', done.summary, done.get_absolute_url())

    def context(self) -> dict[str, Any]:
        rows = mentions(self.agency.responsibilities.standing())
        return {
            "agency": self.agency,
            "mentions": rows[:SHOWN],
            "left": max(rows.count() - SHOWN, 0),
            "duplicates": likely_duplicates([self.agency]).get(self.agency.pk, []),
        }
