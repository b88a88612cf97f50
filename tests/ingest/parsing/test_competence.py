"""Who is competent, said without a modal word."""

import pytest

from ingest.parsing.clauses import Clause
from ingest.parsing.competence import competence_in


def body(words):
    found = competence_in(Clause(0, len(words), words))
    return found and found[1]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("由发起人提出申请", "发起人"),
        ("由驿站委员会从成员中推选一人", "驿站委员会"),
        ("所需费用由使用单位承担", "使用单位"),
        ("由省人民政府确定的部门责令改正", "省人民政府确定的部门"),
        ("由县（市、区）人民政府划出", "县（市、区）人民政府"),
        ("由县确定的部门（以下称驿站部门）负责", "驿站部门"),
        ("驿站部门负责登记", "驿站部门"),
    ],
)
def test_who_is_competent(words, expected):
    assert body(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "由各方专家组成",
        "由旅客自主选择",
        "对由驿站部门确定的名单进行核对",
        "由驿站部门负责审批的项目",
        "由于天气原因停运",
        "因前款事由停运",
        "驿站由低到高分为三级",
    ],
)
def test_by_whom_nothing_is_done(words):
    assert body(words) is None
