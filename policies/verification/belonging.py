"""What belongs together is of one policy, or of one issue."""

from collections.abc import Iterator

from policies.models import Figure, Table
from policies.verification.check import Check, asked, place
from policies.verification.quotes import QUOTED

FOREIGN_CLAUSE = """
SELECT policy.slug, record.line, record.id FROM {table} record
JOIN policies_policy policy ON policy.id = record.policy_id
JOIN policies_provision clause ON clause.id = record.provision_id
WHERE clause.policy_id <> record.policy_id ORDER BY record.id
"""
OTHER_SOURCE = """
SELECT policy.slug, issue.year, issue.number FROM policies_policy policy
JOIN policies_issue issue ON issue.id = policy.issue_id WHERE policy.source_id <> issue.source_id ORDER BY policy.id
"""
CONTENTS = """
SELECT issue.year, issue.number, entry.position, policy.slug FROM policies_contentsentry entry
JOIN policies_issue issue ON issue.id = entry.issue_id JOIN policies_policy policy ON policy.id = entry.policy_id
WHERE policy.issue_id IS DISTINCT FROM entry.issue_id OR policy."order" <> entry.position ORDER BY entry.id
"""
TOPICS = """
SELECT policy.slug, provision.eid, topic FROM policies_provision provision
CROSS JOIN unnest(provision.topics) AS topic JOIN policies_policy policy ON policy.id = provision.policy_id
WHERE NOT EXISTS (SELECT FROM policies_topic known WHERE known.slug = topic) ORDER BY provision.id
"""


def clauses_elsewhere() -> Iterator[str]:
    """Records in a clause of another policy."""
    for model in (*QUOTED, Table, Figure):
        for slug, line, pk in asked(FOREIGN_CLAUSE.format(table=model._meta.db_table)):
            yield f"{place(slug, line=line)}：{model._meta.verbose_name} {pk} 的条款属于另一份政策"


def issues_apart() -> Iterator[str]:
    """Policies of another text than their issue, and lines of the contents list that announce another document."""
    for slug, year, number in asked(OTHER_SOURCE):
        yield f"{place(slug)}：原文不是 {year}年第{number}期的原文"
    for year, number, position, slug in asked(CONTENTS):
        yield f"{year}年第{number}期要目第 {position} 条：指向另一期或另一次序的 {slug}"


def unknown_topics() -> Iterator[str]:
    """Clauses of topics that are not there."""
    for slug, eid, topic in asked(TOPICS):
        yield f"{place(slug, eid)}：没有主题 {topic}"


CHECKS = (
    Check("记录和它的条款属于同一份政策", clauses_elsewhere),
    Check("政策、要目和期相符", issues_apart),
    Check("条款的主题都在", unknown_topics),
)
