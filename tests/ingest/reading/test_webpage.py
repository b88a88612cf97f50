"""Web pages: what a browser shows, as lines."""

import pytest

from ingest.reading import ReadingError, read


def lines(body: str, head: str = "") -> list[str]:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return [line for line in read(page.encode(), "页").lines if line]


def test_blocks_end_lines_and_source_breaks_do_not():
    body = "<h1>办法</h1><p>驿站应当\n   每日<b>开门</b>，<br>不得\n少于<span>8</span>小时 Open\nDoor</p>末尾"
    assert lines(body) == ["办法", "驿站应当每日开门，", "不得少于8小时 Open Door", "末尾"]


def test_entities_are_characters():
    assert lines("<p>第一章&nbsp;&nbsp;总&ensp;则&mdash;&#39551;&lt;站&gt;</p>") == ["第一章 总 则—驿<站>"]


def test_what_is_not_shown_is_left_out():
    body = (
        "<nav>首页</nav><script>var a='脚本'</script><style>p{}</style><!-- 注 --><p hidden>藏</p>"
        '<p style="color: red; display:none">藏</p><select><option>选</option></select><p>正文</p>'
    )
    assert lines(body, "<title>题</title>") == ["正文"]


def test_tables_are_tab_separated_and_spans_leave_places_empty():
    body = (
        "<table><caption>表1 驿站</caption><thead><tr><th rowspan=2>指标</th><th colspan=2>全国</th></tr>"
        "<tr><th>城市<th>农村</tr></thead><tr><td>驿站\n（个）<td>1<td>2</tr></table>"
    )
    assert lines(body) == ["表1 驿站", "指标\t全国\t", "\t城市\t农村", "驿站（个）\t1\t2"]


def test_tables_that_only_lay_out_are_text():
    body = "<table><tr><td><h1>办法</h1><p>第一条 开门。</p></td><td> </td></tr><tr><td>第二条 关门。</td></tr></table>"
    assert lines(body) == ["办法", "第一条 开门。", "第二条 关门。"]
    inner = "<table><tr><td>甲<td>乙</table>"
    assert lines(f"<table><tr><td>左边</td><td>上{inner}下</td></tr></table>") == ["左边", "上", "甲\t乙", "下"]


def test_ordered_lists_have_their_numbers_and_preformatted_text_its_lines():
    assert lines("<ol start=3><li>甲</li><li>乙<ul><li>丙</li></ul></li><li>丁</li></ol>") == [
        "3. 甲",
        "4. 乙",
        "丙",
        "5. 丁",
    ]
    assert lines("<ol><li>甲</li><li value=7>乙</li><li>丙</li></ol>") == ["1. 甲", "7. 乙", "8. 丙"]
    assert lines("<ol type=a><li>甲</li><li>乙</li></ol><ol type=I start=4><li>丙</li></ol>") == [
        "a. 甲",
        "b. 乙",
        "IV. 丙",
    ]
    assert lines("<ol style='list-style: none'><li>一、甲</li></ol>") == ["一、甲"]
    assert lines("<ol style='list-style-type:cjk-ideographic'><li>甲</li><li style='list-style:none'>乙</li></ol>") == [
        "一、甲",
        "乙",
    ]
    assert lines("<pre>第一行\n  第二行\n甲\t乙</pre>") == ["第一行", "第二行", "甲\t乙"]


PAGE = "<html><head><meta {}></head><body><p>驿站应当每日开门。</p></body></html>"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", 'charset="utf-8"'),
        ("utf-8-sig", 'charset="gbk"'),
        ("gb18030", 'http-equiv="Content-Type" content="text/html; charset=gb2312"'),
        ("big5hkscs", "charset=Big5"),
        ("gb18030", 'name="a"'),
        ("gb18030", 'charset="utf-8"'),
        ("utf-8", 'charset="gb2312-1980-unknown"'),
        ("utf-16", 'charset="utf-16"'),
    ],
)
def test_the_encoding_is_marked_declared_or_found_out(encoding, declared):
    page = PAGE.format(declared).replace("开门", "開門" if encoding == "big5hkscs" else "开门").replace("驿", "站")
    text = page.encode(encoding, errors="replace")
    assert read(text, "页.html").lines[0].startswith("站站")


def test_a_piece_of_a_page_is_told_by_its_name():
    piece = "<p>甲</p><p>乙</p>".encode()
    assert read(piece, "页.htm").lines == ["甲", "", "乙"]
    assert read(piece, "页.txt").lines == ["<p>甲</p><p>乙</p>"]
    assert read("甲 < 乙".encode(), "页.html").format == "txt"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<html></html>", "没有文字"),
        ("<html><body><script>write('甲')</script></body></html>", "没有文字"),
        ("<html><body>" + "<div>" * 100_000 + "甲", "嵌套过深"),
        ("<html><body>" + "<p>甲" * 500_001, "过大"),
        ("<html><body>" + "<p a=1 b=2 c=3>甲" * 130_000, "过大"),
        ("<html><body><table>" + "<tr><td colspan=100>甲<td>乙" * 2100 + "</table>", "单元格"),
    ],
    ids=["empty", "script alone", "too deep", "too many tags", "too many attributes", "too wide"],
)
def test_a_page_without_text_or_beyond_reason_is_refused(page, words):
    with pytest.raises(ReadingError, match=words):
        read(page.encode(), "页.html")


def test_entities_of_a_document_type_are_not_expanded():
    page = (
        '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname"><!ENTITY b "哈">]><html><body>甲&a;&b;</body></html>'
    )
    assert "哈哈" not in "".join(read(page.encode(), "页").lines)
    assert "&a;" in "".join(read(page.encode(), "页").lines)


def test_blank_lines_before_a_text_take_no_time():
    blank = "\n" * 19_000
    assert read(f"{blank}驿站".encode(), "甲.txt").format == "txt"
    assert read(f"{blank}<!-- 注 -->{blank[:500]}<html><body>驿站</body></html>".encode(), "甲.txt").format == "html"


def test_spaces_that_end_no_line_take_no_time():
    assert lines(f"<p>驿{' ' * 1_000_000}站") == ["驿 站"]


def test_many_spans_take_no_time():
    assert len(lines("<table>" + "<tr><td rowspan=60000 colspan=1>甲<td>乙</tr>" * 50 + "</table>")) == 50
