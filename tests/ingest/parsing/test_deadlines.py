"""The years that a text sets, and those it only looks back to."""

import pytest

from ingest.parsing.deadlines import find_deadlines


def told(text):
    return [(d.kind, d.year, d.year_from) for d in find_deadlines(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("到2025年，建成", ("until", 2025, None)),
        ("2026年12月底前完成", ("until", 2026, None)),
        ("（2025年6月30日前完成）", ("until", 2025, None)),
        ("力争2027年实现", ("until", 2027, None)),
        ("于2025年底建成", ("until", 2025, None)),
        ("到二〇二五年", ("until", 2025, None)),
        ("到“十四五”末", ("until", 2025, None)),
        ("“十五五”期间", ("period", 2030, 2026)),
        ("“十四五”时期茶园投资", ("period", 2025, 2021)),
        ("2023—2025年，每年", ("period", 2025, 2023)),
        ("从2023年到2025年", ("period", 2025, 2023)),
        ("2024年，新增", ("bare", 2024, None)),
        ("截至2022年底", ("cutoff", 2022, None)),
        ("2018年以来", ("past", 2018, None)),
        ("提高到2027年的60%", ("until", 2027, None)),
    ],
)
def test_kinds_of_deadlines(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "较2020年增长",
        "比2020年底下降",
        "以2020年为基数",
        "自2029年3月6日起施行",
        "2023年11月2日印发",
        "实施“十四五”规划",
        "2015年出台的办法修订",
    ],
)
def test_base_years_days_and_names_set_none(text):
    assert [kind for kind, *_ in told(text) if kind in ("until", "period")] == []
