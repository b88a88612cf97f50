"""The loose mode: the words of a query instead of its exact texts, for when these find nothing."""

from dataclasses import replace

from search import analysis
from search.tree import All, Contains, Node, Some, all_of

FUNCTION_WORDS = frozenset("的了和与及或在对为是以将等并其由向按从被把") | {
    "以及", "对于", "关于", "有关", "如何", "什么", "哪些", "怎么", "怎样",
}  # fmt: skip


def loosened(node: Node) -> Node:
    """The tree that asks for the words of each text, wherever they stand; what is not to be found stays exact."""
    if isinstance(node, Contains):
        return all_of([Contains(piece) for piece in pieces(node.text)]) or node
    if isinstance(node, All):
        return all_of([loosened(part) for part in node.parts]) or node
    if isinstance(node, Some):
        return replace(node, parts=tuple(loosened(part) for part in node.parts))
    return node


def pieces(folded: str) -> list[str]:
    """Its words in their order, without function words; a single character goes with the word before it,
    the first with the one behind, for alone it would be found nearly everywhere."""
    found: list[str] = []
    for run in analysis.RUN.finditer(folded):
        words = [word for word in analysis.words(run.group()) if word not in FUNCTION_WORDS]
        joined: list[str] = []
        for word in words:
            if joined and (len(word) == 1 or len(joined[-1]) == 1) and joined[-1] + word in run.group():
                joined[-1] += word
            else:
                joined.append(word)
        found += joined
    return list(dict.fromkeys(found))
