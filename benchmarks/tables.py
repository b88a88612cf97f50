"""How measurements are shown."""

import time
from collections.abc import Callable
from statistics import quantiles

from rich.console import Console
from rich.table import Table

Rows = list[tuple[str, str]]


def show(title: str, rows: Rows) -> None:
    table = Table(title=title, title_justify="left", show_header=False)
    for name, figure in rows:
        table.add_row(name, figure)
    Console().print(table)


def high(figures: list[float]) -> float:
    """Their 95th percentile."""
    return quantiles(figures, n=20)[-1] if len(figures) > 1 else figures[0]


def timed(work: Callable[[], object]) -> float:
    """The seconds that it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
