"""What the indicator of a statistical fact is called: its own words without their trimmings, completed
from what the sentence has said before (the total that members divide, whose 筹资 it is, at which games)."""

import re
from dataclasses import dataclass, field

from ingest.parsing.numbers import Number
from ingest.parsing.units import Unit

BLANK = "□"  # stands for what a bracket said
OPENING = re.compile(
    r"初步核算|其中(?:有(?=有))?|另外|此外|我[国省市]|据\S{2,10}统计|按(?:可比|不变)(?:口径|价格?)(?:计算)?|同口径|扣除价格因素|[分按从]\S{1,10}[看分]"
    r"|在(?=\S{2,30}中$)|在\S{2,15}?中[，]?有|截[至止]|(?:\d{4}年)?(?:\d{1,2}(?:[—–~-]|至))?\d{1,2}月份?末?|全年|当年(?!价)|(?:\d{4})?年[末底]"
    r"|\d{4}年|(?:上|下)半年|前三季度|[一1](?:至|[—–~-])[三3]季度|第?[一二三四]季度|前\d{1,2}个月|与(?!\S{0,40}之比)|分别|[、，和]"
)
LEFT_OUT = re.compile(
    rf"{BLANK}+|\d?（以下[简统]称[^）]*）|全年(?=\S)|(?:累计|共)?(?:完成|实现)(?=\S)(?!正增长|\S{{0,6}}(?:预算|目标|任务|计划)的)"
    r"|[共现]有(?=\S|$)"
    r"|发生(?=营业|成本|费用)|(?<![公中])共(?=发生|签订|资助|死亡|获|创|发行|投入|接待|设立|建成|培养|检查|查处)|在\d{1,5}[个项]\S{1,15}?中(?=\S)"
)
LEVEL = re.compile(
    r"(?:(?:分别|合计|累计|已)*(?:为|达到?|约|超过?|近|共计?|突破|折合?|(?:保持|稳定)(?:在|为)?)|(?<![持占拥国保享所])有)*$"
)
DONE = re.compile(r"(?:合计|累计|共)*(?:完成|实现)$")
NO_SUBJECT = re.compile(r"(?:增速|增幅|降幅|涨幅)[^的]*$|[的中在]$|^[较比]|^从$|^连续|^[高低快慢好]于|^[两三四五]年$")
MEASURE = re.compile(
    r"(?:额|量|数|值|率|收入|支出|面积|利润|价格|投资|余额|款|比重|占比|人口|存栏|出栏|用户|基站|里程|容量|经费|成本|费"
    r"|总计|强度|指数|浓度|筹资|资金|融资|给付|债券|业务|能耗|煤耗|用地|零售|进出口|出口|进口|[用补]水|用[电气能]|占)$"
)
MEASURE_NOUN = re.compile(
    r"(?:增加值|总产值|产值|销售收入|营业收入|零售额|进出口额|利润总额|利润|投资额|投资|产量|收入|总额|支出|面积|消费量|排放量|余额|(?:年均|平均)?浓度)$"
)
OWNED = re.compile(r"(?:营业收入利润率|营业[收成][入本]|利润总额|在校生|毕业生|招生|营收占\S+|出口交货值)$")
NEEDS_OWNER = re.compile(
    r"(?:累计|合计|共|总)?(?:筹资|融资|募集资金|造成\S*损失|死亡(?:人数)?|受伤(?:人数)?|涉及\S+|受益\S+|成交金?额|合同金?额|投资额|金额|总?投资|(?:总|占地|建筑)?面积"
    r"|资金总规模|总流通|总数|总量|(?:普及|渗透|覆盖|占有)率)"
)
TOTAL = re.compile(r"总[数量]$")  # 用户总数 has no 普及率, 用户 have
DEPENDENT = re.compile(
    r"拉动|完成\S{0,6}(?:预算|目标|任务|计划)|(?:对\S{2,12}的?)?贡献率|(?:营收)?占|与\S*之?比$|在\S*占比$|(?:占比|比重)$"
)
VERB = re.compile(
    r"(?:(?:[新在已共]|累计|基本)*(?:建成|建设|开工|竣工|投产|制定|修订|完工|改造|开通|(?<=新)[设开]|[建增])、?)+"
)
WHOLE_OF_IT = re.compile(r"^(?:总[数量]|其)(?=占)")
ENTERED = re.compile(r"(?P<act>新?(?:授权|登记|注册|受理|申请))的?(?P<what>\S{2,})")
INDEPENDENT = re.compile(r"新增|累计|办理|新建")
IN_PLACES = re.compile(r"[床学座车泊席岗]位$")  # what an institution has: 医院766万张 of 床位
DIVISIBLE = frozenset({"money", "share", "measure"})
WHOLE = re.compile(r"全[国省市区县州部体]")
TRADE = re.compile(r"\S{0,6}(?P<way>出口|进口)$")
ACTION = re.compile(r"(?P<actor>\S{2,20}?)?(?P<verb>(?:荣?获得?|夺得|创造?|打破)\S+)$")
ATTRIBUTE = re.compile(r"(?P<attribute>\S{1,12})的(?:占|为)?$")
QUALITY = re.compile(r"(?:[较很最]?[好差优良高低]|一般|上[涨升]|下[降跌]|持平|增长|提高|未?达标)$")
CATEGORY = re.compile(r"\S{1,15}(?:类|业|品|企业|地区|部门|贸易)(?P<measure>\S{2,15})$")
INDEX = re.compile(r"(?:指数|系数|比值|值|率|比|人次|数|量)$")  # what may be given without a unit and without 为
MEMBER_JOINTS = re.compile(r"[、和与]")
PLACE_NAME = re.compile(r"\S{2,4}?(?:省|市|自治区|地区|州)")
SHARED_BEGINNING = 4
SHORTEST_OWNER = 3


@dataclass(slots=True)
class Fact:
    """A fact while its sentence is being read; offsets of the compact text."""

    indicator: str
    when: str
    start: int
    anchor: int
    end: int
    rule: str
    value: Number | None = None
    unit: str | None = None
    yoy: Number | None = None
    yoy_unit: str | None = None


@dataclass(slots=True)
class Context:
    """What was said before: the time, the total that members divide, the last fact and its subject."""

    when: str
    total: str = ""
    total_unit: str = ""
    base: str = ""  # what completes a member that names no measure
    frame: str = ""
    event: str = ""  # 在第9届运动会上，…
    actor: str = ""  # who won, and may have won more
    members: bool = False
    subject: str = ""
    owner: str = ""  # whose 营业收入 was named, whose 利润总额 may follow
    last: Fact | None = None
    listed: list[str] = field(default_factory=list)  # 前三位依次为甲、乙和丙
    sentence: list[Fact] = field(default_factory=list)

    def end_sentence(self) -> None:
        self.members, self.last, self.event, self.actor = False, None, "", ""
        self.sentence, self.listed = [], []

    def has_moved(self) -> bool:
        """Whether a time was named since the last fact: 一季度增长3%，二季度增长4%."""
        return self.last is not None and self.last.when != self.when

    def is_stock(self) -> bool:
        """Whether the last fact is a level at the end of a year, which a change 全年净增 belongs to."""
        return self.last is not None and self.last.value is not None and self.last.when.endswith(("-12", "年末"))

    def open_frame(self, frame: str) -> None:
        """在商品零售额中: what follows divides it."""
        self.frame, self.members = frame, True
        self.base = frame if MEASURE.search(frame) else ""

    def dependent(self, name: str) -> str | None:
        """占全部投资的31.4% belongs to the subject before it, also 总量占全国的; None for what is no share."""
        name = WHOLE_OF_IT.sub("", name)
        if not DEPENDENT.match(name):
            return None
        return (self.owner if OWNED.match(name) else self.subject) + name

    def alike(self, name: str) -> str:
        """较好的占 after 水质好的河段占 is 水质较好的河段占; other names stay."""
        elliptic = ATTRIBUTE.fullmatch(name)
        if elliptic is None or self.last is None or "的" not in self.subject:
            return name
        before, _, noun = self.subject.rpartition("的")
        return QUALITY.sub("", before) + elliptic["attribute"] + "的" + noun

    def completed(self, name: str, unit: Unit | None) -> str:
        """加工业 under 茶企利润总额 is 加工业茶企利润总额."""
        if OWNED.fullmatch(name):
            return self.owner + name
        if self.last is not None:
            if NEEDS_OWNER.fullmatch(name):
                return TOTAL.sub("", self.subject) + name
            if VERB.fullmatch(name):
                return self._done_to_the_same(name)
            shared = self.subject.find(name[:SHARED_BEGINNING]) if len(name) > SHARED_BEGINNING else 0
            if shared >= SHORTEST_OWNER:
                return self.subject[:shared] + name
        if self.members:
            return self._member(name, unit)
        action = ACTION.fullmatch(name)
        if action:
            self.actor = action["actor"] or self.actor
            name = self.actor + action["verb"]
        return self.event + name

    def _done_to_the_same(self, verb: str) -> str:
        """累计建成 after 新建农田 is 累计建成农田; 基本建成 after 危房改造开工 is 危房改造基本建成."""
        before = VERB.match(self.subject)
        if before:
            return verb + self.subject[before.end() :]
        return re.sub(r"开工$|竣工$|投产$|总[数量]$", "", self.subject) + verb

    def _member(self, name: str, unit: Unit | None) -> str:
        trade = TRADE.fullmatch(name)
        if trade and "进出口" in self.total:
            return self.total.replace("进出口", trade["way"], 1)
        measure = MEASURE_NOUN.search(name)
        if measure or MEASURE.search(name) or INDEPENDENT.match(name):
            category = CATEGORY.fullmatch(name)
            if measure and self.frame and not self.base:
                self.base = self.frame + measure[0]
            elif category and not self.base and not self._divides_total(unit):
                self.base = category["measure"]
            return name
        if not self.base and not self._divides_total(unit):
            return name
        entered = ENTERED.fullmatch(self.total)
        if entered and name.endswith(entered["what"]):
            return entered["act"] + name  # 发明专利 of 授权专利
        places = IN_PLACES.search(self.total)
        if places and unit is not None:
            return name if IN_PLACES.search(name) else name + places[0]
        if unit is not None and unit.group not in DIVISIBLE:
            return name
        return _overlapped(name, WHOLE.sub("", self.base or self.total, count=1))

    def _divides_total(self, unit: Unit | None) -> bool:
        return bool(self.total) and (unit is None or self.total_unit in ("", unit.text))

    def told(self, indicator: str, unit: Unit | None) -> None:
        """Remember a subject for what follows it, and as the total unless it is a member itself."""
        self.subject = indicator
        owner = OWNED.search(indicator)
        if owner and owner.start() > 0 and owner.end() == len(indicator):
            self.owner = indicator[: owner.start()]
        elif unit is not None and unit.group == "count" and "人" not in unit.text:  # 中学90所，招生3万人
            self.owner = indicator
        if not self.members:
            self.total, self.total_unit = indicator, unit.text if unit else ""
            self.base, self.frame = "", ""


def bare(words: str) -> str:
    """A subject without its time, without 其中, 完成 and what it is called for short."""
    at = 0
    while found := OPENING.match(words, at):
        at = found.end()
    return LEFT_OUT.sub("", words[at:])


def _overlapped(name: str, measure: str) -> str:
    """农村居民 and 居民收入 are 农村居民收入."""
    shared = next((n for n in range(min(len(name), len(measure)), 0, -1) if name.endswith(measure[:n])), 0)
    return name + measure[shared:]


def members(head: str) -> list[str]:
    """北京市、天津市和河北省软件收入: three members of one measure, which the last one names."""
    names = MEMBER_JOINTS.split(head)
    place = PLACE_NAME.match(names[-1])
    noun = MEASURE_NOUN.search(names[-1])
    measure = names[-1][place.end() :] if place else noun[0] if noun else ""
    if place and place[0].endswith("地区") and not any("地区" in name for name in names[:-1]):
        measure = "地区" + measure
    return [name if MEASURE_NOUN.search(name) else name + measure for name in names[:-1]] + names[-1:]
