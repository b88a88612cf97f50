"""Fields of work told by names."""

import pytest

from policies.work_fields import fields_of, work_fields


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("青川省工业和信息化厅", ["工信"]),
        ("青川省经济和信息化厅", ["工信"]),
        ("国家发展和改革委员会", ["发改"]),
        ("云岭市大数据发展管理局", ["数据"]),
        ("青川省人民政府", ["政府"]),
        ("青川省人民政府国有资产监督管理委员会", ["国资"]),
        ("中国农业发展银行", ["金融"]),
        ("国家矿山安全监察局", ["应急"]),
        ("云岭市大数据和科技创新局", ["数据", "科技"]),
        ("云岭市各有关单位", []),
    ],
)
def test_a_name_tells_its_fields_by_the_longest_words(name, short):
    told = {field.short for field in fields_of(name)}
    assert told == set(short)


def test_fields_have_one_slug_and_no_word_is_of_two():
    words = [word for field in work_fields().values() for word in field.words]
    assert len(words) == len(set(words))
    assert len({field.short for field in work_fields().values()}) == len(work_fields())
