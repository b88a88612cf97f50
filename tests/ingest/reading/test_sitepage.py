"""Saved pages of web sites: the document, without the site around it."""

import pytest

from ingest.reading import read

SITE = ("首页", "政务公开", "政策文件", "办事服务", "互动交流", "数据开放")
OTHERS = ("关于码头收费的通知", "关于码头停靠的公告", "关于码头安全的意见", "关于码头照明的函")
TITLE = "示例市码头管理办法"
TEXT = (
    "各区人民政府：",
    "为了加快码头建设，规范码头的开放和使用，方便市民乘船，根据有关规定，结合本市实际，制定本办法。",
    "第一条 码头应当每日开门。",
    "第二条 本办法自公布之日起施行。",
    "附件：码头清单",
    "示例市交通局",
    "2031年3月9日",
)
DOCUMENT = [TITLE, *TEXT]


def links(names, tag="li"):
    return "".join(f"<{tag}><a href='/{number}.html'>{name}</a></{tag}>" for number, name in enumerate(names))


def text(tag="p"):
    parts = [f"<{tag}>{line}</{tag}>" for line in TEXT]
    return "".join(parts).replace("码头清单", "<a href='/files/list.docx'>码头清单</a>")


PATH = "您的位置：<a href='/'>首页</a> &gt; <a href='/a'>政务公开</a> &gt; <a href='/b'>政策文件</a> &gt; 正文"
FOOT = "<div>主办：示例市人民政府</div><div>示ICP备0号 网站标识码000</div>"
PAGES = {
    "a heading above the text": (
        f"<header><ul>{links(SITE)}</ul></header><div>{PATH}</div><h1>{TITLE}</h1>"
        f"<div>字体：【大 中 小】 打印 分享到：</div><div class='pages_content'>{text()}</div>"
        f"<h3>相关链接</h3><ul>{links(OTHERS)}</ul><footer>{FOOT}</footer>"
    ),
    "a layout of tables": (
        f"<table><tr><td>{links(SITE, 'span')}</td></tr></table><table><tr><td width=180>{links(OTHERS, 'div')}</td>"
        f"<td><table><tr><td align=center><b>{TITLE}</b></td></tr>"
        f"<tr><td><div class='TRS_Editor'>{text()}</div></td></tr>"
        f"<tr><td align=right>【打印】【关闭】</td></tr></table></td></tr></table>"
        f"<table><tr><td>{FOOT}</td></tr></table>"
    ),
    "fields in a table": (
        f"<div>{links(SITE, 'span')}</div><div>{PATH}</div><table><tr><td>索引号：</td><td>000</td></tr>"
        f"<tr><td>发文字号：</td><td>示交发〔2031〕3号</td></tr></table><div>{TITLE}</div>"
        f"<div id='UCAP-CONTENT'>{text()}</div>"
        f"<div>扫一扫在手机打开当前页</div><div>{links(OTHERS, 'p')}</div>{FOOT}"
    ),
    "links to share between title and text": (
        f"<ul>{links(SITE)}</ul><div class='article'><h2>{TITLE}</h2>"
        f"<ul>{links(['微信', '微博', '空间'])}</ul>{text('div')}"
        f"<div>上一篇：<a href='/1'>{OTHERS[0]}</a></div><div>下一篇：<a href='/2'>{OTHERS[1]}</a></div></div>{FOOT}"
    ),
    "a column beside the text": (
        f"<div>示例市人民政府门户网站</div><ul>{links(SITE)}</ul><main><div><h1>{TITLE}</h1>{text()}</div></main>"
        f"<aside><h4>热点</h4><ul>{links(OTHERS)}</ul><p>欢迎订阅本站。</p></aside>{FOOT}"
    ),
    "a text broken by hand": (
        f"<div>{links(SITE, 'b')}</div><p>{TITLE}</p><div>来源：示例报 浏览次数：12</div><div>{'<br>'.join(TEXT)}</div>"
        f"<p>【责任编辑：示甲】</p><ul>{links(OTHERS)}</ul>"
    ),
}


def lines(body, head=""):
    page = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return [line for line in read(page.encode(), "页.html").lines if line]


@pytest.mark.parametrize("page", PAGES)
def test_only_the_document_of_a_page_is_read(page):
    head = f"<title>{TITLE}_示例市人民政府</title><meta name='ArticleTitle' content='{TITLE}'>"
    found = lines(PAGES[page], head)
    fields = {"来源：示例报", "索引号：\t000", "发文字号：\t示交发〔2031〕3号"}
    assert [line for line in found if line not in fields] == DOCUMENT
    assert ("发文字号：\t示交发〔2031〕3号" in found) == (page == "fields in a table")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_does_not_say_what_it_is_called_loses_no_text(page):
    found = lines(PAGES[page])
    assert found[-len(TEXT) :] == list(TEXT)
    assert not {*SITE, *OTHERS} & set(found)


def test_a_page_without_menus_is_kept_whole():
    body = f"<p>示例市人民政府</p><p>字体：大 中 小</p><h1>{TITLE}</h1>{text()}<p>版权所有</p>"
    assert lines(body) == ["示例市人民政府", "字体：大 中 小", *DOCUMENT, "版权所有"]


def test_an_issue_whose_contents_are_links_is_kept_whole():
    body = f"<p>示例动态</p><p>本期要目</p><ul>{links(SITE)}</ul><h2>{TITLE}</h2>{text()}"
    assert lines(body) == ["示例动态", "本期要目", *SITE, *DOCUMENT]
    body = f"<p>示例动态</p><ul>{links(SITE).replace('/', '#', 1)}</ul>".replace("'/", "'#") + text()
    assert lines(body) == ["示例动态", *SITE, *TEXT]


def test_a_page_of_two_texts_is_kept_whole():
    body = f"<ul>{links(SITE)}</ul><h1>{TITLE}</h1>{text()}<ul>{links(OTHERS)}</ul><p>第三条 码头应当每日关门。</p>"
    assert lines(body) == [*SITE, *DOCUMENT, *OTHERS, "第三条 码头应当每日关门。"]


def test_one_link_in_the_text_is_text():
    link = "<p><a href='/x'>码头条例</a></p>"
    body = f"<ul>{links(SITE)}</ul><h1>{TITLE}</h1>{text()}{link}{text()}<ul>{links(OTHERS)}</ul>"
    assert lines(body) == [*DOCUMENT, "码头条例", *TEXT]


def test_a_title_that_ends_with_the_name_of_a_tool_is_whole():
    body = f"<ul>{links(SITE)}</ul><h1>示例市支持三维打印</h1>{text()}"
    assert lines(body) == ["示例市支持三维打印", *TEXT]
