"""manage.py link: find anew what all references cite, and which policies are editions of one document."""

from django.core.management.base import BaseCommand

from config.existence import require_base
from policies.actions.link_editions import link_editions
from policies.actions.resolve_references import resolve_references
from policies.models import Edition, Policy, Reference

AT_ONCE = 200  # policies whose references are in memory together


class Command(BaseCommand):
    help = "重新解析全部引用，并重新关联同一文件的各个版本；入库时已自动进行，升级后可再做一次"

    def handle(self, *args, **options) -> None:
        require_base()
        ids = list(Policy.objects.order_by("pk").values_list("pk", flat=True))
        portions = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
        for portion in portions:
            resolve_references(portion)
        for portion in portions:
            link_editions(portion)
        references, editions = Reference.objects.count(), Edition.objects.count()
        resolved = Reference.objects.exclude(cited_policy=None, cited_clause=None).count()
        self.stdout.write(f"引用 {references} 处，其中 {resolved} 处在库中找到；版本关联 {editions} 对。")
