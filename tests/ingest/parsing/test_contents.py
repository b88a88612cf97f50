import pytest

from ingest.parsing import contents, titles
from ingest.parsing.contents import find_heading, read_contents

WANTED = [
    ("国策要论", 1, "中共中央 国务院印发《数字码头规划》"),
    ("国策要论", 5, "码头数据标识管理办法(试行)(征求意见稿)"),
    ("地方新政", 12, "云溪省数字码头建设行动计划(2031—2033年)"),
    ("产业镜像", 30, "2030年1-11月份码头运行情况"),
]


def read(text):
    lines = text.splitlines()
    heading = find_heading(lines)
    assert heading
    found = read_contents(lines, heading)
    return [(e.record.column, e.record.page, e.record.title) for e in found.entries], found


PLAIN = """本期要目

国策要论

- 01 中共中央 国务院印发《数字码头规划》
- 05 码头数据标识管理办法(试行)
(征求意见稿)

地方新政

- 12 云溪省数字码头建设 行动计划
(2031—2033年)

产业镜像

- 30 2030年1-11月份码头运行情况
"""
SPACED = """【本 期 要 目】
【国策要论】
1　中共中央 国务院印发《数字码头规划》
5　码头数据标识管理办法(试行)(征求意见稿)
■ 地方新政
１２　云溪省数字码头建设行动计划(2031—2033 年)
■ 产业镜像
30　2030年1-11月份码头运行情况
"""
DOTTED = """目  录
一、国策要论
• 1. 中共中央 国务院印发《数字码头规划》

• 5. 码头数据标识管理办法(试行)

(征求意见稿)
二、地方新政
• 12. 云溪省数字码头建设

行动计划(2031—2033年)
三、产业镜像
• 30. 2030年1-11月份码头运行情况
"""
PAGES_LAST = """本期目录
国策要论
中共中央 国务院印发《数字码头规划》……………1
码头数据标识管理办法(试行)
(征求意见稿)………………………5
地方新政
云溪省数字码头建设行动计划(2031—2033年) 12
产业镜像
2030年1-11月份码头运行情况 (P30)
"""


@pytest.mark.parametrize("text", [PLAIN, SPACED, DOTTED, PAGES_LAST])
def test_every_layout_gives_the_same_entries(text):
    entries, found = read(text)
    assert entries == WANTED
    assert found.end_line == len(text.rstrip().splitlines())


@pytest.mark.parametrize(
    "body", ["编者按\n\n近日，示例。", "国策要论\n\n中共中央 国务院印发\n《数字码头规划》\n\n近日，示例。"]
)
@pytest.mark.parametrize("text", [PLAIN, PAGES_LAST])
def test_the_list_ends_where_the_body_begins(text, body):
    entries, found = read(text + "\n" + body)
    assert entries == WANTED
    assert found.end_line == len(text.rstrip().splitlines())


def test_a_title_of_the_body_right_under_the_list_is_no_part_of_it():
    entries, _ = read(PLAIN.rstrip() + "\n中共中央 国务院印发《数字码头规划》\n\n近日，示例。")
    assert entries == WANTED


def test_unknown_columns_are_columns_too():
    entries, found = read("本期要目\n\n专家视点\n\n- 01 码头的未来\n- 03 船的未来\n\n读者来信\n\n- 09 来信三则")
    assert [column for column, _, _ in entries] == ["专家视点", "专家视点", "读者来信"]
    assert found.columns >= {"专家视点", "读者来信", "国策要论"}


MARKED = """本期要目

国策要论

- 中共中央 国务院印发《数字码头规划》
- 码头数据标识管理办法(试行)
(征求意见稿)

地方新政

- 云溪省数字码头建设 行动计划
(2031—2033年)

产业镜像

- 2030年1-11月份码头运行情况
"""


@pytest.mark.parametrize("text", [MARKED, MARKED.replace("- ", "")])
@pytest.mark.parametrize(
    "body", ["编者按\n\n近日，示例。", "国策要论\n\n中共中央 国务院印发\n《数字码头规划》\n\n近日，示例。"]
)
def test_a_list_may_have_no_pages(text, body):
    entries, found = read(f"{text}\n{body}")
    assert entries == [(column, None, title) for column, _, title in WANTED]
    assert found.end_line == len(text.rstrip().splitlines())


@pytest.mark.parametrize("text", [MARKED, MARKED.replace("- ", "")])
@pytest.mark.parametrize("title", ["码头数据标识管理办法(试行)(征求意见稿)", "云溪省数字码头建设行动计划(2031—2033年)"])
def test_a_list_without_pages_ends_where_a_title_of_two_lines_stands_in_one(text, title):
    entries, found = read(f"{text}\n{title}\n\n近日，示例。")
    assert entries == [(column, None, title) for column, _, title in WANTED]
    assert found.end_line == len(text.rstrip().splitlines())


COUNTED = """本期要目
国策要论
1、中共中央 国务院印发《数字码头规划》
2、码头数据标识管理办法(试行)(征求意见稿)
地方新政
1、云溪省数字码头建设行动计划(2031—2033年)
产业镜像
1、2030年1-11月份码头运行情况
"""


def test_the_last_words_of_a_title_are_no_column():
    text = "本期要目\n国策要论\n● 云溪省数字码头\n行动计划\n● 青原市数字码头建设若干措施"
    assert read(text)[0] == [
        ("国策要论", None, "云溪省数字码头行动计划"),
        ("国策要论", None, "青原市数字码头建设若干措施"),
    ]


def test_numbers_that_begin_anew_in_every_column_are_no_pages():
    assert read(COUNTED)[0] == [(column, None, title) for column, _, title in WANTED]


def test_a_column_may_lead_the_line_of_its_first_title():
    text = PLAIN.replace("要论\n\n", "要论：").replace("新政\n\n", "新政\t").replace("镜像\n\n", "镜像 | ")
    assert read(text)[0] == WANTED


def test_columns_of_other_names_need_no_pages():
    entries, _ = read("本期要目\n\n专家视点\n\n码头与城市的未来\n\n船与港的未来之路\n\n读者来信\n\n来自港区的来信三则")
    assert [column for column, _, _ in entries] == ["专家视点", "专家视点", "读者来信"]


def test_where_nothing_is_listed_there_are_no_entries():
    assert read("本期要目\n\n编者按\n\n近日，示例。")[0] == []


def test_a_printed_contents_of_a_law_is_no_own_heading():
    assert find_heading(["云溪省数据条例", "目 录", "第一章 总则"], own_only=True) is None
    assert find_heading(["云溪省数据条例", "目 录", "第一章 总则"]) == 2


def test_a_list_without_end_is_read_in_steps_that_do_not_grow_with_it(monkeypatch):
    folded = list[str]()

    def key(text: str) -> str:
        folded.append(text)
        return titles.key(text)

    monkeypatch.setattr(contents, "key", key)
    entries = 300
    rows, _ = read("本期要目\n\n国策要论\n\n" + "- 01 云溪省数字码头建设\n行动计划（试行）\n" * entries)
    assert len(rows) == entries
    assert len(folded) <= 4 * entries
