"""From the database to what an index takes in."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from policies.models import Policy, Provision, Region, ResponsibleAgency
from search.analysis import fold
from search.engines.base import Entry, PolicyFacts

NATION = "100000"
POINTS = (Provision.Type.ITEM, Provision.Type.SUBITEM)


def entries(policy_ids: Iterable[int]) -> Iterator[Entry]:
    """Every clause of those policies that still exist, by policy and in the order of the text.

    Five queries, however many policies; their whole text is in memory at once.
    """
    policies = {policy.pk: policy for policy in _policies(policy_ids)}
    if not policies:
        return
    parents = dict(Region.objects.values_list("code", "parent_id"))
    facts = {pk: _facts(policy, parents) for pk, policy in policies.items()}
    issuers = {pk: [issuer.agency_id for issuer in policy.issuers.all()] for pk, policy in policies.items()}
    responsible = _responsible(policies)
    for provision in Provision.objects.clauses().filter(policy__in=policies).order_by("policy_id", "position"):
        text = fold(provision.words())
        if text:
            agencies = {*issuers[provision.policy_id], *responsible[provision.pk]}
            named = tuple(str(pk) for pk in sorted(agencies))
            heading = fold(provision.heading)
            point = provision.type in POINTS and not heading
            yield Entry(provision.pk, facts[provision.policy_id], text, named, heading, provision.position, point)


def _policies(policy_ids: Iterable[int]):
    return Policy.objects.filter(pk__in=list(policy_ids)).select_related("issue").prefetch_related("issuers")


def _facts(policy: Policy, parents: Mapping[str, str | None]) -> PolicyFacts:
    day = policy.issued_on or policy.adopted_on or policy.effective_on or (policy.issue and policy.issue.published_on)
    year = policy.year
    values = {
        "policy": (str(policy.pk),),
        "state": (policy.state,),
        "kind": (policy.kind,),
        "level": (policy.level,),
        "region": _regions(policy, parents),
        "year": (str(year),) if year else (),
        "column": (policy.column,) if policy.column else (),
        "issue": (str(policy.issue_id),) if policy.issue_id else (),
    }
    printed = policy.issue and policy.issue.published_on
    issue = printed.toordinal() if printed else 0
    return PolicyFacts(
        policy.pk, day.toordinal() if day else 0, values, fold(policy.title), issue, policy.order if issue else 0
    )


def _regions(policy: Policy, parents: Mapping[str, str | None]) -> tuple[str, ...]:
    """Its region and those around it, the nation only for what is the nation's own."""
    if policy.level == Policy.Level.NATIONAL:
        return (NATION,)
    chain = []
    code = policy.region_id
    while code and code != NATION:
        chain.append(code)
        code = parents.get(code)
    return tuple(chain)


def _responsible(policies: Iterable[int]) -> dict[int, set[int]]:
    """The agencies of each provision."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = ResponsibleAgency.objects.standing().filter(responsibility__policy__in=policies)
    for provision, agency in rows.order_by().values_list("responsibility__provision_id", "agency_id"):
        found[provision].add(agency)
    return found
