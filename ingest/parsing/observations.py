"""Observations: the statistical facts of a 统计公报 or of 运行情况.

    全年茶叶加工产值523亿元，同比上升4.7%。乡村旅游接待人次增长8.2%。
    年末全省渔船4.2万艘，比上年末减少900艘，其中远洋渔船2100艘，增加35艘。

A clause states a level (indicator, value, unit) or a growth; a growth without a subject belongs to the
level before it.  Members named after 其中 or 分门类看 are completed from the total that they divide.
"""

import re
from dataclasses import dataclass, field

from ingest.parsing.compact import DROPPED, CompactText
from ingest.parsing.nodes import Outline
from ingest.parsing.numbers import Number, Quantity, find_quantities
from ingest.parsing.periods import Calendar
from ingest.parsing.units import Unit
from ingest.records import ObservationRecord

NOTE_MARKS = re.compile(rf"{DROPPED.pattern}|\^?\{{?\[\d{{1,3}}\]\}}?")
CLAUSE = re.compile(r"[^，。；：！？\n]+")
ASIDE = re.compile(r"（[^（）\n]{0,80}\d[^（）\n]{0,80}）")
BLANK = "□"
LONGEST_INDICATOR = 200

RISES = "增长|增加|提高|上升|上涨|增产|扩大|提升|增多|多增|升值|多"
FALLS = "下降|减少|降低|减产|回落|缩小|少增|贬值|下跌|收窄|下滑|少"
BASE = (
    r"(?:同比|环比|[比较](?:上年|去年|年初|上月|同期|上一年|前三季度|上半年|一季度)(?:同期|同月|末|底)?"
    r"|比\d{4}年(?:同期|末)?)"
)
GROWTH = re.compile(
    rf"(?P<base>{BASE})?(?:累计|平均|名义|实际|又|继续|共|各|分别|年均|净)*(?:(?P<up>{RISES})|(?P<down>{FALLS}))[了约近]?$"
)
LEVEL = re.compile(r"(?:分别|合计|已)*(?:为|达到?|约|超过?|近|共计?|突破|折)*$")
OPENING = re.compile(
    r"初步核算|其中|另外|此外|我国|按可比(?:口径|价格)(?:计算)?|扣除价格因素|[分按从]\S{1,10}[看分]|在(?=\S{2,30}中$)"
    r"|截[至止]|(?:\d{4}年)?(?:\d{1,2}(?:[—–~-]|至))?\d{1,2}月份?末?|全年|(?:\d{4})?年[末底]|\d{4}年|(?:上|下)半年|前三季度|[一二三四]季度|[、，和与]"
)
LEFT_OUT = re.compile(rf"{BLANK}+|\d?（以下[简统]称[^）]*）|全年(?=\S)|(?:累计|共)?(?:完成|实现)(?=\S)|[共现]有(?=\S)")
MEMBERS = re.compile(r"其中|[分按从]\S{1,10}看|按\S{1,8}分$")
FRAME = re.compile(r"(?:在|全年)?(?P<frame>\S{2,30}?)中$")
MEASURE = re.compile(
    r"(?:额|量|数|值|率|收入|支出|面积|利润|价格|投资|余额|存款|贷款|比重|占比|人口|存栏|出栏|用户|基站|里程|容量|经费|成本"
    r"|总计|强度|指数|浓度|筹资|资金|融资|给付|赔款|债券|业务|能耗|煤耗)$"
)
MEASURE_NOUN = re.compile(
    r"(?:增加值|总产值|产值|销售收入|营业收入|零售额|进出口额|利润总额|利润|投资额|投资|产量|收入|总额|支出|面积|消费量|余额)$"
)
NO_SUBJECT = re.compile(r"增速|增幅|降幅|涨幅|的$|中$|^[较比]|^[在从]$")
OWNED = re.compile(r"(?:营业收入利润率|营业[收成][入本]|利润总额|在校生|毕业生|招生|营收占\S+|出口交货值)$")
DATE_UNITS = frozenset({"年", "月", "日", "周", "周年", "季度", "个月"})
ENDS_FACT = frozenset("、（和与及）" + BLANK)
DEPENDENT = re.compile(r"(?:营收)?占|与\S*之?比$|在\S*占比$|(?:占比|比重)$")
PRONOUN = re.compile(r"占比|比重|所占比重|该比例|比例")
MINUS = re.compile(r"(?<![A-Za-z\d])[-−]$")
MEMBER_JOINTS = re.compile(r"[、和与]")
PLACE_NAME = re.compile(r"\S{2,4}?(?:省|市|自治区|地区|州)")
DIVISIBLE = frozenset({"money", "share", "measure"})


@dataclass(slots=True)
class _Fact:
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
class _Context:
    """What was said before: the time, the total that members divide, the last fact and its subject."""

    when: str
    total: str = ""
    total_unit: str = ""
    base: str = ""  # what completes a member that names no measure
    frame: str = ""
    members: bool = False
    subject: str = ""
    owner: str = ""  # whose 营业收入 was named, whose 利润总额 may follow
    last: _Fact | None = None
    together: list[_Fact] = field(default_factory=list)


def find_observations(outline: Outline, title: str) -> list[ObservationRecord]:
    """The facts of a bulletin (kind statistics) in the order of its lines; `title` tells its time.

    Tables are not read here.  Without a year in the title there are none.
    """
    calendar = Calendar.of_title(title)
    if calendar is None:
        return []
    found: list[ObservationRecord] = []
    for node in outline.walk():
        path = node.path
        for printed in node.texts():
            text = CompactText(printed, NOTE_MARKS)
            found.extend(_record(fact, text, path) for fact in _Reader(text.text, calendar).facts())
    return found


def _record(fact: _Fact, text: CompactText, path: str) -> ObservationRecord:
    line, quote = text.quote(fact.start, fact.end, fact.anchor)
    return ObservationRecord(
        path=path,
        line=line,
        quote=quote,
        indicator=fact.indicator[:LONGEST_INDICATOR],
        when=fact.when,
        value=fact.value,
        unit=fact.unit,
        yoy=fact.yoy,
        yoy_unit=fact.yoy_unit,
        rule=fact.rule,
        confidence=0.7 if fact.rule == "member" else 0.9,
    )


class _Reader:
    """Reads one text clause by clause."""

    def __init__(self, text: str, calendar: Calendar):
        self._calendar = calendar
        self._text = ASIDE.sub(lambda aside: BLANK * len(aside[0]), text)
        self._context = _Context(calendar.default)
        self._facts: list[_Fact] = []

    def facts(self) -> list[_Fact]:
        end = 0
        for clause in CLAUSE.finditer(self._text):
            between = self._text[end : clause.start()]
            if "\n" in between:
                self._context = _Context(self._calendar.default)
            elif "。" in between:
                self._context.members, self._context.last = False, None
            end = clause.end()
            self._clause(clause.start(), clause[0])
        return self._facts

    def _clause(self, start: int, words: str) -> None:
        context = self._context
        quantities = [q for q in find_quantities(words) if _measures(q)]
        head = words[: quantities[0].start] if quantities else words
        context.when = self._calendar.time_in(head) or context.when
        context.members = context.members or bool(MEMBERS.match(words))
        frame = None if quantities else FRAME.match(words)
        if frame:
            context.frame, context.members = _bare(frame["frame"]), True
            context.base = context.frame if MEASURE.search(context.frame) else ""
        if len(quantities) > 1 and "分别" in head:
            self._respective(start, head, quantities)
            return
        done = 0
        for quantity in quantities:
            last = quantity is quantities[-1]
            if last or words[quantity.end] in ENDS_FACT:  # 15个城市实现收入… begins with no fact of its own
                self._fact(start, words[done : quantity.start], done, quantity, words[quantity.end :] if last else "")
                done = quantity.end

    def _fact(self, start: int, head: str, offset: int, quantity: Quantity, tail: str) -> None:
        negative = bool(MINUS.search(head))
        head = MINUS.sub("", head)
        growth = GROWTH.search(head)
        value = -quantity.value if negative else quantity.value
        place = (start + offset, start + quantity.start, start + quantity.end)
        if growth is None:
            self._level(head, tail, value, quantity.unit, place)
        elif not (growth["base"] or "").startswith("环比"):
            self._grow(head[: growth.start()], growth, value, quantity.unit, place)

    def _level(self, head: str, tail: str, value: Number, unit: Unit, place: tuple[int, int, int]) -> None:
        """A level: 茶叶产量31万吨, 占全部投资的31.4%, 举办展会62次."""
        context = self._context
        named = _bare(LEVEL.sub("", head))
        name = named if unit.group == "none" else named + _bare(tail)
        if not name and context.last is not None and head.endswith("折"):
            name = context.last.indicator
        if not name or NO_SUBJECT.search(name) or (unit.group == "none" and named == _bare(head)):
            return
        if DEPENDENT.match(name):
            owner = context.owner if OWNED.match(name) else context.subject
            self._add(_Fact(owner + name, context.when, *place, "share", value, unit.text or None))
            return
        indicator = self._completed(name, unit)
        rule = "level" if indicator == name else "member"
        self._add(_Fact(indicator, context.when, *place, rule, value, unit.text or None))
        self._told(indicator, unit.text)

    def _grow(
        self, subject: str, growth: re.Match[str], value: Number, unit: Unit, place: tuple[int, int, int]
    ) -> None:
        """A growth: of the level before it, or of a subject that has none (乡村旅游接待人次增长8.2%)."""
        context = self._context
        name = _bare(subject)
        if NO_SUBJECT.search(name):
            return
        change = -value if growth["down"] else value
        if not name or PRONOUN.fullmatch(name):
            if context.last is not None:
                _attach(context.last, change, unit.text, place[2])
            return
        indicator = self._completed(name, None)
        rule = "growth" if indicator == name else "member"
        self._add(_Fact(indicator, context.when, *place, rule, yoy=change, yoy_unit=unit.text))
        self._told(indicator, "")

    def _completed(self, name: str, unit: Unit | None) -> str:
        """加工业 under 茶企利润总额 is 加工业茶企利润总额."""
        context = self._context
        if OWNED.fullmatch(name):
            return context.owner + name
        if not context.members:
            return name
        measure = MEASURE_NOUN.search(name)
        if measure or MEASURE.search(name):
            if measure and context.frame and not context.base:
                context.base = context.frame + measure[0]
            return name
        if unit is not None and (unit.group not in DIVISIBLE or context.total_unit not in ("", unit.text)):
            return name
        return name + (context.base or context.total)

    def _told(self, indicator: str, unit: str) -> None:
        """Remember a subject for what follows it, and as the total unless it is a member itself."""
        context = self._context
        context.subject = indicator
        owner = OWNED.search(indicator)
        if owner and owner.start() > 0 and owner.end() == len(indicator):
            context.owner = indicator[: owner.start()]
        if not context.members:
            context.total, context.total_unit, context.base, context.frame = indicator, unit, "", ""

    def _respective(self, start: int, head: str, quantities: list[Quantity]) -> None:
        """A、B和C收入分别为1亿元、2亿元和3亿元，分别增长4%、5%和6%."""
        growth = GROWTH.search(head)
        context = self._context
        if NO_SUBJECT.search(_bare(head)):
            return
        if growth:
            if len(context.together) == len(quantities):
                for fact, quantity in zip(context.together, quantities, strict=True):
                    change = -quantity.value if growth["down"] else quantity.value
                    _attach(fact, change, quantity.unit.text, fact.end)
            return
        names = _members(_bare(LEVEL.sub("", head)))
        if len(names) != len(quantities):
            return
        context.together = [
            _Fact(
                name, context.when, start + quantity.start, start + quantity.start, start + quantity.end,
                "respective", quantity.value, quantity.unit.text,
            )
            for name, quantity in zip(names, quantities, strict=True)
        ]  # fmt: skip
        for fact in context.together:
            self._add(fact)

    def _add(self, fact: _Fact) -> None:
        self._facts.append(fact)
        self._context.last = fact


def _attach(fact: _Fact, change: Number, unit: str, end: int) -> None:
    """Give a level its growth; of two (增加368万吨，增产0.5%) the percentage stays."""
    if fact.yoy is None or (fact.yoy_unit != "%" and unit == "%"):
        fact.yoy, fact.yoy_unit, fact.end = change, unit, max(end, fact.end)


def _measures(quantity: Quantity) -> bool:
    """Dates and names (4G) are no facts."""
    return quantity.numeral == "arabic" and quantity.unit.group != "bare" and quantity.unit.text not in DATE_UNITS


def _bare(words: str) -> str:
    """A subject without its time, without 其中, 完成 and what it is called for short."""
    at = 0
    while found := OPENING.match(words, at):
        at = found.end()
    return LEFT_OUT.sub("", words[at:])


def _members(head: str) -> list[str]:
    """北京市、天津市和河北省软件收入: three members of one measure, which the last one names."""
    names = MEMBER_JOINTS.split(head)
    place = PLACE_NAME.match(names[-1])
    measure = names[-1][place.end() :] if place else ""
    return [name + measure for name in names[:-1]] + names[-1:]
