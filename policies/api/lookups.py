"""What the words of a parameter name: a region, a policy, an issue …  A word that names nothing is refused.

A *condition* takes a word, the user who asks and the lookup that leads from a row to its policy
(`policy__`; blank for policies), and gives the Q of the rows that the word means.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from policies.api.errors import Fault, InvalidParameters
from policies.models import Agency, Issue, Issuer, Policy, Region, ResponsibleAgency, Topic
from policies.selectors.agencies import shown_agencies
from policies.selectors.policies import within

LARGEST_ID = 2**63 - 1


def find_regions(words: str, parameter: str = "region") -> list[Region]:
    """The regions with this code or name, short or full; raises InvalidParameters where there is none.

    County-level cities are kept by their full names only.
    """
    county = Q(name=f"{words}市", level=Region.Level.COUNTY)
    found = list(Region.objects.filter(Q(pk=words) | Q(name=words) | Q(short_name=words) | county))
    if not found:
        hint = "应为六位代码（如 330000）、全称或简称，见 /api/v1/regions/"
        raise InvalidParameters([Fault(parameter, f"没有“{words}”这个地区；参数 {parameter} {hint}。")])
    return found


def in_region(words: str, user: Any, prefix: str) -> Q:
    condition = Q()
    for region in find_regions(words):
        condition |= within(region, prefix)
    return condition


def under_region(words: str, user: Any, prefix: str) -> Q:
    return Q(parent__in=find_regions(words, "parent"))


def is_id(words: str) -> bool:
    return words.isascii() and words.isdecimal() and len(words) < 20 and int(words) <= LARGEST_ID


def policy_key(words: str) -> Q:
    """The condition of being the policy with this id or slug; no slug holds a NUL, which PostgreSQL would not take."""
    if "\0" in words:
        return Q(pk__in=())
    return Q(pk=int(words)) if is_id(words) else Q(slug=words)


def find_policy(words: str, user: Any, parameter: str = "policy") -> Policy:
    """The policy with this id or slug, if `user` may read it; raises InvalidParameters otherwise."""
    policy = Policy.objects.visible_to(user).filter(policy_key(words)).first()
    if policy is None:
        detail = f"没有可读的政策“{words}”；参数 {parameter} 应为政策的 id 或 slug。"
        raise InvalidParameters([Fault(parameter, detail)])
    return policy


def of_policy(words: str, user: Any, prefix: str) -> Q:
    return Q(policy=find_policy(words, user))


def citing_policy(words: str, user: Any, prefix: str) -> Q:
    return Q(cited_policy=find_policy(words, user, "cited_policy"))


def issue_key(words: str) -> Q | None:
    """The condition of being the issue with this id or, as in 2023-48, this year and number; None for other words."""
    year, dash, number = words.partition("-")
    if not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in ([year, number] if dash else [year])):
        return None
    return Q(year=int(year), number=int(number)) if dash else Q(pk=int(year))


def find_issue(words: str, user: Any) -> Issue:
    """The issue with this id, or year and number, if `user` may read it; raises InvalidParameters otherwise."""
    key = issue_key(words)
    issue = Issue.objects.visible_to(user).filter(key).first() if key else None
    if issue is None:
        detail = f"没有可读的期“{words}”；参数 issue 应为期的 id，或年份与期号，如 2023-48。"
        raise InvalidParameters([Fault("issue", detail)])
    return issue


def of_issue(words: str, user: Any, prefix: str) -> Q:
    return Q(**{f"{prefix}issue": find_issue(words, user)})


def find_agency(words: str, user: Any, parameter: str = "agency") -> Agency:
    """The agency with this id; raises InvalidParameters where `user` may know of none."""
    if is_id(words) and (agency := shown_agencies(user).filter(pk=int(words)).first()):
        return agency
    detail = f"没有部门“{words}”；参数 {parameter} 应为部门的 id，见 /api/v1/agencies/。"
    raise InvalidParameters([Fault(parameter, detail)])


def issued_by(words: str, user: Any, prefix: str) -> Q:
    return Q(pk__in=Issuer.objects.filter(agency=find_agency(words, user, "issuer")).values("policy"))


def names_agency(words: str, user: Any, prefix: str) -> Q:
    mentions = ResponsibleAgency.objects.filter(agency=find_agency(words, user))
    return Q(pk__in=mentions.values("responsibility"))


def one_of(parameter: str, value: str, known: Iterable[str]) -> str:
    known = sorted(known)
    if value not in known:
        detail = f"参数 {parameter} 不能是“{value}”；可用的值：{'、'.join(known) or '（尚无）'}。"
        raise InvalidParameters([Fault(parameter, detail, known)])
    return value


def find_topic(words: str) -> str:
    """The slug of the topic with this slug or name; raises InvalidParameters where there is none."""
    topics = dict(Topic.objects.values_list("name", "slug"))
    return one_of("topic", topics.get(words, words), topics.values())


def policy_on(words: str, user: Any, prefix: str) -> Q:
    return Q(pk__in=Policy.topics.through.objects.filter(topic=find_topic(words)).values("policy"))


def clause_on(words: str, user: Any, prefix: str) -> Q:
    return Q(topics__contains=[find_topic(words)])


def in_clause_on(words: str, user: Any, prefix: str) -> Q:
    return Q(provision__topics__contains=[find_topic(words)])


def find_column(words: str, user: Any) -> str:
    """The column of that name; raises InvalidParameters where no policy that `user` may read has it."""
    policies = Policy.objects.visible_to(user).exclude(column="")
    return one_of("column", words, policies.order_by().values_list("column", flat=True).distinct())


def in_column(words: str, user: Any, prefix: str) -> Q:
    return Q(**{f"{prefix}column": find_column(words, user)})
