import pytest

from ingest.parsing.titles import is_title_like, key, likeness, runs, tidy, unguided


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("云溪省数字码头建设 行动计划（2031—2033 年）", "云溪省数字码头建设行动计划（2031—2033年）"),
        ("中共中央 国务院印发 《数字码头规划》", "中共中央 国务院印发《数字码头规划》"),
        ("云溪省人民政府 办公厅关于加快 建设的通知", "云溪省人民政府办公厅关于加快建设的通知"),
        ("# **云溪省数据条例**", "云溪省数据条例"),
        ("Data Center 发展报告", "Data Center发展报告"),
    ],
)
def test_wrapping_leaves_no_space_but_issuers_and_words_stay_apart(printed, kept):
    assert tidy(printed) == kept


def test_brackets_dashes_and_spaces_do_not_count():
    assert key("行动计划 (2031-2033年)") == key("行动计划（2031—2033 年）")


@pytest.mark.parametrize(
    "line",
    [
        "第一条 为了示例",
        "一、总体要求",
        "（一）加快示例",
        "1. 示例",
        "## 第一章 总则",
        "为了示例，制定本办法。",
        "各市人民政府：",
        "云府办发〔2031〕9号",
        "2031年3月7日",
        "附件：清单",
        "表1 指标",
        "",
    ],
)
def test_other_lines_are_no_titles(line):
    assert not is_title_like(line)


def test_a_title_may_be_wrapped_over_lines_with_a_blank_between():
    found = runs(["云溪省人民政府关于", "", "加快数字码头建设的", "意见", "", "", "为了示例"], 1)
    assert [run.text for run in found][2] == "云溪省人民政府关于 加快数字码头建设的 意见"
    assert found[-1].end == 4


def test_no_title_begins_with_a_bracket():
    assert runs(["（2031年1月19日云溪省人民政府令第5号公布）"], 1) == []


def test_without_a_guide_the_title_ends_as_titles_end():
    lines = ["云溪省人民政府办公厅", "关于印发数字码头行动计划", "的通知", "（试行）", "示例"]
    run = unguided(runs(lines, 1))
    assert run
    assert run.end == 4


def test_a_title_that_issues_goes_on_to_its_notice():
    lines = ["云溪省人民政府关于印发云溪省码头行动计划", "（2031—2033年）的通知", "各市人民政府："]
    run = unguided(runs(lines, 1))
    assert run
    assert run.end == 2
    run = unguided(runs(["云溪省关于印发码头行动计划", "和码头标准的通知"], 1))
    assert run
    assert run.end == 2


def test_a_subtitle_below_a_motto_belongs_to_the_title():
    run = unguided(runs(["以港兴城", "——云溪省码头发展规划", "——服务更好"], 1))
    assert run
    assert run.text == "以港兴城 ——云溪省码头发展规划"
    assert len(runs(["云溪省码头发展规划", "——落实国家规划"], 1)) == 1


def test_an_announcement_may_have_nothing_but_its_number_for_a_title():
    assert [run.text for run in runs(["示例部公告2031年第5号", "", "为了示例"], 1)][:1] == ["示例部公告2031年第5号"]
    assert runs(["示例部公告", "2031年第5号"], 1)[-1].end == 2
    assert runs(["云府发〔2031〕3号"], 1) == []


def test_likeness_tells_the_same_the_longer_and_the_other():
    listed = key("云溪省关于促进数字码头建设五条措施")
    longer = likeness(key("云溪省关于促进数字码头建设五条措施的通知"), listed)
    assert likeness(listed, listed) == 1.0
    assert 0.9 <= longer < 1.0
    assert likeness(key("云溪省关于推进数字码头建设五条措施"), listed) > 0.6
    assert likeness(key("青原市数据条例"), listed) < 0.3
    assert likeness("", listed) == 0.0
