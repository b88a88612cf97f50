"""Resolve references: what a citation means becomes a policy and a clause of the base."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import connection, transaction
from django.db.models import IntegerField, Q, Value
from django.db.models.functions import Cast, Length, Replace

from policies.cited_places import CitedPlace, names_one_article, read_place
from policies.history import touch
from policies.models import Policy, Provision, Reference, Region
from policies.provision_tree import LISTED, Found, Node, ProvisionTree
from policies.quotes import QuoteFinder
from policies.titles import NATION, Stage, Title, TitleReader
from policies.turns import take_turn

REPEALS = "废止"  # what a document says of its own earlier edition

UPDATE = """
UPDATE policies_reference AS reference
SET cited_policy_id = found.policy, cited_clause_id = found.clause, cited_fragment = found.fragment
FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[]) AS found(id, policy, clause, fragment)
WHERE reference.id = found.id
"""
SET_KEYS = """
UPDATE {table} AS citing SET title_key = known.key
FROM unnest(%s::bigint[], %s::text[]) AS known(id, key)
WHERE citing.id = known.id AND citing.title_key <> known.key
"""


@dataclass(frozen=True, slots=True)
class _Document:
    """A policy as citations choose between policies: what its title says, where it is of, its day.

    `origin` tells texts apart that nothing else does, whichever was loaded first.
    """

    pk: int
    title: Title
    region: str | None
    draft: bool
    digest: bool
    day: date | None
    origin: tuple[str, int]


class _Speech:
    """A clause as it is read through, citation by citation.

    `lead` is the article that the words above a list name; a bare 第二项 in the list is of that one.
    """

    def __init__(self, provision: Provision | None, lead: Mapping[str, str] | None):
        self._paragraphs = _paragraphs(provision)
        self._quotes = QuoteFinder(self._paragraphs)
        self._listed = provision is not None and provision.type in LISTED
        self._place: tuple[int, int] | None = None
        self._said: tuple[int, int] | None = None  # where an article of the own document was last named
        self._units: Mapping[str, str] = lead if lead and self._listed else {}

    def hear(self, quote: str) -> int | None:
        """The 1-based paragraph in which the next citation stands."""
        self._place = self._quotes.next(quote)
        return self._place[0] + 1 if self._place else None

    def complete(self, place: CitedPlace, quote: str) -> CitedPlace:
        """The place just heard; 第二款 after 第十七条第一款 in one sentence, or one list, is of the same article."""
        if "条" in place.units:
            self._said, self._units = self._place, place.units
        elif self._units and not place.back and not quote.startswith("本") and (self._listed or self._goes_on()):
            outer = {kind: self._units[kind] for kind in ("条", "款") if kind in self._units}
            return CitedPlace(outer | dict(place.units))
        return place

    def _goes_on(self) -> bool:
        if not self._place or not self._said or self._place[0] != self._said[0]:
            return False
        return "。" not in self._paragraphs[self._place[0]][self._said[1] : self._place[1]]


def resolve_references(policy_ids: Iterable[int], *, titles: Iterable[str] = ()) -> int:
    """Find what the references of these policies, and the references to them, cite; how many of those changed.

    `titles` are title keys of policies that are gone or had other titles: what cited those is looked up again.
    Policies whose citations changed count as updated.  A fixed number of queries, however many rows; all in the
    caller's transaction, or in one of its own.
    """
    ids = list(policy_ids)
    with transaction.atomic():
        take_turn()
        reader = TitleReader(Region.objects.values_list("code", "name", "short_name"))
        keys = _set_keys(ids, reader)
        concerned = Q(policy__in=ids) | Q(cited_policy__in=ids) | Q(title_key__in={*keys, *titles} - {""})
        references = list(
            Reference.objects.filter(concerned)
            .defer("rule", "confidence")
            .select_related("provision")
            .order_by("policy_id", "provision_id", "id")
        )
        gone = set(titles) - keys  # with their policies went what the references cited
        changed = [reference for reference in _resolve(references, reader) if reference]
        _write(changed)
        touch({r.policy_id for r in changed} | {r.policy_id for r in references if r.title_key in gone})
    return len(changed)


def _set_keys(ids: Sequence[int], reader: TitleReader) -> set[str]:
    """Store the title keys of these policies and of their references; the policies' keys."""
    policies = {
        pk: reader.read(title).key for pk, title in Policy.objects.filter(pk__in=ids).values_list("pk", "title")
    }
    rows = Reference.objects.filter(policy__in=ids).exclude(title="").values_list("pk", "title")
    known: dict[str, str] = {}
    references = {pk: known.get(title) or known.setdefault(title, reader.read(title).key) for pk, title in rows}
    with connection.cursor() as cursor:
        for model, found in ((Policy, policies), (Reference, references)):
            if found:
                cursor.execute(SET_KEYS.format(table=model._meta.db_table), [list(found), list(found.values())])
    return set(policies.values())


def _resolve(references: Sequence[Reference], reader: TitleReader) -> Iterable[Reference]:
    """The references whose rows must change, changed."""
    documents = _documents({r.policy_id for r in references}, {r.title_key for r in references} - {""}, reader)
    by_key: defaultdict[str, list[_Document]] = defaultdict(list)
    for document in documents.values():
        by_key[document.title.key].append(document)
    parents = dict(Region.objects.values_list("code", "parent_id"))
    cited = {r.pk: _cited(r, documents[r.policy_id], by_key, parents, reader) for r in references}
    leads = _leads(references)
    trees = _trees(cited[r.pk] or r.policy_id for r in references if r.cited_provision and (cited[r.pk] or not r.title))
    for _, group in groupby(references, key=lambda r: (r.policy_id, r.provision_id)):
        speech: _Speech | None = None
        for reference in group:
            provision = reference.provision
            speech = speech or _Speech(provision, leads.get(provision.parent_id or 0) if provision else None)
            found = _clause(reference, cited[reference.pk], trees, speech)
            new = (cited[reference.pk], found.clause if found else None, found.fragment if found else "")
            if new != (reference.cited_policy_id, reference.cited_clause_id, reference.cited_fragment):
                reference.cited_policy_id, reference.cited_clause_id, reference.cited_fragment = new
                yield reference


def _leads(references: Iterable[Reference]) -> dict[int, Mapping[str, str]]:
    """The article that a provision's own words name, by its id, where that is one alone."""
    named: defaultdict[int, list[Reference]] = defaultdict(list)
    for reference in references:
        if not reference.title and reference.provision_id and "条" in reference.cited_provision:
            named[reference.provision_id].append(reference)
    return {
        provision: read_place(found[0].cited_provision).units
        for provision, found in named.items()
        if len({r.cited_provision for r in found}) == 1 and names_one_article(found[0].cited_provision)
    }


def _documents(citing: set[int], keys: set[str], reader: TitleReader) -> dict[int, _Document]:
    """The policies that cite, and those that bear one of the cited titles."""
    rows = Policy.objects.filter(Q(pk__in=citing) | Q(title_key__in=keys)).select_related("issue", "source")
    return {
        policy.pk: _Document(
            policy.pk,
            title := reader.read(policy.title),
            policy.region_id,
            policy.status == Policy.Status.DRAFT or title.stage is Stage.DRAFT,
            policy.kind in (Policy.Kind.NEWS, Policy.Kind.REPORT),
            policy.day,
            (policy.source.sha256, policy.order),
        )
        for policy in rows.only(
            *("title", "region", "status", "kind", "order", "issued_on", "adopted_on", "effective_on"),
            *("issue__published_on", "source__sha256"),
        )
    }


def _cited(
    reference: Reference,
    citing: _Document,
    by_key: Mapping[str, Sequence[_Document]],
    parents: Mapping[str, str | None],
    reader: TitleReader,
) -> int | None:
    """The policy that a reference names: of its region, its stage, and the edition of the citing day."""
    if not reference.title:
        return None
    named = reader.read(reference.title)
    regions = _chain(citing.region, parents)
    nearness = {document.pk: _nearness(document, named, regions) for document in by_key.get(named.key, ())}
    fitting = [d for d in by_key.get(named.key, ()) if nearness[d.pk] is not None and _fits(d, citing, named)]
    itself = citing in fitting
    if itself and reference.provision and REPEALS in reference.provision.words():
        fitting = [d for d in fitting if d is not citing and not _after(d, citing)]
    elif itself:
        return citing.pk
    best = min(
        fitting,
        default=None,
        key=lambda d: (
            *(nearness[d.pk], not _of_year(d, named), d.title.stage != named.stage),
            *(*_age(d, citing), d.digest, d.origin),
        ),
    )
    return best.pk if best else None


def _chain(region: str | None, parents: Mapping[str, str | None]) -> list[str]:
    """A region and those around it, without the nation."""
    chain: list[str] = []
    while region and region != NATION:
        chain.append(region)
        region = parents.get(region)
    return chain


def _nearness(document: _Document, named: Title, regions: Sequence[str]) -> int | None:
    """0 for a document of the region that is named, or of the citing one; more for those around it; None for others.

    A title without a region is the nation's, 《城市绿化条例》, and not that of 开封市城市绿化条例; only where the
    document's own name has no region either may it be one of the citing region.
    """
    if places := named.places or named.issuer_places:
        return 0 if document.title.places == places or (document.region or NATION) in places else None
    if document.title.places - {NATION}:
        return None
    if document.region is None:
        return len(regions)
    return regions.index(document.region) if document.region in regions else None


def _fits(document: _Document, citing: _Document, named: Title) -> bool:
    """A draft is cited by a title that says so, a final text not by one that says draft, trial or another year."""
    if named.year and document.title.year and named.year != document.title.year:
        return False
    if document.pk == citing.pk:
        return True
    if named.stage is Stage.DRAFT or document.draft:
        return document.draft and named.stage is Stage.DRAFT
    return named.stage is Stage.FINAL or document.title.stage is Stage.TRIAL


def _of_year(document: _Document, named: Title) -> bool:
    """Whether it is the edition of the year that the title names, if it names one."""
    return named.year in (None, document.title.year, document.day and document.day.year)


def _after(document: _Document, citing: _Document) -> bool:
    return bool(document.day and citing.day and document.day >= citing.day)


def _age(document: _Document, citing: _Document) -> tuple[int, int]:
    """Sorts editions: the last before the citing day, then the first after it, then those without a day."""
    if document.day is None:
        return (2, 0)
    if citing.day is None or document.day <= citing.day:
        return (0, -document.day.toordinal())
    return (1, document.day.toordinal())


def _trees(policy_ids: Iterable[int]) -> dict[int, ProvisionTree]:
    def lines(name: str):
        return Cast(Length(name) - Length(Replace(name, Value("\n"), Value(""))) + 1, IntegerField())

    rows = (
        Provision.objects.standing()
        .filter(policy__in=set(policy_ids))
        .order_by("policy_id", "position")
        .annotate(lines=lines("text"), tail_lines=lines("tail"), length=Length("text"), tail_length=Length("tail"))
        .values_list("policy_id", "pk", "parent_id", "type", "eid", "lines", "tail_lines", "length", "tail_length")
    )
    return {
        policy: ProvisionTree(
            Node(pk, parent, type_, eid, paragraphs if length else 0, tail if tail_length else 0)
            for _, pk, parent, type_, eid, paragraphs, tail, length, tail_length in group
        )
        for policy, group in groupby(rows.iterator(), key=lambda row: row[0])
    }


def _clause(
    reference: Reference, cited: int | None, trees: Mapping[int, ProvisionTree], speech: _Speech
) -> Found | None:
    own = not reference.title
    place = read_place(reference.cited_provision)
    paragraph = speech.hear(reference.quote)
    if own:
        place = speech.complete(place, reference.quote)
    tree = trees.get(reference.policy_id if own else cited or 0)
    if tree is None or not reference.cited_provision:
        return None
    return tree.find(place, reference.provision_id, paragraph) if own else tree.find(place)


def _paragraphs(provision: Provision | None) -> list[str]:
    return [p for text in (provision.text, provision.tail) if text for p in text.split("\n")] if provision else []


def _write(references: Sequence[Reference]) -> None:
    if not references:
        return
    columns = zip(*((r.pk, r.cited_policy_id, r.cited_clause_id, r.cited_fragment) for r in references), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(UPDATE, [list(column) for column in columns])
