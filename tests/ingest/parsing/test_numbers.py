"""Quantities: numbers, spans and units as they are printed in Chinese prose."""

import pytest

from ingest.parsing.numbers import find_quantities, number_value


def printed(text):
    """Each quantity as value or low–high, unit."""
    return [
        f"{q.value:g}{q.unit.text}" if q.value_max is None else f"{q.value:g}–{q.value_max:g}{q.unit.text}"
        for q in find_quantities(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成站点25万个", ["25万个"]),
        ("总投资1.5万亿元", ["1.5万亿元"]),
        ("规模达1,200台（套）", ["1200台（套）"]),
        ("算力31Eflopps以上", ["31Eflopps"]),
        ("带宽5万Gbps", ["5万Gbps"]),
        ("人均12元/人、密度500台/万人", ["12元/人", "500台/万人"]),
        ("里程5千米", ["5千米"]),
        ("提高3个百分点", ["3个百分点"]),
        ("达到百分之七十", ["70%"]),
        ("三百二十家、两万个、十四项", ["320家", "2万个", "14项"]),
        ("百个场景、千家企业、百万台设备", ["100个", "1000家", "100万台"]),
        ("1000余项、3万多户", ["1000项", "3万户"]),
        ("达到千亿元、突破百亿元", ["1000亿元", "100亿元"]),
        ("翻一番、增长五成、九成以上", ["1番", "5成", "9成"]),
        ("每度0.4元/千瓦时", ["0.4元/千瓦时"]),
        ("比值为2.4", ["2.4"]),
        ("制作90部2100集，收藏8万卷（件），查处5起", ["90部", "2100集", "8万卷（件）", "5起"]),
        ("10家家电企业、5个人工智能平台", ["10家", "5个"]),
    ],
)
def test_a_number_is_read_with_its_printed_unit(text, expected):
    assert printed(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("培育1—2家", ["1–2家"]),
        ("打造5至10个", ["5–10个"]),
        ("增速5%—8%", ["5–8%"]),
        ("百分之五至百分之八", ["5–8%"]),
        ("800～1000名", ["800–1000名"]),
        ("3万至5万个", ["3–5万个"]),
        ("从10家到20家", ["10家", "20家"]),
    ],
)
def test_a_span_has_two_ends_and_a_way_has_none(text, expected):
    assert printed(text.replace("～", "~")) == expected


@pytest.mark.parametrize(
    "text",
    [
        "第3名",
        "第十四个",
        "前10名",
        "IPv6",
        "GPT4个",
        "“1+3”",
        "每万人口",
        "数十家",
        "12345热线",
        "〔2022〕25号",
        "三五家",
        "一成不变",
        "三成立足当地",
        "上千亿元",
        "千元",
        "十四五",
    ],
)
def test_names_ranks_and_vague_numbers_are_no_quantities(text):
    assert printed(text) == []


def test_an_index_needs_no_unit_where_it_ends_its_phrase():
    (quantity,) = find_quantities("能效值降至1.25以下")
    assert (quantity.value, quantity.unit.text, quantity.unit.group) == (1.25, "", "none")
    assert printed("版本2.0升级") == []


@pytest.mark.parametrize(
    ("word", "value"),
    [("1,200", 1200), ("3.2", 3.2), ("二点五", 2.5), ("一百零五", 105), ("三五", None), ("一百零二十", None)],
)
def test_number_words(word, value):
    assert number_value(word) == value


def test_a_line_of_nothing_but_numbers_is_read_to_its_end():
    assert len(printed("5个" * 20_000)) == 20_000
    assert printed("1" * 50_000) == []
    assert printed("三" * 50_000) == []
