"""Tables without rules, told by their columns; tables that a page parted."""

from collections.abc import Iterator, Sequence

from ingest.reading.pdf.layout import Line, Table

APART = 2  # lines' height that may lie between two rows


def aligned(lines: Sequence[Line]) -> Iterator[Line | Table]:
    """The lines, with runs of them whose wide gaps stand under each other made tables."""
    run: list[Line] = []
    for line in lines:
        if len(line.cells) > 1 and (not run or _follows(run[-1], line)):
            run.append(line)
            continue
        yield from _table_of(run)
        run = [line] if len(line.cells) > 1 else []
        if not run:
            yield line
    yield from _table_of(run)


def _follows(before: Line, line: Line) -> bool:
    return before.top < line.top < before.bottom + APART * line.size


def _table_of(run: Sequence[Line]) -> Iterator[Line | Table]:
    """The lines of a run as the rows of one table, or as they are where their gaps are no columns."""
    columns: list[list[float]] = []
    for start, end, _ in sorted(cell for line in run for cell in line.cells):
        if columns and start < columns[-1][1]:
            columns[-1][1] = max(columns[-1][1], end)
        else:
            columns.append([start, end])
    rows = [["" for _ in columns] for _ in run]
    for row, line in zip(rows, run, strict=True):
        for start, _, text in line.cells:
            at = next(index for index, (_, end) in enumerate(columns) if start <= end)
            if row[at]:  # two cells of one line in one column
                yield from run
                return
            row[at] = text
    if len(run) > 1 and (len(columns) > 2 or len(run) > 2):
        yield Table(run[0].page, run[0].top, run[-1].bottom, rows)
    else:
        yield from run


def continued(before: Table | None, table: Table) -> list[list[str]] | None:
    """The rows that a table adds to the one before, if a page parted it: without the repeated names of columns."""
    if not before or table.page != before.page + 1 or len(before.rows[0]) != len(table.rows[0]):
        return None
    return table.rows[1:] if table.rows[0] == before.rows[0] else table.rows


def tabbed(rows: Sequence[Sequence[str]]) -> list[str]:
    return ["\t".join(row) for row in rows if any(row)]
