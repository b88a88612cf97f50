"""An issue and its policies are published, or not, together."""

from collections.abc import Iterator

from policies.models import State
from policies.verification.check import Check, asked, place

APART = """
SELECT policy.slug, policy.state, issue.year, issue.number, issue.state FROM policies_policy policy
JOIN policies_issue issue ON issue.id = policy.issue_id WHERE policy.state <> issue.state ORDER BY policy.id
"""


def apart() -> Iterator[str]:
    """Policies in another state than their issue."""
    for slug, state, year, number, of_issue in asked(APART):
        said = f"{State(state).label}，{year}年第{number}期是{State(of_issue).label}" if state in State else state
        yield f"{place(slug)}：{said}"


CHECKS = (Check("政策与所属的期状态相同", apart),)
