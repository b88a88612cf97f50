"""What kind of document a policy is, and whether it is a draft; the document decides, not 的通知 in its title."""

import re
from collections.abc import Sequence

from ingest.parsing.docnumbers import is_announcement

# Words that a title ends with, once 的通知, （试行） and years are off, and what they make of the document.
ENDINGS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "statistics",
        re.compile(r"统计公报|(?:运行|运营|发展|增长|经营|生产|收入)的?(?:基本)?情况|统计(?:数据|监测)|经济运行"),
    ),
    ("news", re.compile(r"解读|答记者问")),
    ("report", re.compile(r"报告|[白蓝绿皮]{1,2}书|图谱|百景图|全景图|指数|研究|观察|洞察|案例集?|年鉴|综述|评估")),
    ("measures", re.compile(r"措施|举措|政策|若干意见|若干条|[一二三四五六七八九十0-9]+条(?:意见|政策|措施|举措)?")),
    ("plan", re.compile(r"规划|计划|方案|纲要|要点|路线图|行动|意见|战略|部署|安排|任务(?:清单)?|框架|蓝图")),
    ("law", re.compile(r"条例|办法|规定|细则|规则|规程|准则|指引|法|守则|公约|章程|基准")),
    ("guidance", re.compile(r"指南|规范|标准|要求|导则|清单|目录|名录")),
    ("notice", re.compile(r"通知|公告|通告|通报|批复|复函|函|决定|决议|命令|令|名单|倡议书?|公示")),
)
OF_ANOTHER = ("measures", "plan", "law")  # kinds of documents that carry out another
# A notice that only announces: it asks, calls or names; one that 印发 or 发布 a document is that document.
ISSUES = re.compile(r"(?:印发|发布|公布|颁布|下发|转发|颁发)")
ASKS = re.compile(r"申报|征集|组织开展|开展|做好|推荐|举办|召开|报送|遴选|认定|征求|调整|编制|填报|贯彻|落实|学习")
NOTICE = re.compile(r"的?(?:通知|公告|通告|通报|批复|复函|函|命令|令)$")
BRACKETS = re.compile(r"[（(〔\[][^（）()〔〕\[\]]{0,40}[）)〕\]]\s*$")
PRESS = re.compile(r"(?:印发|发布|公布|出台|颁布|下发|部署|通过)[^》]{0,6}《[^》]+》?\s*$")
# A press report tells paragraph by paragraph what a document says: 《意见》提出，….
TELLS = re.compile(r"\s*《[^《》]{2,60}(?<!报告)(?<!书)》(?:还|同时|明确)?(?:提出|明确|要求|指出|强调|规定)")
OPINIONS = re.compile(r"《.+》.{0,8}征求意见|征求.{0,12}《.+》.{0,4}意见")
SEVERAL = re.compile(r"》\s?等\s?[\d一二三四五六七八九十百两]{1,4}\s?[项个部件]")  # 《X》等12项国家标准
STANDARDS = re.compile(r"(?:国家|行业|地方|团体|推荐性|强制性)标准$")
CASES = re.compile(r"案例$")
ACT = re.compile(r"(?:行动|意见|安排|部署|战略)$")  # what a notice may launch itself
ARTICLE = re.compile(r"[\s#*]*第\s?[一二三四五六七八九十百零〇0-9]+\s?条")
SECTION = re.compile(r"[\s#*]*[一二三四五六七八九十]{1,3}\s?[、.．]")
PLANNED = re.compile(r"总体要求|总体思路|主要目标|工作目标|发展目标|重点任务|主要任务|保障措施|组织实施")
ADVERT = re.compile(r"\s*扫描?\s?(?:下方|上方)?二维码|阅读(?:报告|白皮书)?全文\s*$")
DRAFT = re.compile(r"征求意见|草案|送审稿|讨论稿|公开征集意见|修订稿?征")
DRAFT_NOTE = re.compile(r"(?:公开|社会|现|意见稿?)[^。]{0,12}征求[^。]{0,20}意见|征求意见稿")
FEWEST_ARTICLES = 3
FEWEST_SECTIONS = 2
FEWEST_TELLING = 2  # paragraphs of a press report


# What a title names behind the 《》 that it is about: 《某条例》责任分工方案
OWN_DOCUMENT = re.compile(rf"(?:{'|'.join(words.pattern for kind, words in ENDINGS if kind in OF_ANOTHER)})$")


def kind_of(title: str, body: Sequence[str]) -> str:
    """law, plan, measures, notice, statistics, report, news or other, from the title and the body's lines."""
    articles = sum(1 for line in body if ARTICLE.match(line))
    sections = sum(1 for line in body if SECTION.match(line))
    has_document = articles >= FEWEST_ARTICLES or sections >= FEWEST_SECTIONS
    if not has_document and PRESS.search(title):
        return "news"
    ending = _ending(title, has_document)
    telling = 0 if has_document else sum(1 for line in body if TELLS.match(line))
    if telling >= FEWEST_TELLING and ending in (None, *OF_ANOTHER) and not NOTICE.search(title):
        return "news"
    if articles >= FEWEST_ARTICLES and ending not in ("measures", "statistics", "report", "plan"):
        return "law"
    if ending in ("law", "guidance"):
        return _without_articles(ending, body)
    if ending:
        return ending
    return "report" if any(ADVERT.match(line) for line in body if len(line) < 40) else "other"


def status_of(kind: str, title: str, note: str) -> str:
    """draft for what is put out for opinions, unknown for statistics and reports, in_force for what was issued."""
    if kind in ("statistics", "report"):
        return "unknown"
    return "draft" if DRAFT.search(title) or DRAFT_NOTE.search(note) else "in_force"


def core_title(title: str) -> str:
    """The name of the document that a notice issues: 印发《X》的通知 and 印发X的通知 give X.

    印发《X》实施细则的通知 gives 《X》实施细则, which is no X.
    """
    text = _unbracketed(title.strip())
    notice = NOTICE.search(text)
    core = text[: notice.start()] if notice else text
    quoted = re.findall(r"《([^《》]+)》", core)
    after = core.rpartition("》")[2]
    if quoted and OWN_DOCUMENT.search(after) and not OPINIONS.search(core):
        core = core[core.rindex("《") :]
    elif quoted and (ISSUES.search(core) or OPINIONS.search(core) or core.rstrip().endswith("》")):
        core = quoted[-1]
    return _unbracketed(core)


def _ending(title: str, has_document: bool) -> str | None:
    """The kind that the title's last words tell; `has_document`: the body holds more than an announcement."""
    full = _unbracketed(title.strip())
    core = core_title(title)
    notice = bool(NOTICE.search(full)) or is_announcement(full)
    asks_opinions = bool(OPINIONS.search(full))
    if notice and asks_opinions and not has_document:
        return "notice"
    if notice and (SEVERAL.search(full) or (STANDARDS.search(core) and not has_document)):
        return "notice"
    issues = asks_opinions or bool(ISSUES.search(full))
    for kind, words in ENDINGS:
        if re.search(rf"(?:{words.pattern})$", core):
            if notice and kind == "report" and CASES.search(core) and "《" not in full:
                return "notice"  # 关于发布典型案例的公告 names them; 案例集 is a document
            if notice and not issues and (ASKS.search(core) or (kind == "plan" and ACT.search(core))):
                return "notice"
            return kind
    return "notice" if notice else None


def _without_articles(ending: str, body: Sequence[str]) -> str:
    """办法 and 指南 made of 一、 instead of articles: a plan if they are built like one, else measures."""
    sections = [line[:40] for line in body if SECTION.match(line)]
    if sum(1 for line in sections if PLANNED.search(line)) >= FEWEST_SECTIONS:
        return "plan"
    return "law" if ending == "law" and len(sections) < FEWEST_SECTIONS else "measures"


def _unbracketed(text: str) -> str:
    while (shorter := BRACKETS.sub("", text).rstrip()) != text:
        text = shorter
    return text
