"""What there is to find here, for search engines."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from policies.models import Agency, Issue, Policy, Region, Topic
from policies.selectors.agencies import shown_beside


class PolicySitemap(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Policy]:
        return Policy.objects.published().only("slug", "updated_at").order_by("pk")

    def lastmod(self, item: Policy):
        return item.updated_at


class IssueSitemap(Sitemap):
    def items(self) -> QuerySet[Issue]:
        return Issue.objects.published().order_by("pk")

    def lastmod(self, item: Issue):
        return item.updated_at


class RegionSitemap(Sitemap):
    def items(self) -> QuerySet[Region]:
        return Region.objects.filter(policies__in=Policy.objects.published()).distinct().order_by("pk")


class AgencySitemap(Sitemap):
    limit = 5000

    def items(self) -> QuerySet[Agency]:
        published = Policy.objects.published()
        return shown_beside(published).filter(pk__in=published.values("issuers__agency")).order_by("pk")


class TopicSitemap(Sitemap):
    def items(self) -> QuerySet[Topic]:
        return Topic.objects.filter(policies__in=Policy.objects.published()).distinct().order_by("pk")

    def location(self, item: Topic) -> str:
        return reverse("policies:topic", args=[item.pk])


class PageSitemap(Sitemap):
    def items(self) -> list[str]:
        return ["home", "issues", "policies", "regions", "agencies", "targets", "compare_targets", "topics", "about"]

    def location(self, item: str) -> str:
        return reverse(f"policies:{item}")


SITEMAPS = {
    "pages": PageSitemap,
    "policies": PolicySitemap,
    "issues": IssueSitemap,
    "regions": RegionSitemap,
    "agencies": AgencySitemap,
    "topics": TopicSitemap,
}
