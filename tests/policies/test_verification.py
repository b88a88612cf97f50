"""Each invariant of the knowledge base is broken on purpose, and the check names where."""

import re

import pytest
from django.db import connection

from policies.actions.correct import correct
from policies.actions.move_provision import move
from policies.actions.reject import reject
from policies.actions.split_provision import split
from policies.actions.withdraw import withdraw
from policies.models import Edition, Issue, Obligation, Policy, Provision, PublicChange, Reference, Source, Target
from policies.verification import CHECKS
from tests.verifying import base_of_module, faults, write

pytestmark = pytest.mark.django_db

FIRST = "(SELECT min(id) FROM policies_{})"
# Rows that the statements below speak of.
ROWS = {
    **{kind: FIRST.format(kind) for kind in ("target", "obligation", "issuer")},
    "law": "(SELECT id FROM policies_policy WHERE kind = 'law' ORDER BY id LIMIT 1)",
    "child": "(SELECT min(id) FROM policies_provision WHERE parent_id IS NOT NULL)",
    "other": "(SELECT max(id) FROM policies_provision WHERE policy_id <> record.policy_id)",
}

# Invariant, what breaks it, what the check says then.
BREACHES = {
    "a target of a policy that is gone": (
        "外键指向的记录都在",
        "UPDATE policies_target SET policy_id = 999999 WHERE id = {target}",
        r"目标 \d+（policies_target）的“政策”指向不存在的 999999",
    ),
    "other characters": (
        "原文的字数与入库时相同",
        "UPDATE policies_source SET text = text || '多'",
        r"2031-01\.txt）：有 \d+ 个",
    ),
    "a parent in another policy": (
        "条款的上级属于同一份政策，锚点不重复",
        "UPDATE policies_provision record SET parent_id = {other} WHERE id = {child}",
        r"#\S+：条款 \d+ 的上级属于另一份政策",
    ),
    "a position left out": (
        "条款的次序、深度、路径和行与上级相符",
        "UPDATE policies_provision SET position = position + 10000 WHERE id = {child}",
        r"次序是 100\d\d|不紧接在",
    ),
    "a wrong depth": (
        "条款的次序、深度、路径和行与上级相符",
        "UPDATE policies_provision SET depth = 7 WHERE id = {child}",
        r"深度是 7",
    ),
    "a path of another parent": (
        "条款的次序、深度、路径和行与上级相符",
        "UPDATE policies_provision SET path = '第九章/第一条' WHERE id = {child}",
        r"路径“第九章/第一条”不在上级的",
    ),
    "a provision in itself": (
        "条款的次序、深度、路径和行与上级相符",
        "UPDATE policies_provision SET parent_id = id WHERE id = {child}",
        r"不紧接在上级或同级之后",
    ),
    "a clause outside of its policy": (
        "条款的次序、深度、路径和行与上级相符",
        "UPDATE policies_provision SET end_line = 99999 WHERE id = {child}",
        r"第 \d+—99999 行不在政策的",
    ),
    "a clause outside of its chapter": (
        "条款的次序、深度、路径和行与上级相符",
        """UPDATE policies_provision chapter SET end_line = start_line
            WHERE id = (SELECT parent_id FROM policies_provision WHERE id = {child})""",
        r"行不在上级的第",
    ),
    "a policy beyond the text": (
        "政策的行在原文之内",
        "UPDATE policies_policy SET end_line = 99999 WHERE id = {law}",
        r"第 99999 行：政策的行超出原文",
    ),
    "words that nobody printed": (
        "记录的引文在原文的那一行里",
        "UPDATE policies_target SET quote = '子虚乌有' WHERE id = {target}",
        r"第 \d+ 行：目标 \d+ 的引文“子虚乌有”不在这一行",
    ),
    "a line outside of the clause": (
        "记录的行在政策和条款之内",
        "UPDATE policies_target SET line = 1 WHERE id = {target}",
        r"第 1 行：目标 \d+ 的行不在政策或条款之内",
    ),
    "a clause of another policy": (
        "记录和它的条款属于同一份政策",
        "UPDATE policies_target record SET provision_id = {other} WHERE id = {target}",
        r"目标 \d+ 的条款属于另一份政策",
    ),
    "a line of the contents that announces another": (
        "政策、要目和期相符",
        """UPDATE policies_contentsentry SET position = position + 50
           WHERE id = (SELECT min(id) FROM policies_contentsentry WHERE policy_id IS NOT NULL)""",
        r"2031年第1期要目第 \d+ 条",
    ),
    "a topic that is not there": (
        "条款的主题都在",
        "UPDATE policies_provision SET topics = '{{nothing}}' WHERE id = {child}",
        r"没有主题 nothing",
    ),
    "a merged agency that kept its tasks": (
        "并入别处的部门指向现有的部门，自己没有记录",
        """UPDATE policies_agency SET merged_into_id = (SELECT max(id) FROM policies_agency)
           WHERE id = (SELECT min(agency_id) FROM policies_responsibleagency)""",
        r"已并入别的部门，却还有记录",
    ),
    "issuers out of order": (
        "发布机关依次编号",
        "UPDATE policies_issuer SET position = 7 WHERE id = {issuer}",
        r"发布机关的次序是 \[",
    ),
    "corrected, and nothing kept": (
        "审核状态与记录相符",
        "UPDATE policies_target SET review = 'corrected' WHERE id = {target}",
        r"审核是 corrected，没有机器所提取的内容",
    ),
    "added by a rule": (
        "审核状态与记录相符",
        "UPDATE policies_target SET review = 'added' WHERE id = {target}",
        r"不是编辑所加，审核却是人工补充",
    ),
    "a draft in a published issue": (
        "政策与所属的期状态相同",
        "UPDATE policies_policy SET state = 'draft' WHERE id = {law}",
        r"草稿，2031年第1期是已发布",
    ),
    "a derived column": (
        "由本行得出的列都是最新的",
        "UPDATE policies_target SET base_value = 123456 WHERE id = {target}",
        r"第 \d+ 行：目标 \d+ 的“数值（基本单位）”",
    ),
    "another title's key": (
        "引用和版本与所指的文件相符",
        "UPDATE policies_policy SET title_key = '别的' WHERE id = {law}",
        r"标题（归一）不是由标题得出的",
    ),
    "a record that readers see and nobody was told of": (
        "公开变更与读者所见一致",
        "UPDATE policies_target SET indicator = '别的' WHERE id = {target}",
        r"目标 \d+（政策 \d+）：公开变更里缺“更新”",
    ),
    "a record that readers see no more": (
        "公开变更与读者所见一致",
        "UPDATE policies_target SET review = 'rejected' WHERE id = {target}",
        r"目标 \d+（政策 \d+）：公开变更里缺“移除”",
    ),
}  # fmt: skip

WITHOUT_TRIGGERS = {
    "a change that is not written down": (
        "历史的最后一步就是现在的记录",
        "UPDATE policies_target SET value = value + 1 WHERE id = {target}",
        r"目标 \d+：与历史里的最后一步不同",
    ),
    "a row that went unseen": (
        "历史的最后一步就是现在的记录",
        "DELETE FROM policies_obligation WHERE id = {obligation}",
        r"义务 \d+：不在了，历史里却没有删除",
    ),
    "a row without a history": (
        "历史的最后一步就是现在的记录",
        "DELETE FROM policies_targetevent WHERE pgh_obj_id = {target}",
        r"目标 \d+：没有历史",
    ),
    "events of no action": (
        "每处改动都有操作，每个操作都有改动",
        "DELETE FROM policies_action WHERE verb = 'publish'",
        r"历史里有改动属于操作 \S+，而这个操作不在",
    ),
    "an action without events": (
        "每处改动都有操作，每个操作都有改动",
        """INSERT INTO policies_action (id, verb, summary, note, at)
           VALUES (gen_random_uuid(), 'confirm', '空操作', '', now())""",
        r"操作 \S+（确认：空操作）：历史里没有它的改动",
    ),
}


@pytest.fixture(scope="module", autouse=True)
def base(django_db_setup, django_db_blocker):
    with base_of_module(django_db_blocker):
        yield


def test_what_the_program_made_passes():
    assert {check.says: list(check.faults()) for check in CHECKS} == {check.says: [] for check in CHECKS}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_named(breach):
    says, statement, told = BREACHES[breach]
    write(statement.format(**ROWS), quietly=True)
    assert re.search(told, "\n".join(faults(CHECKS, says)))


@pytest.mark.parametrize("breach", WITHOUT_TRIGGERS)
def test_a_tear_in_the_history_is_named(breach):
    says, statement, told = WITHOUT_TRIGGERS[breach]
    write(statement.format(**ROWS), quietly=True)
    assert re.search(told, "\n".join(faults(CHECKS, says)))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("ALTER TABLE policies_target DISABLE TRIGGER USER", r"触发器 \S+（policies_target）已停用"),
        ("ALTER TABLE policies_target DROP CONSTRAINT target_years", "缺少约束或索引 target_years"),
        ("DROP INDEX target_base_value", "缺少约束或索引 target_base_value"),
    ],
)
def test_a_guard_that_is_off_or_gone_is_named(statement, told):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)
    assert re.search(told, "\n".join(faults(CHECKS, "约束、索引和触发器都在，都起作用")))


def test_what_editors_do_breaks_nothing():
    law = Policy.objects.filter(kind="law").earliest("pk")
    article = law.provisions.filter(text__regex="。.").earliest("position")
    split(article, article.text.index("。") + 1, user=None)
    articles = list(law.provisions.filter(type="article", children=None).order_by("position"))
    move(articles[-1], articles[0].parent, articles[0], user=None)
    correct(articles[1], {"text": "改写。"}, user=None)
    target = Target.objects.first()
    correct(target, {"indicator": "改名", "value": "7"}, user=None)
    reject([Target.objects.last()], user=None)
    withdraw(Issue.objects.get(), user=None, note="有误")
    assert {check.says: list(check.faults()) for check in CHECKS} == {check.says: [] for check in CHECKS}


def test_an_abandoned_text_is_named():
    Source.objects.create(sha256="" * 64, filename="孤本.txt", format="txt", encoding="utf-8", text="孤", characters=1)
    assert "孤本.txt" in "".join(faults(CHECKS, "每份原文都有所属的期或政策"))


def test_pages_of_another_file_are_named():
    write(
        "INSERT INTO policies_printed (source_id, content, pages) SELECT id, 'x'::bytea, '{1}' FROM policies_source",
        quietly=True,
    )
    assert "文件内容与校验和不符" in "".join(faults(CHECKS, "版面文件与校验和相符"))


def test_a_warning_that_quotes_another_line_or_is_of_another_issue_is_named():
    other = Issue.objects.create(year=2030, number=1, source=Source.objects.get())
    doubt = other.doubts.create(policy=Policy.objects.first(), code="article-gap", line=3, message="缺号", words="别的")
    assert f"提示 {doubt.pk}" in "".join(faults(CHECKS, "提示的期和政策相符"))
    doubt.issue = Issue.objects.get(year=2031)
    doubt.save()
    assert f"第 3 行：提示 {doubt.pk}" in "".join(faults(CHECKS, "提示所引的原文在原文的那一行"))


def repair(says: str) -> None:
    (check,) = (check for check in CHECKS if check.says == says)
    assert check.repair
    assert list(check.faults())
    check.repair()
    assert not list(check.faults())


def test_derived_columns_are_repaired():
    before = dict(Target.objects.values_list("pk", "base_value"))
    write("UPDATE policies_target SET base_value = -1")
    repair("由本行得出的列都是最新的")
    assert dict(Target.objects.values_list("pk", "base_value")) == before


def test_links_are_repaired():
    cited = list(Reference.objects.order_by("pk").values_list("title_key", "cited_policy", "cited_clause"))
    write("UPDATE policies_reference SET title_key = '', cited_policy_id = NULL, cited_clause_id = NULL")
    write("UPDATE policies_policy SET title_key = ''")
    repair("引用和版本与所指的文件相符")
    assert list(Reference.objects.order_by("pk").values_list("title_key", "cited_policy", "cited_clause")) == cited


def test_the_feed_is_repaired():
    Target.objects.filter(pk=Target.objects.earliest("pk").pk).update(review="rejected")
    Obligation.objects.filter(pk=Obligation.objects.earliest("pk").pk).update(subject="别的")
    before = PublicChange.objects.count()
    repair("公开变更与读者所见一致")
    added = list(PublicChange.objects.order_by("id")[before:].values_list("kind", "operation"))
    assert sorted(added) == [("obligations", "updated"), ("targets", "removed")]


def test_orphans_that_only_link_are_dropped():
    one, other = Policy.objects.order_by("pk")[:2]
    Edition.objects.create(earlier=one, later=other, relation="same")
    clause = Provision.objects.filter(policy=one).first()
    citation = Reference.objects.first()
    assert clause
    assert citation
    write("UPDATE policies_edition SET later_id = 999999", quietly=True)
    write("UPDATE policies_reference SET cited_policy_id = 999999", quietly=True)
    repair("外键指向的记录都在")
    assert not Edition.objects.exists()
    citation.refresh_from_db()
    assert citation.cited_policy_id != 999999
