"""The fields of a tantivy index, and the query that each part of a tree becomes over them."""

import re
from collections.abc import Iterable
from functools import lru_cache

from tantivy import Occur, Query, Schema, SchemaBuilder

from search.engines.base import CLAUSE_FACET, UnresolvedError, Values
from search.tree import Contains, Field, In, Node, Not, Some

FACETS = ("state", "kind", "level", "region", "year", "column", "issue", CLAUSE_FACET)
NUMBER = re.compile("[0-9]{1,18}")  # what 64 bits hold in any case
GAP = "\x1f"  # stands for a space inside a term; folded text has no controls


@lru_cache(maxsize=1)
def schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("b", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("u", tokenizer_name="whitespace", index_option="basic")
    for name in ("w", "h", "t"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_integer_field("clause", fast=True)
    builder.add_integer_field("policy", indexed=True, fast=True)
    builder.add_integer_field("date", fast=True)
    builder.add_integer_field("issue", fast=True)
    builder.add_integer_field("fingerprint", fast=True)
    for name in FACETS:
        builder.add_text_field(facet_field(name), tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def matching(node: Node) -> Query:
    """The clauses that match the tree."""
    if isinstance(node, Contains):
        return contains(node.text)
    if isinstance(node, In):
        return having(node.facet, node.values)
    if isinstance(node, Field):
        raise UnresolvedError(node.name)
    if isinstance(node, Not):
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, matching(node.part))])
    if isinstance(node, Some):
        return Query.boolean_query([(Occur.Should, matching(part)) for part in node.parts])
    return all_of([matching(part) for part in node.parts])


def contains(text: str) -> Query:
    """Every second pair and the last, at their distances, are the whole text."""
    if len(text) == 1:
        return Query.term_query(schema(), "u", text)
    places = sorted({*range(0, len(text) - 1, 2), len(text) - 2})
    if len(places) == 1:
        return Query.term_query(schema(), "b", term(text))
    return Query.phrase_query(schema(), "b", [(place, term(text[place : place + 2])) for place in places])


def adding(name: str, finished: str, score: float) -> Query:
    """What has the finished term in the field, scored so."""
    return Query.const_score_query(Query.term_query(schema(), name, finished), score)


def having(facet: str, values: Iterable[str]) -> Query:
    if facet == "policy":
        return any_of("policy", (int(value) for value in values if NUMBER.fullmatch(value)))
    return any_of(facet_field(facet), values) if facet in FACETS else Query.empty_query()


def in_policy(policy: int) -> Query:
    return Query.term_query(schema(), "policy", policy)


def any_of(name: str, values: Iterable[int | str]) -> Query:
    given = list(values)
    return Query.term_set_query(schema(), name, given) if given else Query.empty_query()


def filtered(filters: Values) -> list[Query]:
    return [having(facet, values) for facet, values in filters.items()]


def all_of(queries: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def facet_field(name: str) -> str:
    return f"facet_{name}"


def joined(terms: Iterable[str]) -> str:
    return " ".join(map(term, terms))


def term(text: str) -> str:
    return text.replace(" ", GAP)
