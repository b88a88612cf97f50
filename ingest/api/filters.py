"""By what runs are narrowed; batches by nothing."""

import django_filters

from ingest.models import Batch, Run
from policies.api.filter_kinds import choice_filter, day_filter


class RunFilter(django_filters.FilterSet):
    state = choice_filter("状态", Run.State.choices)
    created_on_min = day_filter("上传日期不早于", "created_at__date", "gte")
    created_on_max = day_filter("上传日期不晚于", "created_at__date", "lte")

    class Meta:
        model = Run
        fields: list[str] = []


class BatchFilter(django_filters.FilterSet):
    class Meta:
        model = Batch
        fields: list[str] = []
