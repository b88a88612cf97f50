"""Who issued a document: read from its title, number, signature, and the sentence that announces it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.parsing.agencies import AgencyBook
from ingest.parsing.dates import DAY
from ingest.parsing.docnumbers import order_issuer
from ingest.parsing.head import ASIDE, DocumentText
from ingest.parsing.regions import Region, RegionBook

ORDINAL = r"第?[一二三四五六七八九十百零〇\d]{1,6}"
BODY_END = re.compile(
    r"""
    (?: [部委厅局办院会府室署行司处所组站社队] | 中心 | 中央 | 集团 | 公司 | 新区 | 联盟 | 智库 | 大学 | 团队 ) $
    """,
    re.VERBOSE,
)
TITLE_ACT = re.compile(r"关于|印发|发布|公布|出台|转发|批转|令")
COVERING = re.compile(r"[^关，。；：]{2,60}关于(?:印发|发布|公布|转发|下发)[^，。；：]{2,100}的通知")
VERB = re.compile(
    r"(?:印发|发布|公布|出台|颁布|下发|起草|制定|编制|编写|研制|撰写|推出|转发|形成|(?:公开)?征求(?:对)?)(?:完成)?(?:了)?"
)
BETWEEN = 8  # characters at most between the verb and the title
# 云溪省第三届人大常委会第六次会议, 市政府第12次常务会议
CONGRESS = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{2,20}}?)(?:{ORDINAL}届)?"
    rf"(?P<organ>人民代表大会常务委员会|人民代表大会|人大常委会|人大){ORDINAL}次(?:主任)?会议"
)
GOVERNMENT = re.compile(
    rf"(?P<body>[\u4e00-\u9fff]{{0,12}}?(?:人民政府|政府|国务院)){ORDINAL}次?(?:届)?[\u4e00-\u9fff\d]{{0,8}}会议"
)
# 近日，某某办公室印发通知，…; 某某部决定开展…，有关事项通知如下
NOTIFIES = re.compile(r"(?:印发|下发|发布|发出)(?:了)?(?:关于[^，。]{2,60}的)?通知(?!》)|决定(?!部署)")
AS_FOLLOWS = re.compile(r"(?:通知|公告|通告)如下")
ORGANS = {"人大常委会": "人民代表大会常务委员会", "人大": "人民代表大会"}
TERM = re.compile(r"第[一二三四五六七八九十百\d]{1,4}届(?=人民代表大会|人大)")
# A body's site or account is the body; 中国政府网 is nobody's in particular.
ONLINE = re.compile(r"(?<!^中国政府)(?:(?:官方|门户)*网站?|官网|(?:微信)?公众号|官方?微信?|官微|客户端)$")
LEADING = re.compile(
    r"(?:近日|日前|近期|最近|今日|今天|昨日|当日|同日|据悉|其中|目前|同时|此次|首次|由|经|现|并|据|上午|下午|前不久|[\d年月日\s])*"
)
TRAILING = re.compile(
    r"""
    (?: 近日 | 日前 | 近期 | 最近 | 今日 | 今天 | 正式 | 联合 | 共同 | 研究 | 牵头 | 组织 | 负责 | 首次 | 率先
      | 对外 | 公开 | 面向社会 | 向社会 | 统一 | 集中 | 决定 | 抓紧 | 及时 | 专门 | 会商 | 起草 | 制定 | 编制
      | 主持 | 承担 | 修订 | 审议 | 通过 | 历时 | [已也还又现将并于就了] | [\d年月日\s] )+ $
    """,
    re.VERBOSE,
)
AND_MORE = re.compile(
    r"等(?:[一二三四五六七八九十\d]{1,3})?(?:个|家)?(?:有关|相关)?(?:部门|单位|部委|机构|厅局|省直部门)?$"
    r"|(?:会同|和|及|、)?(?:有关|相关)(?:部门|单位|方面)$"
)
COUNTED = re.compile(r"[一二两三四五六七八九十\d]{1,3}(?:个|家)?(?:部门|单位|部委|机构|厅局)$")
PREDICATE = re.compile(r"发挥|依托|结合|基于|围绕|凭借|历时|立足|在.{2,20}指导下")
PERSON = re.compile(
    r"""
    (?P<body> .{2,40}? (?: [院部委局会所厅办司府] | 中心 | 公司 | 集团 | 联盟 | 大学 ) )
    (?: 党组 | 原 | 第一 | 常务 )? (?: 副 | 总 ){0,2}
    (?: 工程师 | [院部局司所会厅处]长 | 秘书长 | 理事长 | 董事长 | 主任 | 主席 | 书记 | 总裁 | 研究员 | 院士
      | (?:有关)?负责人 | 发言人 )
    .{0,8} $
    """,
    re.VERBOSE,
)
SEPARATOR = re.compile(r"[、，,；;/]")
JOINING = re.compile(r"会同|联合|携手|暨|和|与|及")
OF_REPORTS = re.compile(r"会同|联合|携手|和|与")
LONGEST = 40  # characters of a name
LONGEST_LIST = 400  # characters of a list of names
OF_FIRMS = 20  # characters of a name that ends like no public body's


@dataclass(frozen=True, slots=True)
class _Names:
    """Names as printed; not `complete` where 等 or 等七部门 leaves some out."""

    names: list[str]
    complete: bool = True


def find_issuers(
    text: DocumentText,
    kind: str,
    number: str | None,
    region: Region | None,
    agencies: AgencyBook,
    regions: RegionBook,
) -> list[str]:
    """The full official names of a document's issuers, in printed order; for a report who made it.

    `region` is what the document's title tells, and completes 省经信厅.
    """
    reader = _Reader(text, kind, agencies, regions, region)
    found = reader.choose(number)
    return list(dict.fromkeys(reader.canonical(name) for name in found))


class _Reader:
    def __init__(self, text: DocumentText, kind: str, agencies: AgencyBook, regions: RegionBook, region: Region | None):
        self.text = text
        self.kind = kind
        self.agencies = agencies
        self.regions = regions
        self.region = region

    def choose(self, number: str | None) -> list[str]:
        """The names of the surest place that gives all of them; the source's where no place does."""
        order = order_issuer(number)
        candidates = [
            self._from_title(),
            self._names(order or ""),
            self._from_adoption() if self.kind == "law" else _Names([]),
            self._from_signature(),
            self._from_announcement(),
        ]
        found = next((c.names for c in candidates if c.names and c.complete), None)
        if found and self.kind == "news":
            found = self._fuller(found, candidates[-1])
        partial = max((c.names for c in candidates), key=len, default=[])
        return found or partial or self._from_government_meeting() or self._from_notice() or self._from_source()

    def _fuller(self, headline: list[str], announced: _Names) -> list[str]:
        """The names that a digest's text gives in full (某部办公厅) where its headline has them short (某部)."""
        full, short = (list(map(self.canonical, names)) for names in (announced.names, headline))
        same = announced.complete and len(full) == len(short)
        return announced.names if same and all(map(str.startswith, full, short)) else headline

    def canonical(self, name: str) -> str:
        for short, full in self.text.short_names.items():
            if name.startswith(short):
                name = full + name.removeprefix(short)
                break
        name = TERM.sub("", name)
        region = None if self.kind == "report" else self.region
        return self.agencies.resolve(name, region).canonical

    # -- places ----------------------------------------------------------------------------------

    def _from_title(self) -> _Names:
        """工业和信息化部关于…, 中共中央 国务院印发…; else the title of the notice that stands above its heading."""
        for title in [self.text.title, *filter(COVERING.fullmatch, self.text.head)]:
            act = TITLE_ACT.search(title)
            names = self._names(title[: act.start()]) if act else _Names([])
            if names.names:
                return names
        return _Names([])

    def _from_adoption(self) -> _Names:
        """The congress or its standing committee whose session adopted a law, not the one that approved it."""
        for line in [*self.text.head, *self.text.sentences()]:
            text = DAY.sub("，", line)
            found = next((match for match in CONGRESS.finditer(text) if not text.startswith("批准", match.end())), None)
            if found:
                organ = ORGANS.get(found["organ"], found["organ"])
                if found["body"].endswith("全国"):
                    if self.region:
                        continue  # it passed the law that this region's rules carry out
                    return _Names([f"全国{organ}"])
                region = self._region_at_end(found["body"]) or self.region
                if region:
                    return _Names([region.name + organ])
        return _Names([])

    def _region_at_end(self, words: str) -> Region | None:
        """广东省 of 日前于广东省: the region whose name ends the words."""
        for start in range(len(words)):
            lead = self.regions.lead(words[start:])
            if lead and start + lead[1] == len(words):
                return lead[0]
        return None

    def _from_signature(self) -> _Names:
        for signature in self.text.signatures:
            names = [name for line in signature.lines for name in self._names(line).names]
            if names:
                return _Names(names)
        return _Names([])

    def _from_announcement(self) -> _Names:
        """近日，A、B联合印发《…》; 《…》由A编制: the sentences of the lead that name the document."""
        partial = _Names([])
        for sentence in self.text.sentences():
            place = self.text.own_title(sentence)
            if not place:
                continue
            for words in _subjects(sentence, place):
                found = self._names(words)
                if found.names and found.complete:
                    return found
                if len(found.names) > len(partial.names):
                    partial = _Names(found.names, complete=False)
        return partial

    def _from_government_meeting(self) -> list[str]:
        """市政府第12次常务会议 adopted the rules of a government."""
        if self.kind != "law":
            return []
        for line in [*self.text.head, *self.text.sentences()]:
            found = GOVERNMENT.search(DAY.sub("，", line)) if len(line) < 1000 else None
            if found and "通过" in line[found.end() :]:
                return [LEADING.sub("", found["body"].removeprefix("已经"), count=1)]
        return []

    def _from_notice(self) -> list[str]:
        """The body that an editor's note or a preamble says to give notice, without naming the document."""
        if self.kind != "notice":
            return []
        preambles = (line for line in self.text.head if AS_FOLLOWS.search(line))
        for sentence in [*self.text.note.split("。"), *preambles]:
            for verb in NOTIFIES.finditer(sentence[:LONGEST_LIST]):
                for words in _clauses(ASIDE.sub("", sentence[: verb.start()])):
                    found = self._names(words)
                    if found.names and found.complete:
                        return found.names
        return []

    def _from_source(self) -> list[str]:
        source = self.text.source
        if not source:
            return []
        if self.kind == "law" and "人大" in source and self.region and self.text.title.endswith("条例"):
            return [f"{self.region.name}人民代表大会常务委员会"]
        names = [_behind(name.strip()) for name in SEPARATOR.split(source) if name.strip()]
        if self.kind in ("report", "statistics"):
            return names
        return [name for name in names if BODY_END.search(name)]

    # -- names -----------------------------------------------------------------------------------

    def _names(self, words: str) -> _Names:
        """The bodies that a run of words lists; empty if it lists anything else."""
        if len(words) > LONGEST_LIST:
            return _Names([])
        words = LEADING.sub("", TRAILING.sub("", words.strip("《》“” *")), count=1).strip()
        words = COUNTED.sub("", words)
        bare = AND_MORE.sub("", words)
        complete = bare == words
        person = PERSON.match(bare)
        if person:
            bare = person["body"]
        predicate = PREDICATE.search(bare)
        if predicate:
            bare = bare[: predicate.start()]
        names = [name for part in self._parts_of(bare) for name in self._split(part)]
        if not names or not all(self._may_be_name(name, names) for name in names):
            return _Names([])
        return _Names(names, complete)

    def _parts_of(self, words: str) -> list[str]:
        """What marks divide; 市科委、中关村管委会 is one body's name."""
        parts: list[str] = []
        for part in SEPARATOR.split(words):
            if parts and self.agencies.is_joint(joint := f"{parts[-1]}、{part}"):
                parts[-1] = joint
            else:
                parts.append(part)
        return parts

    def _split(self, part: str) -> Iterator[str]:
        """The names that spaces, 和, 与 or 会同 join; 工业和信息化部 is one."""
        pieces: list[str] = []
        for word in part.split():
            whole = len(word) > 2 and word not in ("办公厅", "办公室", "委员会") and BODY_END.search(word)
            if pieces and not (whole and BODY_END.search(pieces[-1])):
                pieces[-1] += word
            else:
                pieces.append(word)
        for piece in pieces:
            start = 0
            for joint in (OF_REPORTS if self.kind == "report" else JOINING).finditer(piece):
                before, after = piece[start : joint.start()], piece[joint.end() :]
                if not after or not self._parts(before, joint.group(), after):
                    continue
                yield TRAILING.sub("", before)
                start = joint.end()
            yield piece[start:]

    def _parts(self, before: str, joint: str, after: str) -> bool:
        if joint in ("会同", "联合", "携手") and len(before) > 1:
            return True
        return bool(BODY_END.search(before)) and (self.kind == "report" or bool(BODY_END.search(after)))

    def _may_be_name(self, name: str, names: Sequence[str]) -> bool:
        if not 2 <= len(name) <= LONGEST or self.regions.named(name):
            return False
        if BODY_END.search(name) or self.agencies.resolve(name, self.region).known:
            return True
        return self.kind == "report" and (len(names) > 1 or bool(BODY_END.search(names[0]))) and len(name) <= OF_FIRMS


def _behind(name: str) -> str:
    """The body behind a site or an account, 某省某厅 of 某省某厅官网; a name that is no body's stays."""
    body = ONLINE.sub("", name)
    return body if BODY_END.search(body) else name


def _subjects(sentence: str, place: tuple[int, int]) -> Iterator[str]:
    """The words before a verb of issuing, the nearest clause first, for every such verb near the title."""
    start, end = place
    before = sentence[:start]
    for verb in VERB.finditer(before):
        if start - verb.end() <= BETWEEN and "，" not in before[verb.end() :]:
            yield from _clauses(before[: verb.start()])
    after = sentence[end:]
    for verb in VERB.finditer(after):
        yield from list(_clauses(after[: verb.start()]))[:1]


def _clauses(words: str) -> Iterator[str]:
    """The clauses of a run of words, the last first."""
    for clause in reversed(re.split(r"，|(?<=[\u4e00-\u9fff]),", words)):
        yield clause.rpartition("由")[2] if clause.lstrip().startswith(("由", "近日由", "日前由")) else clause
