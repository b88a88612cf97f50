"""Atom feeds of the newest policies: all of them, a region's, an agency's."""

from datetime import UTC, datetime, time

from django.contrib.syndication.views import Feed
from django.db.models import F, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.html import linebreaks

from policies.exports.feeds import AtomFeed
from policies.models import Agency, Policy, Region, ResponsibleAgency
from policies.selectors.agencies import shown_beside
from policies.selectors.policies import within

NEWEST = 30


class PoliciesFeed(Feed):
    """The policies that were published last here; readers' policies, whoever asks."""

    feed_type = AtomFeed
    language = "zh-hans"

    def title(self, about: Region | Agency | None) -> str:
        return f"{about.name}的政策 · 大数据发展动态" if about else "新收录的政策 · 大数据发展动态"

    def subtitle(self) -> str:
        return "《大数据发展动态》政策知识库"

    def link(self, about: Region | Agency | None) -> str:
        return about.get_absolute_url() if about else reverse("policies:policies")

    def items(self, about: Region | Agency | None):
        rows = Policy.objects.published().select_related("issue", "region").prefetch_related("topics")
        return self.of(rows, about).order_by(F("created_at").desc(), "order")[:NEWEST]

    def of(self, rows, about):
        return rows

    def item_title(self, item: Policy) -> str:
        return item.title

    def item_description(self, item: Policy) -> str:
        """HTML, as Atom's summaries here are."""
        return linebreaks(item.editor_note or "，".join(filter(None, (item.get_kind_display(), item.doc_number))), True)

    def item_pubdate(self, item: Policy) -> datetime | None:
        return datetime.combine(item.day, time(), UTC) if item.day else None

    def item_updateddate(self, item: Policy) -> datetime:
        return item.updated_at

    def item_categories(self, item: Policy) -> list[str]:
        return [topic.name for topic in item.topics.all()]


class RegionFeed(PoliciesFeed):
    """A region's policies, with those of the places in it."""

    def get_object(self, request, code: str) -> Region:
        return get_object_or_404(Region, pk=code)

    def of(self, rows, about: Region):
        return rows.filter(within(about))


class AgencyFeed(PoliciesFeed):
    """What an agency issued, and what gives it a task."""

    def get_object(self, request, pk: int) -> Agency:
        return get_object_or_404(shown_beside(Policy.objects.published()), pk=pk)

    def of(self, rows, about: Agency):
        tasks = ResponsibleAgency.objects.standing().filter(agency=about)
        return rows.filter(Q(pk__in=about.issued.values("policy")) | Q(pk__in=tasks.values("responsibility__policy")))
