from datetime import date

import pytest

from ingest.parsing.contents import find_heading, read_contents
from ingest.parsing.masthead import journal_names, organisations, read_masthead
from tests.ingest.parsing.issues import MASTHEAD

LIST = "\n本期要目\n\n地方新政\n\n- 01 云溪省数字码头建设行动计划（2031—2033年）\n- 09 青原市数据条例\n"
TITLE = "云溪省数字码头建设行动计划（2031—2033年）"


def masthead(text):
    lines = (text + LIST).splitlines()
    heading = find_heading(lines)
    assert heading
    return lines, read_contents(lines, heading)


def fields(text):
    issue = read_masthead(*masthead(text))
    return issue.year, issue.number, issue.total_number, issue.published_on, issue.cover_title, issue.publisher


WANTED = (2031, 9, 509, date(2031, 3, 7), TITLE, "云溪虚构数据研究院")
COVER = "云溪省数字码头建设\n行动计划（2031—2033年）"


@pytest.mark.parametrize(
    "text",
    [
        MASTHEAD,
        f"示例动态\n2031年3月7日\n第 9 期\n总第 509 期\n{COVER}\n示例动态\n主编：云溪虚构数据研究院\n",
        f"示例动态\n第9期（总第509期）\n2031.3.7\n\n{COVER}\n\n主编单位\n\n云溪虚构数据研究院\n",
        f"示例动态\n２０３１年３月７日　第９期　总第５０９期\n{COVER}\n主　编　云溪虚构数据研究院\n",
        f"示例动态\n二〇三一年三月七日 第九期 总第五〇九期\n{COVER}\n主办单位：云溪虚构数据研究院\n",
        f"{COVER}\n示例动态\n2031年第9期（总509期）\n2031年3月7日\n联合主编 示例会\n主编 云溪虚构数据研究院\n",
    ],
)
def test_every_layout_gives_the_same_fields(text):
    assert fields(text) == WANTED


def test_the_year_stands_beside_the_number_where_no_day_is_printed():
    assert fields("示例动态\n2031年第9期\n")[:4] == (2031, 9, None, None)


def test_a_cover_title_that_the_list_lacks_is_read_below_the_number():
    assert (
        fields("示例动态\n\n2031年3月7日 第9期\n\n数字码头\n特刊\n\n示例动态\n\n主编 甲乙研究院")[4] == "数字码头特刊"
    )


def test_what_is_not_printed_is_none():
    assert fields("示例动态\n") == (None, None, None, None, None, None)


def test_names_that_pages_and_portraits_repeat():
    lines, contents = masthead(MASTHEAD)
    assert journal_names(lines, contents) == {"示例动态"}
    assert {"云溪虚构数据研究院", "云溪省示例数据促进会"} <= organisations(lines, contents)
