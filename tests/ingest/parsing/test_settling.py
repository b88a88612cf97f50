"""Headings told from text, lists within paragraphs, bodies and eids."""

from tests.ingest.parsing.outlines import body, by_path, paths


def test_a_heading_may_end_with_a_colon():
    found = by_path("一、甲\n（一）发展目标：\n——乙。做乙。\n（二）具体要求如下：\n1.丙。做丙。")
    assert (found["一/（一）"].heading, found["一/（一）"].text) == ("发展目标", "")
    assert (found["一/（二）"].heading, found["一/（二）"].text) == (None, "具体要求如下：")


def test_bold_words_that_go_on_as_a_sentence_are_no_heading():
    found = by_path("一、甲\n（一）**2033年**，建成驿站。\n（二）**强化落实** 各站配合。")
    assert (found["一/（一）"].heading, found["一/（一）"].text) == (None, "2033年，建成驿站。")
    assert (found["一/（二）"].heading, found["一/（二）"].text) == ("强化落实", "各站配合。")


def test_measures_written_as_articles_have_headings():
    found = by_path("第一条 支持岗位练兵。开展比武的，给予补助。\n第二条 支持拜师。结对500对。", "measures")
    assert (found["第一条"].heading, found["第一条"].text) == ("支持岗位练兵", "开展比武的，给予补助。")


def test_the_first_sentence_of_a_laws_article_is_no_heading():
    assert by_path("第一条 鼓励共建共享。各站应当配合。", "law")["第一条"].heading is None


NEWS = """
近日，有关部门印发了《方案》。
《方案》提出，到2033年建成驿站。
《方案》指出，要打牢基础。**一是统一设备。**公布终端目录，各类终端互换互用，三年内淘汰旧终端，不能联
网的先行更换。二是统一清单。
《方案》强调，要抓好落实。
"""


def test_paragraphs_of_a_news_digest_that_hold_items_are_provisions():
    found = by_path(NEWS, "news")
    assert [(p.type, p.path, p.eid) for p in found.values()] == [
        ("body", "正文1", "body_1"),
        ("paragraph", "段3", "para_3"),
        ("item", "段3/一是", "para_3__item_1"),
        ("item", "段3/二是", "para_3__item_2"),
        ("body", "正文2", "body_2"),
    ]
    assert found["段3"].text == "《方案》指出，要打牢基础。"
    first = found["段3/一是"]
    assert (first.heading, first.start_line, first.end_line) == ("统一设备", 3, 4)
    assert first.text.endswith("不能联网的先行更换。")


def test_items_on_lines_of_their_own_belong_to_the_paragraph_before():
    assert paths("印发了方案。\n要做好两件事：\n一是建站。\n二是管站。", "news") == [
        ("body", "正文1"),
        ("paragraph", "段2"),
        ("item", "段2/一是"),
        ("item", "段2/二是"),
    ]


def test_what_is_first_and_second_are_items():
    text = "一、要求\n\n第一，点灯。每日检查。\n\n第二，开门。每日登记。\n\n二、附则\n\n一要守时，二要守信。"
    found = by_path(text)
    assert [(path, found[path].heading) for path in ("一/第一", "一/第二")] == [
        ("一/第一", "点灯"),
        ("一/第二", "开门"),
    ]
    assert found["二/二要"].text == "守信。"
    assert body(text).warnings == []


def test_the_last_point_of_a_list_with_headings_is_one_too():
    text = "《方案》明确，要办站。一是统一设备。公布目录。二是设立专款。每年安排。三是强化考核。"
    assert by_path(text, "news")["段1/三是"].heading == "强化考核"
    assert by_path(text.replace("公布目录。", ""), "news")["段1/三是"].heading is None


def test_a_document_without_labels_is_body():
    found = by_path("各市政府：\n请做好准备。\n按时报送。\n省数据局\n2031年1月6日", "notice")
    assert {path: p.text for path, p in found.items()} == {
        "前言": "各市政府：",
        "正文1": "请做好准备。\n按时报送。",
        "落款": "省数据局\n2031年1月6日",
    }


def test_two_lists_of_one_article_have_different_eids():
    text = "第一条 下列情形不予许可：\n（一）甲；\n（二）乙。\n下列情形予以撤销：\n（一）丙；\n（二）丁。"
    found = body(text, "law").provisions
    assert [p.eid for p in found[1:]] == ["art_1__point_1", "art_1__point_2", "art_1__point_1-2", "art_1__point_2-2"]
    assert found[0].tail == "下列情形予以撤销："
