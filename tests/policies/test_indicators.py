"""What an indicator is about."""

import pytest

from policies.indicators import core


@pytest.mark.parametrize(
    ("indicator", "about"),
    [
        ("累计建成5g基站", "5g基站"),
        ("5g基站总数", "5g基站"),
        ("全省新建驿站数量", "驿站"),
        ("每万人驿站数", "每万人驿站"),
        ("便民指数", "便民指数"),
        ("驿站增速", "驿站增速"),
        ("从业人数", "从业人数"),
    ],
)
def test_core(indicator: str, about: str):
    assert core(indicator) == about
