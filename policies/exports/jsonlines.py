"""Records as JSON Lines: an object a line, its keys in alphabetical order, null where the text does not say."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from policies.exports.kinds import Kind


def json_lines(kind: Kind, rows: Iterable[Any], root: str) -> Iterator[str]:
    """A line for each row: what the columns of its kind say, and its `page_url` under `root` where it has a page."""
    columns = [column for column in kind.columns if column.key]
    for row in rows:
        record = {column.key: column.value(row) for column in columns}
        record = {key: None if value == "" else value for key, value in record.items()}
        if address := kind.address(row):
            record["page_url"] = root + address
        yield json_line(record)


def json_line(record: Any) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True, default=_plain) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value)}")
