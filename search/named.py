"""What a query names: the policies called so (数据条例), and of these the article (数据条例 第二十一条).

Labels and titles are no part of a clause's text, so that a search never finds a clause by them; what they
lead to is offered beside the hits.
"""

import re
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from policies.cited_places import NUMERAL, read_place
from policies.models import Policy, Provision
from search.asking import Asked
from search.query import parse
from search.titles import titled
from search.tree import All, Contains

MOST = 3  # that are offered
SHORTEST = 2  # characters of a title
SEVERAL = 10  # policies; a word that is in more titles names none of them
ARTICLE = re.compile(f"第{NUMERAL}条(?:之{NUMERAL})?")


@dataclass(frozen=True, slots=True)
class Named:
    """At most MOST, those with the shortest titles first; `policies` is empty where an article is named."""

    policies: list[Policy] = field(default_factory=list)
    clauses: list[Provision] = field(default_factory=list)
    left_out: int = 0


def named(asked: Asked, policies: QuerySet[Policy]) -> Named:
    """What the query's texts name among `policies`: policies where it has no filters, or articles; an article
    alone is one of the policy that is searched in."""
    title, article = _read(asked)
    chosen = asked.filters.get("policy", ())
    if sum(map(len, title)) >= SHORTEST:
        known = set(policies.filter(pk__in=(order := titled(*title))).values_list("pk", flat=True))
        ids = [pk for pk in order if pk in known]
    elif article and not title and len(chosen) == 1 and chosen[0].isdecimal() and len(chosen[0]) < 19:
        ids = list(policies.filter(pk=chosen[0]).values_list("pk", flat=True))
    else:
        return Named()
    if len(ids) > SEVERAL:
        return Named()
    if article:
        at = Q(eid=f"art_{article}") | Q(eid__endswith=f"__art_{article}")
        rows = Provision.objects.standing().filter(at, policy__in=ids).select_related("policy")
        clauses = sorted(rows, key=lambda clause: (ids.index(clause.policy_id), clause.position))
        return Named(clauses=clauses[:MOST], left_out=len(clauses[MOST:]))
    if asked.filters:
        return Named()
    found = policies.in_bulk(ids[:MOST])
    return Named(policies=[found[pk] for pk in ids[:MOST]], left_out=len(ids[MOST:]))


def _read(asked: Asked) -> tuple[list[str], str]:
    """The folded words of a title, and the article's number as eids have it; nothing for what is no plain text."""
    tree = parse(asked.text).tree
    parts = tree.parts if isinstance(tree, All) else (tree,)
    title, article = [], ""
    for part in parts:
        if not isinstance(part, Contains):
            return [], ""
        found = ARTICLE.search(part.text)
        if found and not article:
            article = read_place(found.group()).units["条"]
        words = (part.text[: found.start()] if found else part.text).strip("《》")
        title += [words] if words else []
    return title, article
