"""Headings that run into the text: 1.提升算力水平。建设…, （一）**抓好落实**。各单位…, 第一条（立法目的）…

The first sentence after a label is a heading when it reads like one: short, naming a task, not saying who
shall do what.
"""

import re

_BRACKETED = re.compile(
    r"[（(【〔\[]\s*(?P<heading>[^（()）【】〔〕\[\]]{1,40}(?:[（(][^（()）]{1,20}[）)][^（()）]{0,20})?)[）)】〕\]]\s*"
)
_SPACED = re.compile(r"(?P<heading>[^\s，。；：、]{2,24})(?:\u3000+|\s{2,})(?=\S)")
_NUMBER_ONLY = re.compile(r"[一二三四五六七八九十百\d]+")
_SAYS_SOMETHING = re.compile(
    r"""应当|不得|可以|必须|禁止|负责|方可|给予|按照|是指|的[，、；]|以下简称|不超过|不低于|
        万元|亿元|\d\s?[%％]|(?:到|至)\s?20\d\d\s?年|^20\d\d\s?年(?:[底末前内，、—-]|\d|.{9})|^以习近平""",
    re.VERBOSE,
)
_LONGEST = 44
_LONGEST_WITH_COMMA = 36
_LONGEST_IN_ARTICLE = 20


def bracketed_heading(text: str) -> tuple[int, int, int] | None:
    """（立法目的）为了… → where the heading begins and ends, and where the text after it begins."""
    match = _BRACKETED.match(text)
    if (
        not match
        or _NUMBER_ONLY.fullmatch(match["heading"])
        or text[match.end() : match.end() + 1] in tuple("，、；。")
    ):
        return None
    return match.start("heading"), match.end("heading"), match.end()


def spaced_heading(text: str) -> tuple[int, int]:
    """主要目标　到2030年，… → where the heading ends and where the sentence after the wide space begins; or (0, 0)."""
    match = _SPACED.match(text)
    if not match or "。" not in text[match.end() :]:
        return 0, 0
    return match.end("heading"), match.end()


def run_in_heading(text: str, in_article: bool, alone: bool) -> int:
    """The length of the heading that runs into `text` up to a full stop, or 0.

    `in_article`: the text is that of a list under an article, where sentences are the rule and headings
    (依法行政原则。…) the exception.  `alone`: a single sentence may be the heading of what comes below it.
    """
    stop = text.find("。", 0, _LONGEST + 1)
    if stop <= 0 or not (alone or text[stop + 1 :].strip()):
        return 0
    heading = text[:stop]
    if in_article and (len(heading) > _LONGEST_IN_ARTICLE or re.search(r"[，；：]|的$", heading)):
        return 0
    if "，" in heading and len(heading) > _LONGEST_WITH_COMMA:
        return 0
    if re.search(r"[；：:;！？]", heading) or _SAYS_SOMETHING.search(heading):
        return 0
    return stop
