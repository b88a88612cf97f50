import pytest

from ingest.parsing.tables import find_figure, find_tables


def tables(text):
    lines = text.strip("\n").split("\n")
    return find_tables(lines, 1, len(lines))


def test_caption_unit_header_and_rows():
    (table,) = tables(
        "表3 2030年分地区收入[2]\n\n单位：亿元\n\n地区\t收入\t增长(%)\n东部 ^[3]\t51\t8.1\n西部\t—\t-1.2\n\n其余略。"
    )
    assert (table.line, table.end_line) == (1, 7)
    assert (table.number, table.title, table.unit) == ("表3", "2030年分地区收入", "亿元")
    assert table.header == ["地区", "收入", "增长(%)"]
    assert table.rows == [["东部 ^[3]", "51", "8.1"], ["西部", "—", "-1.2"]]


def test_two_header_lines_are_one_row_of_names():
    (table,) = tables("表1 产量\n指标\t产量\t\t增速\t\n\t本月\t累计\t本月\t累计\n甲\t1\t2\t3\t4")
    assert table.header == ["指标", "产量本月", "产量累计", "增速本月", "增速累计"]
    assert table.rows == [["甲", "1", "2", "3", "4"]]


def test_names_that_the_print_moved_off_their_columns_keep_their_order():
    (table,) = tables("表2 价格\n指标\t全国\t\t\n\t城市\t农村\t\n资费\t0.6\t0.5\t0.9")
    assert table.header == ["指标", "全国", "城市", "农村"]


def test_a_page_break_does_not_cut_a_table():
    (table,) = tables("表1 产量\n指标\t数量\n甲\t1\n\n乙\t2")
    assert table.rows == [["甲", "1"], ["乙", "2"]]


def test_a_table_may_go_on_under_its_caption():
    (table,) = tables("表1 产量\n指标\t数量\n甲\t1\n\n续表1 产量\n指标\t数量\n乙\t2")
    assert (table.end_line, table.rows) == (7, [["甲", "1"], ["乙", "2"]])


def test_a_unit_in_the_title_is_taken_out_of_it():
    (table,) = tables("表 4 投资（单位：万元）\n指标\t数量\n甲\t1")
    assert (table.number, table.title, table.unit) == ("表4", "投资", "万元")


def test_a_table_without_a_caption_has_no_title():
    (table,) = tables("各站情况如下：\n站名\t人数\n甲站\t3\n乙站\t4")
    assert (table.line, table.number, table.title) == (2, None, None)


@pytest.mark.parametrize("caption", ["续表", "（续表）", "续表1", "（续表1）", "表1（续）", "表1 产量（续）", "续上表"])
@pytest.mark.parametrize("header", ["指标\t数量\n", ""])
def test_a_table_that_goes_on_keeps_all_its_rows(caption, header):
    (table,) = tables(f"表1 产量\n指标\t数量\n甲\t1\n\n{caption}\n{header}乙\t2")
    assert (table.number, table.title, table.header) == ("表1", "产量", ["指标", "数量"])
    assert table.rows == [["甲", "1"], ["乙", "2"]]


def test_words_before_what_goes_on_are_not_lost_in_the_table():
    first, second = tables("表1 产量\n指标\t数量\n甲\t1\n注：快报数。\n续表\n指标\t数量\n乙\t2")
    assert (first.end_line, second.line) == (3, 5)
    assert (second.number, second.title) == ("表1", "产量")


def test_column_names_repeated_on_a_new_page_are_no_row():
    (table,) = tables("表1 产量\n指标\t数量\n甲\t1\n\n指标\t数量\n乙\t2")
    assert table.rows == [["甲", "1"], ["乙", "2"]]


@pytest.mark.parametrize("group", ["一、经济\t", "一、经济"])
def test_empty_cells_end_no_table(group):
    (table,) = tables(f"表1 产量\n指标\t数量\n甲\t1\n{group}\n乙\t\n丙\t3\n注：快报数。")
    assert table.rows == [["甲", "1"], ["一、经济", ""], ["乙", ""], ["丙", "3"]]


def test_three_header_lines_are_one_row_of_names():
    (table,) = tables("表3 投资\n项目\t计划\t\t\t实际\n\t合计\t其中\t\t\n\t\t中央\t地方\t\n甲\t3\t1\t2\t3")
    assert table.header == ["项目", "计划合计", "计划其中中央", "计划其中地方", "实际"]


def test_years_in_their_order_are_names():
    (table,) = tables("表4 人口\n指标\t2029\t2030\n甲\t1\t2")
    assert (table.header, table.rows) == (["指标", "2029", "2030"], [["甲", "1", "2"]])


@pytest.mark.parametrize(
    "above",
    [
        "单位：万元\n表4 投资",
        "表4 投资\n单位：万元",
        "表4 投资    单位：万元",
        "表4\n投资（单位：万元）",
        "表4\n投资\n单位：万元",
    ],
)
def test_caption_and_unit_in_either_order(above):
    (table,) = tables(f"{above}\n指标\t数量\n甲\t1")
    assert (table.line, table.number, table.unit) == (1, "表4", "万元")


@pytest.mark.parametrize(
    ("caption", "line", "number", "title"),
    [
        ("专栏2 主要指标", 1, "专栏2", "主要指标"),
        ("附表：主要指标", 1, None, "主要指标"),
        ("重点任务分工表", 2, None, "重点任务分工表"),
    ],
)
def test_names_of_tables_in_plans(caption, line, number, title):
    (table,) = tables(f"{caption}\n指标\t数量\n甲\t1")
    assert (table.line, table.number, table.title) == (line, number, title)


def test_list_items_with_a_tab_behind_their_label_are_no_table():
    assert tables("1.\t建设驿站。\n2.\t培训站长。") == []
    assert tables("第一条\t为了规范管理，制定本办法。") == []


def test_a_figures_caption():
    figure = find_figure("图 2 利润总额增长情况 (%)", 9)
    assert figure is not None
    assert (figure.line, figure.number, figure.title) == (9, "图2", "利润总额增长情况 (%)")


def test_a_sentence_about_a_figure_is_none():
    assert find_figure("图1显示，利润总额保持增长。", 1) is None
    assert find_figure("图中数据为快报数。", 1) is None
