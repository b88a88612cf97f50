"""What editors narrow a list of records by."""

from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from policies.editable import Kind
from policies.models import Issue, ResponsibleAgency, Review
from policies.views.filters import LONGEST, words_in

WORDS: dict[str, tuple[str, ...]] = {  # the columns that are searched
    "policy": ("title", "doc_number"),
    "provision": ("label", "heading", "text", "tail"),
    "target": ("indicator", "quote"),
    "responsibility": ("quote",),
    "obligation": ("subject", "quote"),
    "observation": ("indicator", "quote"),
    "reference": ("title", "cited_provision", "quote"),
}


class RecordFilter(django_filters.FilterSet):
    """Of one kind; fields that it has not are not asked for."""

    words = django_filters.CharFilter(label="内容含", max_length=LONGEST, method="by_words")
    agency = django_filters.CharFilter(label="部门含", max_length=LONGEST, method="by_agency")
    unit = django_filters.CharFilter(label="单位", max_length=LONGEST)
    issue = django_filters.ModelChoiceFilter(
        label="期", empty_label="全部", queryset=Issue.objects.order_by("-year", "-number"), method="by_issue"
    )
    policy = django_filters.CharFilter(label="政策标题含", max_length=LONGEST, method="by_policy")
    review = django_filters.ChoiceFilter(label="审核", empty_label="全部", choices=Review.choices)

    def __init__(self, *args: Any, kind: Kind, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kind, self.leading = kind, "" if kind.slug == "policy" else "policy__"
        lacking = {"policy"} if kind.slug == "policy" else set()
        lacking |= {name for name, field in (("unit", "unit"), ("agency", "agencies")) if field not in kind.fields}
        for name in lacking:
            del self.filters[name]

    def by_words(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        for word in words.split():
            found = (Q(**{f"{column}__icontains": word}) for column in WORDS[self.kind.slug])
            rows = rows.filter(reduce(or_, found))
        return rows

    def by_agency(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        named = ResponsibleAgency.objects.filter(Q(name__icontains=words) | Q(agency__name__icontains=words))
        return rows.filter(pk__in=named.values("responsibility"))

    def by_issue(self, rows: QuerySet, name: str, issue: Issue) -> QuerySet:
        return rows.filter(**{f"{self.leading}issue": issue})

    def by_policy(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        return words_in("policy__title", rows, words)
