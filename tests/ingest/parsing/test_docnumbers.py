import pytest

from ingest.parsing.docnumbers import find_number, is_number_line, letters, order_issuer


@pytest.mark.parametrize(
    "line",
    [
        "云府办发〔2031〕19号",
        "云府办发[2031]19 号",
        "国数函（2031）3号",
        "第86号",
        "（2031年第4号）",
        "云溪省人民政府令第86号",
        "示例部公告2031年第5号",
        "云溪省人民代表大会常务委员会公告（第一二八号）",
    ],
)
def test_a_number_alone_is_a_number_line(line):
    assert is_number_line(line)


@pytest.mark.parametrize("line", ["云溪省数据条例", "根据云府发〔2030〕2号要求，示例。", "第三条", "10号", ""])
def test_other_lines_are_not(line):
    assert not is_number_line(line)


@pytest.mark.parametrize(
    ("head", "number"),
    [
        (["云府办发〔2031〕 19 号", "各市人民政府："], "云府办发〔2031〕19号"),
        (["（云府办发〔2031〕19号）"], "云府办发〔2031〕19号"),
        (["发文字号：云府办发〔2031〕19号"], "云府办发〔2031〕19号"),
        (["（2031年1月19日云溪省人民政府令 第86号公布　自2031年3月1日起施行）"], "云溪省人民政府令第86号"),
        (["(2031年1月19日云溪省人民政府第86号令发布)"], "云溪省人民政府第86号令"),
        (["云溪省人民政府令", "第86号"], "云溪省人民政府令第86号"),
        (["示例部", "样本总局", "令", "第5号"], "示例部 样本总局令第5号"),
        (["示例部公告", "2031年第5号"], "示例部公告2031年第5号"),
        (["示例部 样本总局令第5号"], "示例部 样本总局令第5号"),
        (["示例部 样本总局 国家模型局令", "第5号"], "示例部 样本总局 国家模型局令第5号"),
        (["云溪省人民政府 办公厅令 第5号"], "云溪省人民政府办公厅令第5号"),
        (["云溪省人民代表大会常务委员会公告〔十届〕第三十号"], "云溪省人民代表大会常务委员会公告〔十届〕第三十号"),
        (["云溪省人大常委会公告 （第十届） 第30号"], "云溪省人大常委会公告（第十届）第30号"),
        (["2031年 第5号"], "2031年第5号"),
        (["为落实《规划》（国发〔2030〕2号）要求，根据云府发〔2030〕3号文件，制定本方案。"], None),
        (["（2031年1月19日云溪省第十届人民代表大会常务委员会第三次会议通过）"], None),
        ([], None),
    ],
)
def test_the_number_stands_near_the_title_and_cited_ones_do_not_count(head, number):
    assert find_number("云溪省数字码头行动计划", head, "") == number


def test_a_number_in_the_title_or_behind_it_in_the_note():
    assert find_number("云溪省数字码头行动计划（云府发〔2031〕3号）", [], "") == "云府发〔2031〕3号"
    note = "近日，云溪省人民政府印发《云溪省数字码头行动计划》（云府发〔2031〕3号）。"
    assert find_number("云溪省数字码头行动计划", [], note) == "云府发〔2031〕3号"


@pytest.mark.parametrize(
    "note",
    [
        "近日，云溪省示例局印发《关于印发〈云溪省数字码头行动计划〉的通知》（云示发〔2031〕3号）。",
        "近日，云溪省示例局印发《云溪省数字码头行动计划》（云示发〔2031〕3号，以下简称《计划》）。",
    ],
)
def test_the_notes_number_may_stand_with_a_short_title(note):
    assert find_number("云溪省数字码头行动计划", [], note) == "云示发〔2031〕3号"


def test_an_announcement_is_known_by_its_number():
    assert find_number("示例部公告", ["2031年第5号"], "") == "示例部公告2031年第5号"
    assert find_number("示例部公告2031年第5号", [], "") == "示例部公告2031年第5号"
    assert find_number("示例部关于发布码头标准的公告", ["2031年第5号"], "") == "2031年第5号"


def test_what_a_number_tells():
    assert order_issuer("云溪省人民政府令第86号") == "云溪省人民政府"
    assert order_issuer("云府发〔2031〕3号") is None
    assert letters("云府发〔2031〕3号") == "云府发"
    assert letters(None) == ""
