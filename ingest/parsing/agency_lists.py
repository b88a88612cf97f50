"""Lists of agencies as documents print them: 省水利厅、省体育局和各市、县（市、区）人民政府等."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ingest.parsing.agencies import AgencyBook
from ingest.parsing.regions import Region
from ingest.parsing.resolution import Resolution

# What bodies' names end in; a name that the gazetteer does not know is told by it.
BODY_NOUN = re.compile(
    r"""
    (?: [厅局委部办院署社队会处室所站] | 办公[室厅] | 中心 | 政府 | 公司 | 集团 | 小组 | 专班 | 指挥部 | 银行 | 法院
      | 海关 | 总队 | 支队 | 大学 | 学院 | 协会 | 联盟 | 电网 | 电信 | 移动 | 联通 | 铁塔 | 广电 | 电力 | 企业 | 机构
      | 机关 | 单位 | 部门 | 街道 | 乡镇 | 镇街 | 新区 | 园区 | 开发区 | 高新区 | 经开区 | 保税区 | 示范区 | 片区 | 军区
      | 兵团 | 区县 | 县区 | 市州 | 市县 | 地区 | 运营商 | 高校 | 院校 | 支行 | 分行 | 总部 | 智库 | 实验室 | 研究院
      | 联席会议 | 各[省市县区州盟旗] | 各区县 | 各县市 | 各地市?
    ) (?:（[^（）]{1,40}）)? $
    """,
    re.VERBOSE,
)
SEPARATOR = re.compile(r"[、，；/\n]|以及|(?<!普)及(?!其)|[和与]|会同|联合")
HARD = frozenset("、，；/\n")  # these always divide; 和 and 与 only between two bodies
AND_OTHERS = re.compile(
    r"(?:[、，]?等)(?:多个|各|有关|相关|职能|市级|省级|区级|[省市区县]?直|成员|责任|业务|主管|\d{1,2}|[一二三四五六七八九十]{1,3}|个|家){0,4}"
    r"(?:部门和?单位|部门（单位）|部门|单位|机构|企业|委办局|方面|厅局|地区?|地市|市州?|[市州县区]{1,2}(?:人民)?政府)?$"
)
# 各市、县（市、区）人民政府 is one name: a bare level goes with the level that follows.
BARE_LEVEL = re.compile(
    r"^(?:各|有关|相关|地方|有条件的|设区的?|地级以上|所属)*(?:省|自治区|直辖市|(?:省?直管)?市|自治州|州|盟|地区|县|自治县|区|旗|镇|乡)(?:（[^（）]*）)?$"
)
NEXT_LEVEL = re.compile(
    r"^各?(?:自治区|直辖市|计划单列市|直管市|县级市|自治州|自治县|[一-龥]{0,3}林区|街道|[市州盟县区旗镇乡])(?:（|、|人民政府|政府|以及|及|和|有关|相关|党委|管委会|区|$)"
)
# 各市州、县市区人民政府 is one as well.
BARE_LEVELS = re.compile(r"^各(?:市州|州市|地市|市地|盟市)$")
NEXT_LEVELS = re.compile(r"^[县市区旗]{2,3}(?:人民政府|政府)?$")
# 各市党委、政府 are one; of 各盟行政公署、市人民政府 the second has the first's 各.
SET = re.compile(r"^各")
GOVERNMENTS = re.compile(r"(?:政府|公署|行署)$")
LEVEL_GOVERNMENT = re.compile(
    r"^(?:(?:[市州盟县区旗]{1,2}|自治州|县级市)?(?:（[^（）]*）)?(?:人民政府|政府)|(?:地区|盟)(?:行政公署|行署))$"
)
# 满洲里、二连浩特市人民政府: the second's 市 holds for both.
BARE_PLACE = re.compile(r"[一-龥]{2,6}$")
LEVEL = re.compile(r"(?P<level>[市县旗区])(?:人民政府|政府)?$")
ENDS_IN_LEVEL = re.compile(r"[市州盟县区旗]$")
# 省通信管理局、物价局、消防救援总队: the first one's 省 holds for all.
OWNED = re.compile(r"(?P<owner>省|自治区|市|自治州|州|盟|县|旗)(?![直级属内]|委$)")
DEPARTMENT = re.compile(r"(?!国家|全国|中国|中央|各|有关)[一-龥]{2,12}(?:厅|局|委|办|委员会|办公室|总队|支队)$")
OWNERS = tuple("省市州盟县旗")  # before a department: whose it is
LONGEST_NAME = 40
STARTS_BODY = re.compile(r"[省市州各]|自治区|国家|中央|工业和信息化部")
REACH = 120  # characters looked back for the beginning of a list's last item
LONGER_NOUNS = ("部门", "办公室", "办事处", "委员会", "会议", "院校", "处室")  # one does not end within them
LONGEST_LOOSE = 20
STRAY = "：，。、“”*★☆▲△●◆※■# "  # round a name, and no part of it
# 形成部门（协同的格局）, 建立专班: what is done, not who does it
DEED = re.compile(
    r"形成|建立|健全|完善|构建|组建|成立|设立|凝聚|汇聚|压实|确保|做好|抓好|切实|积极|充分|鼓励|引导|带动|调动|依托|围绕|针对|涉及|"
    r"(?:打造|加强|加快|强化|深化|优化|提升|提高|实现|开展|持续)(?!.*(?:小组|办|办公室|委员会|会议|专班|指挥部)$)"
)
NO_NAME = re.compile(r"^\d|\d年|完成|底前|开展|推进|建立|长期|持续")
PUBLIC_SET = re.compile(r"政府|部门|单位|[省市县区州盟旗委局]$|地区|地方|区县|管委会|街道|乡镇")


@dataclass(frozen=True, slots=True)
class Name:
    """A body in a list, at [start, end) of the list's text."""

    start: int
    end: int
    text: str
    resolution: Resolution


class NameReader:
    """Reads lists of bodies in the documents of one region."""

    def __init__(self, book: AgencyBook, region: Region | None):
        self._book = book
        self._region = region
        self._seen: dict[str, Resolution] = {}

    def resolve(self, name: str) -> Resolution:
        found = self._seen.get(name)
        if found is None:
            found = self._seen[name] = self._book.resolve(name, self._region)
        return found

    def is_body(self, name: str) -> bool:
        """Whether the words name a body: known ones, sets, and what ends as names of bodies do."""
        if not 1 < len(name) <= LONGEST_NAME:
            return False
        found = self.resolve(name)
        if (found.known and not found.group) or found.level == "county":
            return True
        return DEED.match(name) is None and (found.known or BODY_NOUN.search(name) is not None)

    def is_named_body(self, name: str) -> bool:
        """Whether the words name one public body: known, or a region's, and no company."""
        if not 1 < len(name) <= LONGEST_NAME:
            return False
        found = self.resolve(name)
        if found.group:
            return False
        return found.known or (found.level != "" and BODY_NOUN.search(name) is not None and "公司" not in name)

    def ends_in_body(self, text: str, start: int, end: int) -> bool:
        """Whether the last item of the list text[start:end] is a body."""
        if start >= end:
            return False
        *_, (low, high) = self._pieces(text, max(start, end - REACH), end)
        piece = AND_OTHERS.sub("", text[low:high])
        return self.is_body(piece) if piece else True

    def may_be_body(self, name: str) -> bool:
        """Whether an unknown name, where only bodies are expected, is one: no date, no sentence."""
        return 1 < len(name) <= LONGEST_LOOSE and NO_NAME.search(name) is None

    def lists_bodies(self, text: str, start: int, end: int) -> bool:
        """Whether at least half of the items of the list text[start:end] are bodies."""
        names = self.names(text, start, end)
        return sum(self.is_body(name.text) for name in names) * 2 >= len(names)

    def is_deadline(self, words: str) -> bool:
        """Whether an item says until when: 2025年底前完成, 长期坚持."""
        return NO_NAME.search(words) is not None

    def is_public(self, name: str) -> bool:
        """Whether the words name a body of the state, or a set of such: no 企业, no 高校."""
        return self.is_body(name) and (self.is_named_body(name) or PUBLIC_SET.search(name) is not None)

    def named_suffix(self, name: Name) -> Name | None:
        """The longest end of a name that is a known single body: of 建立市发展改革委, 市发展改革委, not 发展改革委."""
        for start in range(name.start, name.end - 2):
            if name.text[start - name.start - 1 : start - name.start] in OWNERS:
                continue
            part = self._part(name, start - name.start, len(name.text))
            if part.resolution.known and self.is_named_body(part.text):
                return part
        return None

    def body_prefix(self, name: Name) -> Name | None:
        """The body that words begin with: the longest known one, else the shortest that sounds like one."""
        text = name.text[:LONGEST_NAME]
        ends = [
            end
            for end in range(2, len(text) + 1)
            if BODY_NOUN.search(text[:end]) and not text.startswith(LONGER_NOUNS, end - 1)
        ]
        known = [end for end in ends if self.resolve(text[:end]).known]
        if not ends:
            return None
        return self._part(name, 0, known[-1] if known else ends[0])

    def names(self, text: str, start: int = 0, end: int | None = None) -> list[Name]:
        """The bodies that text[start:end] lists; 等 and 等部门 add nobody."""
        names = []
        for low, high in self._pieces(text, start, len(text) if end is None else end):
            piece = text[low:high]
            others = AND_OTHERS.search(piece)
            if others:
                high = low + others.start()
            low, high = _trim(text, low, high)
            if low < high:
                names += self._run_together(Name(low, high, text[low:high], self.resolve(text[low:high])))
        self._learn_places(names)
        return list(self._owned(names))

    def _learn_places(self, names: Iterable[Name]) -> None:
        """Take what stands before a county's or a city's government without its 市 or 县 for its like, from here on."""
        level = ""
        for name in reversed(list(names)):
            found = LEVEL.search(name.text)
            if found and self.resolve(name.text).known and not SET.match(name.text):
                level = found["level"]
            elif level and BARE_PLACE.match(name.text) and not name.resolution.known:
                place = self.resolve(name.text + level)
                if place.known and not place.group:
                    self._seen[name.text] = place
            else:
                level = ""

    def _owned(self, names: Iterable[Name]) -> Iterator[Name]:
        """The names; a department that nothing is known of belongs to whom the one before it belongs to."""
        owner = before = ""
        for name in names:
            if SET.match(before) and GOVERNMENTS.search(before) and LEVEL_GOVERNMENT.match(name.text):
                name = replace(name, resolution=self.resolve(f"各{name.text}"))
                before = f"各{name.text}"
            else:
                name, before = replace(name, resolution=self.resolve(name.text)), name.text
            if named := OWNED.match(name.text):
                owner = named["owner"]
            elif owner and name.resolution.level == "" and DEPARTMENT.match(name.text):
                name = replace(name, resolution=self.resolve(owner + name.text))
            yield name

    def _run_together(self, name: Name) -> list[Name]:
        """A name, or those that it holds where separators were lost: 省经信厅省科技厅."""
        if name.resolution.known or len(name.text) > LONGEST_NAME:
            return [name]
        for match in STARTS_BODY.finditer(name.text, 3):
            at = match.start()
            if self.resolve(name.text[:at]).known and self.is_body(name.text[:at]):
                first = self._part(name, 0, at)
                rest = self._run_together(self._part(name, at, len(name.text)))
                if all(part.resolution.known and self.is_body(part.text) for part in rest):
                    return [first, *rest]
        return [name]

    def _part(self, name: Name, start: int, end: int) -> Name:
        text = name.text[start:end]
        return Name(name.start + start, name.start + end, text, self.resolve(text))

    def _pieces(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Spans between separators, with 发展和改革委, 各市、县 and brackets left whole."""
        separators = _separators(text, start, end)
        hard = [*(low for low, _ in separators if text[low] in HARD), end]
        begin = last = start
        for low, high in separators:
            while hard[0] < high:
                hard.pop(0)
            after = text[high : min((h for h in hard if h >= high), default=end)]
            joint = text[low] == "、" and self._book.is_joint(f"{text[begin:low]}、{AND_OTHERS.sub('', after)}")
            if not joint and not self._binds(text[begin:low], text[last:low], after, text[low] in HARD):
                yield begin, low
                begin = high
            last = high
        yield begin, end

    def _binds(self, piece: str, part: str, after: str, is_hard: bool) -> bool:
        """Whether a separator belongs to a name: to the piece so far, whose last part it ends, and what follows."""
        if BARE_LEVEL.match(part) and NEXT_LEVEL.match(after):
            return True
        if BARE_LEVELS.match(part) and NEXT_LEVELS.match(after):
            return True
        if SET.match(piece) and LEVEL_GOVERNMENT.match(after):
            return not (is_hard and GOVERNMENTS.search(part))
        if part.endswith("部门") and after == "单位":  # 市直有关部门、单位
            return True
        if not is_hard and SET.match(piece) and ENDS_IN_LEVEL.search(part) and after.endswith("政府"):
            return True  # 各市、州、直管市及林区人民政府
        if is_hard:
            return False
        whole = self.resolve(f"{piece}和{AND_OTHERS.sub('', after)}")
        return (whole.known and not whole.group) or not (self._is_whole(piece) and self._is_whole(after))

    def _is_whole(self, piece: str) -> bool:
        piece = AND_OTHERS.sub("", piece)
        if not 1 < len(piece) <= LONGEST_NAME:
            return False
        return self.resolve(piece).known or (len(piece) > 3 and BODY_NOUN.search(piece) is not None)


def _separators(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of separators outside brackets."""
    found = []
    depth = 0
    position = start
    while position < end:
        char = text[position]
        if char == "（":
            depth += 1
        elif char == "）":
            depth = max(depth - 1, 0)
        elif not depth and (match := SEPARATOR.match(text, position, end)):
            found.append(match.span())
            position = match.end()
            continue
        position += 1
    return found


def _trim(text: str, low: int, high: int) -> tuple[int, int]:
    while low < high and text[low] in "由" + STRAY:
        low += 1
    while low < high and text[high - 1] in STRAY:
        high -= 1
    return low, high
