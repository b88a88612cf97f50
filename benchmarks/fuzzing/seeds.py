"""What the fuzzer begins with: true files in every format, small, so that a case takes milliseconds."""

import html
import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.fuzzing.hostile import STRINGS
from tests.ingest.builders import zipped
from tests.ingest.reading.renderings import FORMATS

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ("fixtures/samples/*.txt", "tests/ingest/parsing/bulletins/*.txt", "../shared/issues/*.txt")
TITLES = ((), ("某省数据条例", ""), ("某市数据要素发展规划（2030—2035年）", ""), ("关于印发《数据行动方案》的通知", ""))
NOTE = "编者按"
PRINTED = 60  # lines of a cut text at most
LABEL = re.compile(
    r"(?P<num>第[一二三四五六七八九十百]+条|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)\s*(?P<text>.*)"
)
FORMAT_NAMES = ("txt", "txt", "txt", "md", "html", "docx", "pdf", "akn", "zip")  # as often as each is taken
SUFFIXES = {"akn": "xml"}


def texts() -> list[list[str]]:
    """The lines of the samples, of the bulletins that the tests read, and of the real issues where they are."""
    files = sorted(file for pattern in TEXTS for file in ROOT.glob(pattern))
    return [file.read_text(encoding="utf-8").splitlines() for file in files]


def cut_text(whole: Sequence[Sequence[str]], rng: random.Random) -> list[str]:
    """Part of a text: of an issue its masthead, its contents and the beginnings of its documents, or any lines;
    sometimes a text of invented sentences."""
    if rng.random() < 0.2:
        return invented(rng)
    lines = list(rng.choice(whole))
    notes = [at for at, line in enumerate(lines) if line.startswith(NOTE)]
    if notes and rng.random() < 0.6:
        length = rng.randint(2, 14)
        wanted = [at for note in notes for at in range(note, note + length)]
        return [line for at, line in enumerate(lines) if at < notes[0] or at in set(wanted)]
    start = rng.randrange(max(len(lines) - PRINTED, 1))
    return [*rng.choice(TITLES), *lines[start : start + rng.randint(5, PRINTED)]]


def invented(rng: random.Random) -> list[str]:
    """Sentences of a policy as a machine that knows none would write them: every part at random."""
    lines = list(rng.choice(TITLES))
    for number in range(rng.randint(1, 40)):
        label = rng.choice(("第{}条　", "{}、", "（{}）", "{}.", "第{}章 ", "表{} ", "附件{}：", "")).format(
            rng.choice((number, "一二三四五六七八九十"[number % 10], rng.choice(STRINGS)))
        )
        lines.append(label + "".join(_part(rng) for _ in range(rng.randint(1, 8))) + rng.choice("。；，："))
    return lines


def _part(rng: random.Random) -> str:
    number = rng.choice((rng.randint(0, 10**6), round(rng.random() * 100, 2), "百分之三十", rng.choice(STRINGS)))
    who = rng.choice(("县级以上人民政府", "省发展改革委", "各市", "任何单位和个人", "企业", rng.choice(STRINGS)))
    patterns = (
        "到{year}年建成节点{number}个以上，",
        "指标由{number}提高到{number}万亿元，",
        "年均增长{number}个百分点左右，",
        "增长{number}%，",
        "{year}年{number}月{number}日",
        "（{who}牵头，省财政厅、{who}配合）",
        "由{who}负责，",
        "{who}、{who}和{who}",
        "{who}应当公开数据，",
        "{who}不得拒绝，",
        "依照《{who}》第{number}条，",
        "\t{number}\t",
        "{number}",
    )
    return rng.choice(patterns).format(number=number, who=who, year=rng.choice((2020, 2030, number)))


def rendered(lines: Sequence[str], kind: str, rng: random.Random) -> bytes:
    """A text in a format: `txt` in one of the encodings that are read, `zip` as an archive of some others."""
    text = "\n".join(lines)
    if kind == "txt":
        return text.encode(rng.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le")), "replace")
    if kind == "akn":
        return akoma_ntoso(lines)
    if kind == "zip":
        members = {f"{kind}/{number}.{kind}": FORMATS[kind](text) for number, kind in enumerate(("md", "html"))}
        return zipped({"甲.txt": text.encode(), **members})
    return FORMATS[kind](text)


def akoma_ntoso(lines: Sequence[str]) -> bytes:
    """A text as an act in Akoma Ntoso: what has a label as articles, the rest as paragraphs."""
    body = list[str]()
    for line in filter(str.strip, lines):
        label = LABEL.match(line)
        if label:
            number, text = html.escape(label["num"]), html.escape(label["text"])
            body.append(f"<article eId='a{len(body)}'><num>{number}</num><content><p>{text}</p></content></article>")
        elif "\t" in line:
            cells = "".join(f"<td colspan='1'><p>{html.escape(cell)}</p></td>" for cell in line.split("\t"))
            body.append(f"<hcontainer><content><table><tr>{cells}</tr></table></content></hcontainer>")
        else:
            body.append(f"<hcontainer><content><p>{html.escape(line)}</p></content></hcontainer>")
    xmlns = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
    return f'<akomaNtoso xmlns="{xmlns}"><act name="law"><body>{"".join(body)}</body></act></akomaNtoso>'.encode()


def pool(seed: int, kinds: Sequence[str], each: int) -> dict[str, list[bytes]]:
    """True files of each of the `kinds`, `each` of them, the same for the same seed."""
    whole, rng = texts(), random.Random(f"pool {seed}")  # noqa: S311 - dice, no secrets
    make: Callable[[str], bytes] = lambda kind: rendered(_printable(cut_text(whole, rng)), kind, rng)  # noqa: E731
    return {kind: [make(kind) for _ in range(each)] for kind in kinds}


def _printable(lines: Sequence[str]) -> list[str]:
    """Without what the programs that write Word and PDF files refuse themselves."""
    return ["".join(c for c in line if c.isprintable() or c == "\t") for line in lines]
