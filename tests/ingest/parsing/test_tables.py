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
