"""The provisions of one policy by their numbers, to find the one that a citation means."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from policies.cited_places import CitedPlace
from policies.models import Provision

NUMBER = re.compile(r"_(?P<number>\d+(?:_\d+)?)(?:-\d+)?$")
Type = Provision.Type
OUTER = {"编": Type.PART, "章": Type.CHAPTER, "节": Type.SECTION}
LISTED = (Type.SUBITEM, Type.ITEM)


@dataclass(frozen=True, slots=True)
class Node:
    """A provision's place in the tree; `paragraphs` and `tail_paragraphs` count its 款 before and after its list."""

    pk: int
    parent: int | None
    type: str
    eid: str
    paragraphs: int
    tail_paragraphs: int

    @property
    def number(self) -> str:
        found = NUMBER.search(self.eid)
        return found["number"] if found else ""


@dataclass(frozen=True, slots=True)
class Found:
    """A cited clause, and the anchor of a paragraph in it if one is meant."""

    clause: int
    fragment: str = ""


class ProvisionTree:
    def __init__(self, nodes: Iterable[Node]):
        """`nodes` are all those of a policy in the order of the text."""
        self._nodes = {node.pk: node for node in nodes}
        self._children: defaultdict[int | None, list[Node]] = defaultdict(list)
        self._numbered: defaultdict[tuple[str, str], list[Node]] = defaultdict(list)
        for node in self._nodes.values():
            self._children[node.parent].append(node)
            self._numbered[node.type, node.number].append(node)
        self._articles = [node for node in self._nodes.values() if node.type == Type.ARTICLE]

    def find(self, place: CitedPlace, citing: int | None = None, paragraph: int | None = None) -> Found | None:
        """The clause of a place; None where there is no such one.

        `citing` is the provision of this policy that speaks, and `paragraph` (1-based) the one of its 款 that does,
        from which 前款 counts.  A 款 or 项 that the text lacks leads to its article, if the place names that.
        """
        here = self._nodes.get(citing or 0)
        article = self._above(here, Type.ARTICLE)
        if place.back:
            return self._find_back(place, here, article, paragraph)
        units = place.units
        paragraph = int(units["款"]) if "款" in units else None
        if "条" in units:
            return self._inside(
                self._nearest(Type.ARTICLE, units["条"], here, self._outer(place, here)), place, paragraph
            )
        if {"款", "项", "目"} & units.keys():
            found = self._inside(article, place, paragraph)
            return found if found and (found.fragment or (article and found.clause != article.pk)) else None
        outer = self._outer(place, here)
        return Found(outer.pk) if outer else None

    def _find_back(
        self, place: CitedPlace, here: Node | None, article: Node | None, paragraph: int | None
    ) -> Found | None:
        kind, count = place.back or ("", 0)
        if kind == "项":
            siblings = self._children[here.parent] if here else []
            at = siblings.index(here) - count if here else -1
            return Found(siblings[at].pk) if at >= 0 and siblings[at].type in LISTED else None
        if article is None:
            return None
        if kind == "条":
            at = self._articles.index(article) - count
            return self._inside(self._articles[at], place, int(place.units.get("款", 0)) or None) if at >= 0 else None
        speaking = paragraph if here is article else article.paragraphs
        if not speaking or speaking <= count:
            return None
        return self._inside(article, place, speaking - count)

    def _inside(self, article: Node | None, place: CitedPlace, paragraph: int | None) -> Found | None:
        """The 项 and 目 of an article, or the anchor of its 款."""
        if article is None:
            return None
        found = article
        for kind in ("项", "目"):
            if number := place.units.get(kind):
                listed = (n for n in self._children[found.pk] if n.type in LISTED and n.number == number)
                found = next(listed, found)
        exists = paragraph and 1 <= paragraph <= article.paragraphs + article.tail_paragraphs
        return Found(found.pk, f"{article.eid}__para_{paragraph}" if exists and found is article else "")

    def _outer(self, place: CitedPlace, here: Node | None) -> Node | None:
        """The innermost 编, 章 or 节 that the place names."""
        outer: Node | None = None
        for kind, type_ in OUTER.items():
            if number := place.units.get(kind):
                within = outer or (self._above(here, Type.CHAPTER) if kind == "节" else None)
                outer = self._nearest(type_, number, here, within)
                if outer is None:
                    return None
        return outer

    def _nearest(self, type_: str, number: str, here: Node | None, within: Node | None) -> Node | None:
        """The node of this number, inside `within`; of several the one that shares most of its address with `here`."""
        nodes = [n for n in self._numbered[type_, number] if not within or n.eid.startswith(f"{within.eid}__")]
        spoken = here.eid.split("__") if here else []
        return max(nodes, key=lambda node: _shared(node.eid.split("__"), spoken), default=None)

    def _above(self, node: Node | None, type_: str) -> Node | None:
        while node and node.type != type_:
            node = self._nodes.get(node.parent or 0)
        return node


def _shared(one: list[str], other: list[str]) -> int:
    """How many parts from the front two addresses share; one in an attachment is farther than any in the text."""
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    return same if same or not one[0].startswith("att") else -1
