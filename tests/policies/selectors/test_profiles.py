"""Policies and targets counted over two of their sides."""

import pytest

from policies.models import Policy
from policies.selectors.profiles import (
    by_topic_and_year,
    by_year_and_kind,
    places_by_year,
    topics_by_place,
    topics_by_year,
)
from policies.selectors.records import standing_targets

pytestmark = pytest.mark.usefixtures("kept_library")


def test_policies_by_year_and_kind(library):
    assert by_year_and_kind(Policy.objects.published()) == {(2024, "law"): 1, (2023, "plan"): 1}


def test_targets_count_under_each_topic_of_their_clause(library, reader):
    assert by_topic_and_year(standing_targets(reader)) == {("", 2025): 2}
    library.plan.provisions.filter(eid="sec_1").update(topics=["computing", "energy"])
    assert by_topic_and_year(standing_targets(reader)) == {("computing", 2025): 2, ("energy", 2025): 2}


def test_topics_by_year_and_by_place(library):
    library.draft.topics.add(library.topic)
    Policy.objects.filter(pk=library.law.pk).update(level="none", region=None)
    library.law.topics.add(library.topic)
    every = Policy.objects.all()
    assert topics_by_year(every) == {("computing", 2024): 2, ("computing", 2023): 1}
    assert topics_by_place(every) == {("computing", "510000"): 2, ("computing", ""): 1}
    assert topics_by_place(every.published()) == {("computing", "510000"): 1, ("computing", ""): 1}


def test_places_by_year_know_the_nation(library):
    Policy.objects.filter(pk=library.law.pk).update(level="national", region=None)
    assert places_by_year(Policy.objects.published()) == {("100000", 2024): 1, ("510000", 2023): 1}
