"""Outlines made up, printed as a digest prints them, with its slips, and read again."""

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.parsing.outline import build_outline

HAN = ["", *"一二三四五六七八九", "十", *(f"十{digit}" for digit in "一二三四五六七八九"), "二十"]
TASKS = ["更新岸机设备", "推广岸电应用", "培训码头工人", "共享船货信息", "优化通关查验", "落实资金保障"]
CLAUSES = ["各站点实行统一标识", "关键工序实现远程操作", "山区站点配置储能电源", "按赶集日期排定路线", "台账保存三年"]


@dataclass
class Made:
    """A provision as it should be read: its path, its heading, its text."""

    path: str
    heading: str | None
    text: str
    children: list["Made"] = field(default_factory=list)

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


sentences = st.lists(st.sampled_from(CLAUSES), min_size=2, max_size=6).map("，".join)
tasks = st.sampled_from(TASKS)


class Printer:
    """Prints labels, headings and sentences; `draw` decides on every slip."""

    def __init__(self, draw):
        self.draw = draw
        self.lines = []

    def chance(self):
        return self.draw(st.integers(0, 4)) == 0

    def line(self, label, heading, text, joint="。"):
        if self.chance() and "（" in label:
            label = label.replace("（", "(").replace("）", ")")
        if self.chance() and label.startswith(("（", "(")):
            label = f"- {label}"
        if heading and self.chance():
            heading = f"**{heading}**"
        self.broken(label + (heading + joint if heading and text else heading or "") + text)

    def broken(self, line):
        """Print a line, broken by a page where it is long enough for that."""
        if len(line) > 40 and self.chance():
            place = self.draw(st.integers(36, len(line) - 4))
            if line[place] not in "，。" and "**" not in line[place - 2 : place + 2]:
                self.lines += [line[:place], "", line[place:], ""]
                return
        self.lines += [line, ""]


@st.composite
def plans(draw):
    """A plan 一、（一）1. with goals, and its print."""
    printer = Printer(draw)
    roots, item_number = [], 0
    runs_on = draw(st.booleans())
    for first in range(1, draw(st.integers(1, 3)) + 1):
        section = Made(HAN[first], draw(tasks), "")
        printer.line(f"{HAN[first]}、", section.heading, "")
        roots.append(section)
        for second in range(1, draw(st.integers(0, 3)) + 1):
            path = f"{section.path}/（{HAN[second]}）"
            alone = draw(st.booleans())
            subsection = Made(path, draw(tasks), "" if alone else draw(sentences) + "。")
            printer.line(f"（{HAN[second]}）", subsection.heading, subsection.text)
            section.children.append(subsection)
            item_number = item_number if runs_on else 0
            for _ in range(draw(st.integers(0, 3))):
                item_number += 1
                item = Made(f"{path}/{item_number}", draw(tasks), draw(sentences) + "。")
                slip = printer.chance() and item_number > 1
                printer.line(f"{item_number} " if slip else f"{item_number}.", item.heading, item.text)
                subsection.children.append(item)
            for goal in range(1, draw(st.integers(0, 2)) + 1 if not subsection.children else 1):
                made = Made(f"{path}/——{goal}", draw(tasks), draw(sentences) + "。")
                printer.line("——", made.heading, made.text)
                subsection.children.append(made)
    return roots, printer.lines


@st.composite
def laws(draw):
    """A law of chapters and articles with lists, and its print."""
    printer = Printer(draw)
    roots, number = [], 0
    for chapter in range(1, draw(st.integers(1, 3)) + 1):
        made = Made(f"第{HAN[chapter]}章", draw(tasks), "")
        printer.lines += [draw(st.sampled_from(["", "## "])) + made.path + "　" + made.heading, ""]
        roots.append(made)
        for _ in range(draw(st.integers(1, 4))):
            number += 1
            points = draw(st.integers(0, 3))
            text = draw(sentences) + ("：" if points else "。")
            article = Made(f"{made.path}/第{HAN[number]}条", None, text)
            printer.line(f"第{HAN[number]}条" + ("" if printer.chance() else " "), None, text)
            made.children.append(article)
            for point in range(1, points + 1):
                text = draw(sentences) + ("。" if point == points else "；")
                article.children.append(Made(f"{article.path}/（{HAN[point]}）", None, text))
                printer.line(f"（{HAN[point]}）", None, text)
            if not points and draw(st.booleans()):
                more = draw(sentences) + "。"
                article.text += "\n" + more
                printer.broken(more)
    return roots, printer.lines


def read(lines, kind):
    return [(p.path, p.heading, p.text) for p in build_outline(lines, 1, len(lines), kind).provisions]


def made(roots):
    return [(node.path, node.heading, node.text) for root in roots for node in root.walk()]


@settings(max_examples=120, deadline=None, derandomize=True)
@given(plans())
def test_a_plan_is_read_as_it_was_made(plan):
    roots, lines = plan
    assert read(lines, "plan") == made(roots)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(laws())
def test_a_law_is_read_as_it_was_made(law):
    roots, lines = law
    assert read(lines, "law") == made(roots)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(st.text(alphabet="第一二三条章节、（）1.——是附件表图目录：；。，\t* 数据", max_size=30), max_size=25),
    st.sampled_from(["law", "plan", "measures", "notice", "statistics", "report", "news", "other"]),
)
def test_nothing_of_any_text_is_lost(lines, kind):
    body = build_outline(lines, 1, len(lines), kind)
    held = [
        number for s in body.segments for number in range(s.start_line, s.end_line + 1) if lines[number - 1].strip()
    ]
    assert held == [number for number, line in enumerate(lines, 1) if line.strip()]
    printed = "".join(
        lines[n - 1] for s in body.segments if s.kind == "provision" for n in range(s.start_line, s.end_line + 1)
    )
    read_back = "".join((p.label or "") + (p.heading or "") + p.text + (p.tail or "") for p in body.provisions)
    dashes = 2 * sum(p.type == "goal" for p in body.provisions)  # 一一 at the start of a line is read as ——
    for char in set(printed):
        if char.isalnum():
            assert read_back.count(char) + (dashes if char == "一" else 0) >= printed.count(char)
    eids = [p.eid for p in body.provisions]
    assert len(set(eids)) == len(eids)
