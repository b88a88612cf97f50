"""Runs and batches as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from ingest.comparing import is_seen_by_readers
from ingest.models import Batch, Run, RunEvent
from ingest.progress import batch_progress, is_settled, step_lines
from policies.api.serializers.fields import ApiUrl, PageUrl, RecordSerializer, Text
from policies.api.serializers.policies import IssueLinkSerializer
from policies.api.serializers.records import PolicyLinkSerializer

STANDINGS = ["done", "current", "waiting", "failed", "stopped", "held", "skipped"]
CHANGES = ["added", "removed", "changed"]


@extend_schema_serializer(description="一次采集：一个上传的文件入库的经过；settled 为真时不会再自行变化。")
class RunSerializer(RecordSerializer):
    step = Text(help_text="到了哪一步：read、parse、check、load、index")
    outcome = Text(help_text="loaded 已入库，replaced 已替换，unchanged 内容相同、没有改动")
    message = Text(help_text="结果或原因")
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="读到与入库的各种记录的件数")
    settled = serializers.SerializerMethodField(help_text="是否不会再自行变化")
    created_by = serializers.CharField(source="created_by.username", default=None, allow_null=True)
    accepted_by = serializers.CharField(source="accepted_by.username", default=None, allow_null=True)
    issue = IssueLinkSerializer(allow_null=True, help_text="所带来的，或早已在库的一期")
    policy = PolicyLinkSerializer(allow_null=True, help_text="同上，单独的政策")
    batch = serializers.UUIDField(source="batch_id", allow_null=True, help_text="同时上传的一批，单独上传的没有")
    url = ApiUrl("run", routes="runs")
    page_url = PageUrl()

    class Meta:
        model = Run
        fields = [
            "id", "filename", "size", "sha256", "state", "step", "outcome", "message", "counts", "settled", "attempts",
            "created_by", "accepted_by", "created_at", "queued_at", "started_at", "finished_at", "indexed_at",
            "issue", "policy", "batch", "url", "page_url",
        ]  # fmt: skip

    def get_settled(self, run: Run) -> bool:
        return is_settled(run)


@extend_schema_serializer(description="一步：seconds 是已用的秒数，还没有开始的为 null。")
class StepSerializer(serializers.Serializer):
    step = serializers.ChoiceField(Run.Step.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # a field
    state = serializers.ChoiceField(STANDINGS)
    note = serializers.CharField()
    seconds = serializers.FloatField(allow_null=True)


class EventSerializer(RecordSerializer):
    step = Text()

    class Meta:
        model = RunEvent
        fields = ["at", "step", "message"]


class DifferingRowSerializer(serializers.Serializer):
    change = serializers.ChoiceField(CHANGES)
    where = serializers.CharField(help_text="所在条款")
    before = serializers.CharField()
    after = serializers.CharField()


@extend_schema_serializer(description="一种记录的差别；more 是没有列出的条数。")
class DifferingKindSerializer(serializers.Serializer):
    kind = serializers.CharField()
    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    changed = serializers.IntegerField()
    rows = DifferingRowSerializer(many=True)
    more = serializers.IntegerField()


class DifferingPolicySerializer(serializers.Serializer):
    title = serializers.CharField()
    change = serializers.ChoiceField(CHANGES)
    kinds = DifferingKindSerializer(many=True)


@extend_schema_serializer(description="新版本与库中的差别；提取的内容都没有差别的，policies 为空。")
class DifferencesSerializer(serializers.Serializer):
    policies = DifferingPolicySerializer(many=True)
    unchanged = serializers.IntegerField(help_text="没有差别的政策件数")
    published = serializers.SerializerMethodField(
        help_text="库中的版本现已发布，只有主编可以采用另一个；0.1 版比较的不知道，为 null"
    )

    def get_published(self, changes: dict[str, Any]) -> bool | None:
        return is_seen_by_readers(changes)


@extend_schema_serializer(description="尚未处理的提示的条数；must_fix 是其中发布之前必须处理的。")
class OpenDoubtsSerializer(serializers.Serializer):
    unsettled = serializers.IntegerField()
    must_fix = serializers.IntegerField()


@extend_schema_serializer(description="一次采集及其各步、经过、提示；待确认的新版本另有 changes，即与库中的差别。")
class RunDetailSerializer(RunSerializer):
    steps = serializers.SerializerMethodField()
    events = EventSerializer(many=True)
    doubts = serializers.SerializerMethodField(help_text="所带来的一期或政策的提示，还没有入库的为 null")
    changes = DifferencesSerializer(allow_null=True)

    class Meta(RunSerializer.Meta):
        fields = [*RunSerializer.Meta.fields, "steps", "events", "doubts", "changes"]

    @extend_schema_field(StepSerializer(many=True))
    def get_steps(self, run: Run) -> list[dict[str, Any]]:
        lines = step_lines(run, list(run.events.all()))
        told = [
            {"label": line.label, "state": line.state, "note": line.note, "seconds": line.seconds} for line in lines
        ]
        return [{"step": step.value} | line for step, line in zip(Run.Step, told, strict=True)]

    @extend_schema_field(OpenDoubtsSerializer(allow_null=True))
    def get_doubts(self, run: Run) -> dict[str, int] | None:
        if run.subject is None:
            return None
        doubts = run.subject.doubts.unsettled()
        return {"unsettled": doubts.count(), "must_fix": doubts.must_fix().count()}


@extend_schema_serializer(description="没有接收的一个文件及其原因。")
class RefusedSerializer(serializers.Serializer):
    name = serializers.CharField()
    reason = serializers.CharField()


@extend_schema_serializer(description="各次采集一共走了几步，共几步；settled 为真时不会再自行变化。")
class BatchProgressSerializer(serializers.Serializer):
    done = serializers.IntegerField()
    steps = serializers.IntegerField()
    settled = serializers.BooleanField()


@extend_schema_serializer(description="同时上传的一批文件；没有接收的连同原因在 refused。")
class BatchSerializer(RecordSerializer):
    created_by = serializers.CharField(source="created_by.username", default=None, allow_null=True)
    progress = serializers.SerializerMethodField()
    runs = RunSerializer(many=True)
    refused = RefusedSerializer(many=True)
    url = ApiUrl("batch", routes="runs")
    page_url = PageUrl()

    class Meta:
        model = Batch
        fields = ["id", "created_by", "created_at", "progress", "runs", "refused", "url", "page_url"]

    @extend_schema_field(BatchProgressSerializer)
    def get_progress(self, batch: Batch) -> Any:
        return BatchProgressSerializer(batch_progress(list(batch.runs.all()))).data


@extend_schema_serializer(
    description="接收的文件各成一次采集，在 runs；没有接收的连同原因在 refused；多个文件的同属一批，batch 是其网址。"
)
class UploadSerializer(serializers.Serializer):
    runs = RunSerializer(many=True)
    refused = RefusedSerializer(many=True)
    batch = serializers.URLField(allow_null=True)
