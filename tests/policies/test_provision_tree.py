"""Cited places found in a policy's tree."""

import pytest

from policies.cited_places import read_place
from policies.provision_tree import Found, Node, ProvisionTree

# 第一章 has articles 1 and 2, 第二章 3 to 5; article 4 lists two 项 and has a tail; an attachment counts anew.
NODES = [
    Node(1, None, "chapter", "chp_1", 0, 0),
    Node(11, 1, "article", "chp_1__art_1", 1, 0),
    Node(12, 1, "article", "chp_1__art_2", 3, 0),
    Node(2, None, "chapter", "chp_2", 0, 0),
    Node(23, 2, "article", "chp_2__art_3", 2, 0),
    Node(231, 2, "article", "chp_2__art_3_1", 1, 0),
    Node(24, 2, "article", "chp_2__art_4", 2, 1),
    Node(241, 24, "subitem", "chp_2__art_4__point_1", 1, 0),
    Node(242, 24, "subitem", "chp_2__art_4__point_2", 1, 0),
    Node(25, 2, "article", "chp_2__art_5", 1, 0),
    Node(9, None, "attachment", "att_1", 0, 0),
    Node(91, 9, "article", "att_1__art_1", 1, 0),
    Node(92, 9, "article", "att_1__art_2", 1, 0),
]
TREE = ProvisionTree(NODES)


@pytest.mark.parametrize(
    ("printed", "clause", "fragment"),
    [
        ("第二章", 2, ""),
        ("第三条", 23, ""),
        ("第三条之一", 231, ""),
        ("第二条第三款", 12, "chp_1__art_2__para_3"),
        ("第四条第三款", 24, "chp_2__art_4__para_3"),
        ("第四条第二款第二项", 242, ""),
        ("第四条第九项", 24, ""),
        ("第二条第九款", 12, ""),
        ("第一条", 11, ""),
    ],
)
def test_a_place_of_another_document(printed, clause, fragment):
    found = TREE.find(read_place(printed))
    assert found == Found(clause, fragment)


@pytest.mark.parametrize("printed", ["第九条", "第七章", "第二款", "第一项", "前款", "有关规定"])
def test_a_place_that_is_not_there(printed):
    assert TREE.find(read_place(printed)) is None


@pytest.mark.parametrize(
    ("printed", "citing", "paragraph", "clause", "fragment"),
    [
        ("前款", 12, 3, 12, "chp_1__art_2__para_2"),
        ("前两款", 12, 3, 12, "chp_1__art_2__para_1"),
        ("前款第一项", 24, 3, 241, ""),
        ("前款", 241, 1, 24, "chp_2__art_4__para_1"),
        ("前项", 242, 1, 241, ""),
        ("前条", 23, 1, 12, ""),
        ("前条第二款", 24, 1, 231, ""),
        ("前两条第一款", 24, 1, 23, "chp_2__art_3__para_1"),
        ("第一款", 12, 2, 12, "chp_1__art_2__para_1"),
        ("第二项", 24, 3, 242, ""),
        ("第一条", 92, 1, 91, ""),
    ],
)
def test_a_place_of_the_own_document_is_seen_from_where_it_is_said(printed, citing, paragraph, clause, fragment):
    found = TREE.find(read_place(printed), citing, paragraph)
    assert found == Found(clause, fragment)


@pytest.mark.parametrize(
    ("printed", "citing", "paragraph"), [("前款", 12, 1), ("前条", 11, 1), ("前项", 241, 1), ("第五款", 12, 1)]
)
def test_nothing_lies_before_the_first(printed, citing, paragraph):
    assert TREE.find(read_place(printed), citing, paragraph) is None
