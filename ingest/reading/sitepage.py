"""The document that a saved page of a web site holds, without the site around it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, takewhile

from ingest.reading.blocks import Block, Linked, Table, words_of

FEWEST = 3  # links of a menu, a path or a list of other pages
FEWEST_OF_SITE = 5  # links of such places on a page that is a site's
BETWEEN = 2  # blocks without a sentence that may stand between the links of one place: a menu's headings
MOST = 0.1  # share of the page's sentences, and
MOST_CHARACTERS = 600  # their characters, that may stand outside of the document
NAMES = 20  # that are looked for
ISSUE = re.compile(r"\s*本\s?期\s?要\s?目")  # its contents may be links
MENU = 0.5  # least share of a table's cells that are links where it is a menu
SHORTEST = 4  # characters of a title
SENTENCE = re.compile(r"[。；]")
PATH = re.compile(r"\s*(?:您|你)?(?:现在|当前|目前)?的?(?:所在)?(?:位置|导航)\s?[:：]")
FIELD = re.compile(
    r"""
    \s* [\[【]?
    (?: 索\s?引\s?号 | 发文(?:机关|机构|字号|日期|时间) | 发布(?:机构|单位|日期|时间) | 公开日期 | 主题(?:分类|词)
      | (?:成文|生成|印发|施行|生效|废止)日期 | 文\s{0,2}号 | 有效性 | 时效性 )
    [\]】]? \s* [:：]
    """,
    re.VERBOSE,
)
# 字体：大 中 小 打印 分享到 and all that follows them on a line.
TOOLS = re.compile(
    r"""
    (?: ^ | [\s【\[（(|｜] )
    (?: 字[体号] \s? [:：【\[（(]
      | (?:浏览|阅读|点击|访问)(?:次数|量|数)? \s? [:：]
      | (?:打印|关闭|收藏)(?:本页|本文|窗口|此页|页面)? (?: [\s】\]）)|｜] | $ )
      | 分享(?:到|至)? \s? (?: [:：】\]] | $ )
      | 扫一扫 | 返回(?:顶部|列表|上一页) )
    """,
    re.VERBOSE,
)
# What stands below a document on its page: neighbours, what else to read, who keeps the site.
FOOT = re.compile(
    r"""
    \s* 【?
    (?: 版权所有 | Copyright | © | (?:主办|承办)(?:单位)? \s? [:：] | 网站(?:标识码|地图|声明)
      | .{0,12}ICP备 | .{0,6}公网安备
      | [（(]? (?:责任编辑|责编|编辑) \s? [:：]
      | (?: 相关(?:链接|稿件|文档|文件|阅读|解读|新闻|信息) | [上下]一[篇条页] | 延伸阅读 | 政策解读
          | (?:热点|热门|推荐|最新)(?:新闻|阅读|文章|信息|推荐|专题)? ) 】? \s? (?: [:：] | $ ) )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def document_of(blocks: Sequence[Block], titles: Iterable[str]) -> Sequence[Block]:
    """The document's blocks: title, fields, text, attachments.

    `titles` are what the page calls itself, most trustworthy first.  A page is a site's if it has menus and lists of
    links; what stands between them with nearly all sentences of the page is the document.  In any doubt all the blocks.
    """
    places = list(_link_places(blocks))
    if sum(_links(blocks[at]) for start, end in places for at in range(start, end)) < FEWEST_OF_SITE:
        return blocks
    bounds = [0, *(bound for place in places for bound in place), len(blocks)]
    parts = list(zip(bounds[::2], bounds[1::2], strict=True))
    weights = [sum(_sentences(block) for block in blocks[start:end]) for start, end in parts]
    outside = sum(weights) - max(weights)
    if not any(weights) or outside > min(MOST * sum(weights), MOST_CHARACTERS):
        return blocks
    if any(ISSUE.match(words_of(block)) for block in blocks):
        return blocks
    start, end = parts[weights.index(max(weights))]
    first = next(at for at in range(start, end) if _sentences(blocks[at]))
    last = next(at for at in range(end - 1, start - 1, -1) if _sentences(blocks[at]))
    tail = takewhile(lambda block: not FOOT.match(words_of(block)), blocks[last + 1 : end])
    head = _head(blocks, start, first, titles)
    return [*head, *blocks[first : last + 1], *(kept for block in tail for kept in _without_tools(block))]


def _head(blocks: Sequence[Block], start: int, first: int, titles: Iterable[str]) -> list[Block]:
    """Title and fields above the first sentence; where no title is found, all that follows the last menu."""
    at = next((at for title in islice(titles, NAMES) if (at := _place(blocks, first, title)) is not None), None)
    if at is None:
        begin, named = start, []
    else:
        begin, named = max(start, at), [] if at >= start else [blocks[at]]
    fields = [block for block in blocks[:begin] if FIELD.match(words_of(block)) and not isinstance(block, Linked)]
    rest = [kept for block in blocks[begin:first] if _links(block) < 1 for kept in _without_tools(block)]
    return [*fields, *named, *rest]


def _place(blocks: Sequence[Block], first: int, title: str) -> int | None:
    """Where the title last stands alone above the first sentence, or its first line where it is wrapped."""
    wanted = _key(title)
    if len(wanted) < SHORTEST:
        return None
    whole = (at for at in range(first - 1, -1, -1) if _key(words_of(blocks[at])) == wanted)
    begun = (
        at
        for at in range(first - 1, -1, -1)
        if len(found := _key(words_of(blocks[at]))) >= SHORTEST and wanted.startswith(found)
    )
    return next(whole, next(begun, None))


def _link_places(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The stretches [start, end) of blocks that are links to other pages."""
    start, end, count = 0, 0, 0
    for at, block in enumerate(blocks):
        links = _links(block)
        if not links:
            continue
        if count and (at - end > BETWEEN or any(_sentences(between) for between in blocks[end:at])):
            if count >= FEWEST:
                yield start, end
            count = 0
        start, end, count = start if count else at, at + 1, count + links
    if count >= FEWEST:
        yield start, end


def _links(block: Block) -> int:
    """How many links a block is made of; 0 for text, tables and lists of attachments."""
    if isinstance(block, Linked):
        return max(block.links, FEWEST if PATH.match(block) else 1)
    if isinstance(block, str):
        return 0
    inner = [paragraph for row in block.rows for cell in row for paragraph in cell.blocks]
    count = sum(_links(paragraph) for paragraph in inner)
    return count if count and count >= MENU * len(inner) else 0


def _sentences(block: Block) -> int:
    """The characters of a block that holds sentences, and of a table."""
    text = words_of(block)
    if _links(block) or FOOT.match(text):
        return 0
    return len(text) if SENTENCE.search(text) or isinstance(block, Table) else 0


def _without_tools(block: Block) -> Iterator[Block]:
    """The block without 字体：大 中 小 打印 at its end; none if it was nothing else."""
    found = TOOLS.search(block) if isinstance(block, str) else None
    if found is None:
        yield block
    elif isinstance(block, str) and block[: found.start()].strip():
        yield block[: found.start()]


def _key(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
