"""How fast files are read and parsed, and how that grows with their size."""

import resource
import time
from pathlib import Path
from statistics import median

from benchmarks.tables import Rows
from ingest.parsing.gazetteer import Gazetteer
from ingest.parsing.issue import parse_lines
from ingest.reading import read


def measure(files: list[Path]) -> Rows:
    """Characters a second over all files, the slowest file, and the cost of a document ten times as long."""
    gazetteer = Gazetteer.from_fixtures()
    characters, total, paces = 0, 0.0, []
    for file in [files[0], *files]:  # the first once more: patterns are compiled on first use
        reading = read(file.read_bytes(), file.name)
        size = sum(map(len, reading.lines))
        began = time.perf_counter()
        parse_lines(reading.lines, gazetteer)
        seconds = time.perf_counter() - began
        characters, total = characters + size, total + seconds
        paces.append((size / seconds, file.name))
    slowest = min(paces[1:])
    return [
        ("files", f"{len(files)}, {characters:,} characters"),
        ("characters a second", f"{characters / total:,.0f}"),
        ("median file, characters a second", f"{median(pace for pace, _ in paces[1:]):,.0f}"),
        ("slowest file, characters a second", f"{slowest[0]:,.0f} ({slowest[1]})"),
        ("ten times as long costs", f"{_growth(gazetteer):.1f} times as much"),
        ("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"),
    ]


def _growth(gazetteer: Gazetteer) -> float:
    def seconds(articles: int) -> float:
        lines = ["某省数据条例", ""]
        for number in range(1, articles + 1):
            lines += [f"第{_han(number)}条　县级以上人民政府应当加强数据工作，到2030年建成节点{number}个以上。", ""]
        began = time.perf_counter()
        parse_lines(lines, gazetteer)
        return time.perf_counter() - began

    seconds(50)
    return min(seconds(2000) for _ in range(3)) / min(seconds(200) for _ in range(3))


def _han(number: int) -> str:
    import cn2an

    return str(cn2an.an2cn(number, "low"))
