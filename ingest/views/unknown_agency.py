"""The question whether a name that nobody knows is an agency's: its places in the texts, and what to do with it."""

from typing import Any

from django.http import QueryDict

from ingest.views.deciding import Page
from policies.actions.agency_editing import agencies_version
from policies.actions.settle_agency import settle_agency
from policies.models import Agency, ResponsibleAgency
from policies.selectors.agency_rows import mentions
from policies.selectors.duplicates import likely_duplicates

SHOWN = 10  # places


class AgencyPage(Page):
    """One name; what leads further (merging, another place) is on the agency's own page at the desk."""

    template = "ingest/unknown_agency.html"
    address = "/desk/review/?kind=agency"

    def __init__(self, agency: Agency):
        self.agency = agency
        self.seen = agencies_version(agency)

    def decide(self, posted: QueryDict, user: Any) -> str:
        """It is one, of the region and level that it was given."""
        settle_agency(self.agency, self.agency.region, self.agency.level, user=user, seen=posted.get("seen", ""))
        return f"已确认：{self.agency}"

    def context(self) -> dict[str, Any]:
        rows = mentions(ResponsibleAgency.objects.filter(agency=self.agency))
        return {
            "agency": self.agency,
            "mentions": rows[:SHOWN],
            "left": max(rows.count() - SHOWN, 0),
            "duplicates": likely_duplicates([self.agency]).get(self.agency.pk, []),
        }
