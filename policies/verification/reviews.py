"""A record's review says what is in the row: what the machine had put there is kept just where it was corrected."""

from collections.abc import Iterator

from policies.eids import is_editors
from policies.models import Provision
from policies.models.extracted import Reviewed
from policies.verification.check import Check, asked, place
from policies.verification.database import models

UNLIKE = """
SELECT id, {policy}, review, original IS NULL FROM {table}
WHERE review <> 'rejected' AND (review = 'corrected') = (original IS NULL) OR original IN ('null', '{{}}') ORDER BY id
"""
ADDED = """
SELECT id, policy_id, rule = 'editor' FROM {table}
WHERE review <> 'rejected' AND (review = 'added') <> (rule = 'editor') ORDER BY id
"""


def contradicting() -> Iterator[str]:
    """Corrected rows without what was corrected, rows that keep it and are not corrected, added ones of a rule."""
    for model in models():
        if not issubclass(model, Reviewed):
            continue
        table, name = model._meta.db_table, model._meta.verbose_name
        policy = "policy_id" if hasattr(model, "policy_id") else "id"
        for pk, of, review, bare in asked(UNLIKE.format(table=table, policy=policy)):
            yield f"{name} {pk}（政策 {of}）：审核是 {review}，{'没有' if bare else '却有'}机器所提取的内容"
        if hasattr(model, "rule"):
            for pk, of, made in asked(ADDED.format(table=table)):
                said = "编辑所加，审核却不是" if made else "不是编辑所加，审核却是"
                yield f"{name} {pk}（政策 {of}）：{said}人工补充"
    for pk, slug, eid in Provision.objects.filter(review="added").values_list("pk", "policy__slug", "eid"):
        if not is_editors(eid):
            yield f"{place(slug, eid)}：条款 {pk} 的审核是人工补充，锚点却是机器所给"


CHECKS = (Check("审核状态与记录相符", contradicting),)
