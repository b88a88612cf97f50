import pytest

from ingest.parsing.labels import (
    ARABIC,
    ARABIC_PAREN,
    ARTICLE,
    CHAPTER,
    CIRCLED,
    DASH,
    DECIMAL,
    DIVISION,
    HAN,
    HAN_PAREN,
    PART,
    ROMAN,
    Label,
    han_number,
    read_label,
)


def label_of(line: str) -> Label:
    found = read_label(line)
    assert found is not None, line
    return found


@pytest.mark.parametrize(
    ("text", "number"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十", 20), ("一百零三", 103), ("二〇三一", 2031), ("两", 2), ("12", 12)],
)
def test_han_numerals_are_read(text, number):
    assert han_number(text) == number


@pytest.mark.parametrize(
    ("line", "style", "label", "number", "rest"),
    [
        ("第二编 运行", PART, "第二编", 2, "运行"),
        ("第一部分 基础", PART, "第一部分", 1, "基础"),
        ("第三章　附则", CHAPTER, "第三章", 3, "附则"),
        ("第二节 移交", DIVISION, "第二节", 2, "移交"),
        ("第九条对同一行为", ARTICLE, "第九条", 9, "对同一行为"),
        ("第 十二 条 申请人", ARTICLE, "第十二条", 12, "申请人"),
        ("第三十－条 渡口", ARTICLE, "第三十一条", 31, "渡口"),
        ("第12条 渡口", ARTICLE, "第12条", 12, "渡口"),
        ("一、总体要求", HAN, "一", 1, "总体要求"),
        ("（二）基本原则", HAN_PAREN, "（二）", 2, "基本原则"),
        ("(十四) 台账", HAN_PAREN, "（十四）", 14, "台账"),
        ("1.建设驿站", ARABIC, "1", 1, "建设驿站"),
        ("3. 5G 覆盖", ARABIC, "3", 3, "5G 覆盖"),
        ("12、建设驿站", ARABIC, "12", 12, "建设驿站"),
        ("（3）先行先试", ARABIC_PAREN, "（3）", 3, "先行先试"),
        ("2）先行先试", ARABIC_PAREN, "（2）", 2, "先行先试"),
        ("２．先行先试", ARABIC, "2", 2, "先行先试"),
        ("③其他港区", CIRCLED, "③", 3, "其他港区"),
        ("⑵培育主体", ARABIC_PAREN, "（2）", 2, "培育主体"),
        ("㈡培育主体", HAN_PAREN, "（二）", 2, "培育主体"),
        ("⒊ 培育主体", ARABIC, "3", 3, "培育主体"),
        ("Ⅳ. 保障", ROMAN, "Ⅳ", 4, "保障"),
        ("2.3 移交方式", DECIMAL, "2.3", 3, "移交方式"),
        ("2．3．10移交人", DECIMAL, "2.3.10", 10, "移交人"),
        ("——服务更好", DASH, "——", 0, "服务更好"),
        ("——2031年，新建", DASH, "——", 0, "2031年，新建"),
    ],
)
def test_a_label_and_what_follows_it(line, style, label, number, rest):
    found = label_of(line)
    assert (found.style, found.text, found.number, line[found.end :]) == (style, label, number, rest)
    assert not found.slipped
    assert not found.doubtful


def test_an_inserted_article_has_two_numbers():
    found = label_of("第七条之二 抽样核对")
    assert (found.text, found.number, found.sub) == ("第七条之二", 7, 2)


@pytest.mark.parametrize("line", ["3 持续推进", "3持续推进", "二 重点任务", "二）加强统筹", "一一服务更好。办成事。"])
def test_a_label_that_lost_its_mark_is_slipped(line):
    assert label_of(line).slipped


@pytest.mark.parametrize(
    "line", ["一、二类水质达标", "三、一体化推进", "3.5G网络", "3.8米口径", "3.1 人员", "5个左右", "1 人工智能"]
)
def test_a_label_that_may_be_a_number_is_doubtful(line):
    assert label_of(line).doubtful


@pytest.mark.parametrize(
    "line",
    [
        "",
        "近年来，全省",
        "2031年1月6日",
        "10.8%。人均",
        "2.0版平台",
        "2.5.1.3.7 平台",
        "Ⅱ、Ⅲ类水质",
        "5G基站建设",
        "1、2号机组",
        "第一，加强领导",
        "（以下简称办法）",
        "（一）至（三）项所列人员",
        "（四）、（五）项所列人员",
        "（一）项规定的",
        "-5度",
    ],
)
def test_words_that_only_look_like_a_label(line):
    assert read_label(line) is None


def test_a_point_may_begin_with_the_word_project():
    assert label_of("（一）项目名称；").text == "（一）"
