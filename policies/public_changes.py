"""Announcing: what a transaction changed of what readers see goes into the feed, record by record.

What readers see of a record is told by a digest: of its row, and of what else its answer in the API says of
other rows.  Counts, and what a record repeats of its policy (title, region, `updated_at`), are left out: the
policy's own entry tells of those.  A digest may be of more than readers see; an entry too many does no harm.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q

from policies.models import Agency, Edition, Issue, Policy, PublicChange, Reference, Succession
from policies.selectors.agencies import agencies_of

Kind = PublicChange.Kind

TURN = int.from_bytes(b"public")  # the advisory lock that is held until the commit
AT_ONCE = 100  # policies of which all records are compared together

_SHOWN = """({0}.merged_into_id IS NULL AND ({0}.known
    OR EXISTS (SELECT FROM policies_issuer i JOIN policies_policy p ON p.id = i.policy_id
               WHERE i.agency_id = {0}.id AND p.state = 'published')
    OR EXISTS (SELECT FROM policies_responsibleagency a JOIN policies_responsibility r ON r.id = a.responsibility_id
               JOIN policies_policy p ON p.id = r.policy_id
               WHERE a.agency_id = {0}.id AND r.review <> 'rejected' AND p.state = 'published')))"""

_ISSUES = """
SELECT t.id, NULL::bigint, ROW(t, (
    SELECT string_agg(ROW(c.position, c.column, c.page, c.title, p.id)::text, '' ORDER BY c.position)
    FROM policies_contentsentry c
    LEFT JOIN policies_policy p ON p.id = c.policy_id AND p.issue_id = t.id AND p.state = 'published'
    WHERE c.issue_id = t.id))
FROM policies_issue t WHERE t.state = 'published' AND t.id = ANY(%(records)s)
"""
_POLICIES = """
SELECT t.id, t.id, ROW(t, i.year, i.number,
    (SELECT string_agg(a.name, '|' ORDER BY r.position) FROM policies_issuer r
     JOIN policies_agency a ON a.id = r.agency_id WHERE r.policy_id = t.id),
    (SELECT string_agg(topic_id, '|' ORDER BY topic_id) FROM policies_policy_topics WHERE policy_id = t.id),
    (SELECT string_agg(ROW(e, o.slug, o.title, o.region_id)::text, '' ORDER BY e.id) FROM policies_edition e
     JOIN policies_policy o ON o.id IN (e.earlier_id, e.later_id) AND o.id <> t.id AND o.state = 'published'
     WHERE t.id IN (e.earlier_id, e.later_id)))
FROM policies_policy t LEFT JOIN policies_issue i ON i.id = t.issue_id
WHERE t.state = 'published' AND t.id = ANY(%(records)s)
"""
_AGENCIES = """
SELECT t.id, NULL::bigint, ROW(t,
    (SELECT string_agg(name, '|' ORDER BY name) FROM policies_agencyname WHERE agency_id = t.id),
    (SELECT string_agg(ROW(s, o.name)::text, '' ORDER BY s.id) FROM policies_succession s
     JOIN policies_agency o ON o.id IN (s.predecessor_id, s.successor_id) AND o.id <> t.id AND {other_shown}
     WHERE t.id IN (s.predecessor_id, s.successor_id)))
FROM policies_agency t WHERE {shown} AND t.id = ANY(%(records)s)
"""
_ROWS = """
SELECT t.id, t.policy_id, ROW(t, p.slug, place.eid, place.path, {more})
FROM {table} t JOIN policies_policy p ON p.id = t.policy_id AND p.state = 'published'
LEFT JOIN policies_provision place ON place.id = t.{place}_id {joins}
WHERE {standing} AND (t.policy_id = ANY(%(policies)s) OR t.id = ANY(%(records)s))
"""


def _rows(table: str, *, place: str = "provision", more: str = "NULL", joins: str = "", reviewed: bool = True) -> str:
    standing = "t.review <> 'rejected'" if reviewed else "TRUE"
    return _ROWS.format(table=f"policies_{table}", place=place, more=more, joins=joins, standing=standing)


# What readers see of each kind: id, policy, and everything that their answer follows from.
_SEEN: dict[Kind, str] = {
    Kind.ISSUES: _ISSUES,
    Kind.POLICIES: _POLICIES,
    Kind.PROVISIONS: _rows("provision", place="parent"),
    Kind.TARGETS: _rows("target"),
    Kind.RESPONSIBILITIES: _rows(
        "responsibility",
        more="""(SELECT string_agg(ROW(m, a.name, a.is_group, a.known)::text, '' ORDER BY m.position)
            FROM policies_responsibleagency m JOIN policies_agency a ON a.id = m.agency_id
            WHERE m.responsibility_id = t.id)""",
    ),
    Kind.OBLIGATIONS: _rows("obligation"),
    Kind.REFERENCES: _rows(
        "reference",
        more="c.id, c.slug, c.title, c.region_id, k.eid, k.path",
        joins="""LEFT JOIN policies_policy c ON c.id = t.cited_policy_id AND c.state = 'published'
            LEFT JOIN policies_provision k ON k.id = t.cited_clause_id AND k.policy_id IN (c.id, t.policy_id)""",
    ),
    Kind.TABLES: _rows("table", reviewed=False),
    Kind.OBSERVATIONS: _rows("observation"),
    Kind.AGENCIES: _AGENCIES.format(shown=_SHOWN.format("t"), other_shown=_SHOWN.format("o")),
}
_DIFFERING = """
WITH seen (record, policy, said) AS ({seen}),
now AS (SELECT record, policy, md5(said::text)::uuid AS digest FROM seen),
known AS (
    SELECT DISTINCT ON (record) record, policy, digest FROM policies_publicchange
    WHERE kind = %(kind)s AND (policy = ANY(%(policies)s) OR record = ANY(%(records)s)) ORDER BY record, id DESC)
SELECT %(kind)s, coalesce(now.record, known.record), coalesce(now.policy, known.policy),
    CASE WHEN now.digest IS NULL THEN 'removed' WHEN known.digest IS NULL THEN 'created' ELSE 'updated' END,
    now.digest, statement_timestamp()
FROM now FULL JOIN known ON known.record = now.record
WHERE now.digest IS DISTINCT FROM known.digest {but} ORDER BY 2
"""
_ANNOUNCE = "INSERT INTO policies_publicchange (kind, record, policy, operation, digest, at)" + _DIFFERING
# What was public before there was a feed stands in it with the digest of nothing.
_BUT_UNKNOWN = "AND NOT (now.digest IS NOT NULL AND known.digest = '00000000-0000-0000-0000-000000000000')"
_POLICIES_EVER = """
SELECT id FROM policies_policy UNION
SELECT policy FROM policies_publicchange WHERE policy IS NOT NULL ORDER BY 1
"""
_RECORDS_EVER = """
SELECT id FROM {table} UNION SELECT record FROM policies_publicchange WHERE kind = %s ORDER BY 1
"""
_CONCERNING = """
SELECT id FROM unnest(%(ids)s::bigint[]) AS id
WHERE EXISTS (SELECT FROM policies_policy p WHERE p.id = id.id AND p.state = 'published')
   OR EXISTS (SELECT FROM policies_publicchange c WHERE c.kind = 'policies' AND c.record = id.id)
"""


@dataclass(frozen=True, slots=True)
class _Scope:
    """Which records of a kind are looked at: those of these policies, and these."""

    policies: set[int] = field(default_factory=set)
    records: set[int] = field(default_factory=set)


def announce(
    *,
    policies: Iterable[int] = (),
    facts_of: Iterable[int] = (),
    issues: Iterable[int] = (),
    agencies: Iterable[int] = (),
) -> None:
    """Add to the feed what the caller's transaction changed for readers; called at its end, in the transaction.

    All arguments are ids, of rows that are gone too.  `policies` may have changed with all their records;
    `facts_of` in what they take from elsewhere: issuers, responsible agencies, what they cite, their editions.
    Who announces something waits until those who did before have committed, and so sees what they did.
    """
    policies, facts_of = set(policies), set(facts_of)
    concerning = _concerning(policies | facts_of)
    policies, facts_of = policies & concerning, facts_of & concerning
    issues, agencies = set(issues), set(agencies)
    if policies or facts_of or issues or agencies:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
        _write(_scopes(policies, facts_of, issues, agencies))


def _concerning(policies: set[int]) -> set[int]:
    """Those that readers see, or ever saw: nobody publishes the others meanwhile, as their rows are locked."""
    if not policies:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(_CONCERNING, {"ids": list(policies)})
        return {pk for (pk,) in cursor.fetchall()}


def _scopes(policies: set[int], facts_of: set[int], issues: set[int], agencies: set[int]) -> Mapping[Kind, _Scope]:
    """Everything of which readers may see something else, by kind."""
    facts = policies | facts_of | set(Policy.objects.filter(issue__in=issues).values_list("pk", flat=True))
    for pair in Edition.objects.filter(Q(earlier__in=policies) | Q(later__in=policies)).values_list("earlier", "later"):
        facts |= set(pair)
    citing = set(Reference.objects.filter(cited_policy__in=policies).values_list("pk", flat=True))
    agencies = agencies | agencies_of(policies)
    around = Succession.objects.filter(Q(predecessor__in=agencies) | Q(successor__in=agencies))
    agencies = agencies.union(*around.values_list("predecessor", "successor"))
    return {
        **dict.fromkeys(_SEEN, _Scope(policies)),
        Kind.ISSUES: _Scope(records=issues),
        Kind.POLICIES: _Scope(records=facts),
        Kind.RESPONSIBILITIES: _Scope(facts),
        Kind.REFERENCES: _Scope(facts, citing),
        Kind.AGENCIES: _Scope(records=agencies),
    }


def _write(scopes: Mapping[Kind, _Scope]) -> None:
    with connection.cursor() as cursor:
        for kind, scope in scopes.items():
            if scope.policies or scope.records:
                cursor.execute(_ANNOUNCE.format(seen=_SEEN[kind], but=""), _asked(kind, scope))


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that the feed lacks."""

    kind: str
    record: int
    policy: int | None
    operation: str


def differences() -> Iterator[Difference]:
    """What readers see now otherwise than the feed tells, over the whole base, some policies at a time."""
    whole = {Kind.ISSUES: Issue, Kind.AGENCIES: Agency}
    for kind, model in whole.items():
        ids = _ids(_RECORDS_EVER.format(table=model._meta.db_table), [kind])
        yield from _differing(kind, _Scope(records=set(ids)))
    policies = _ids(_POLICIES_EVER)
    for start in range(0, len(policies), AT_ONCE):
        portion = set(policies[start : start + AT_ONCE])
        for kind in (kind for kind in _SEEN if kind not in whole):
            yield from _differing(kind, _Scope(records=portion) if kind == Kind.POLICIES else _Scope(policies=portion))


def _differing(kind: Kind, scope: _Scope) -> list[Difference]:
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERING.format(seen=_SEEN[kind], but=_BUT_UNKNOWN), _asked(kind, scope))
        return [Difference(*row[:4]) for row in cursor.fetchall()]


def _ids(query: str, parameters: Any = None) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return [pk for (pk,) in cursor.fetchall()]


def _asked(kind: Kind, scope: _Scope) -> dict[str, Any]:
    return {"kind": kind, "policies": list(scope.policies), "records": list(scope.records)}
