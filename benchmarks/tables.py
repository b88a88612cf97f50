"""How measurements are shown."""

from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

Rows = list[tuple[str, str]]


def show(title: str, rows: Rows) -> None:
    table = Table(title=title, title_justify="left", show_header=False)
    for name, figure in rows:
        table.add_row(name, figure)
    Console().print(table)


def times(seconds: list[float]) -> str:
    """Median and 95th percentile in milliseconds."""
    ordered = [1000 * s for s in seconds]
    high = quantiles(ordered, n=20)[-1] if len(ordered) > 1 else ordered[0]
    return f"p50 {median(ordered):.1f} ms, p95 {high:.1f} ms ({len(ordered)} times)"
