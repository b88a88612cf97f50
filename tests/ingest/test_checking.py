"""The check between parsing and loading."""

import pytest

from ingest.checking import CheckError, check
from tests.ingest.builders import law, notice, parsed, target

LINES = ["", "到 2033 年，建成**驿站**120个。", "其他"]


def test_a_quote_that_is_not_on_its_line_is_reported():
    rows = [target(2, quote="2033年，建成驿站120个"), target(3, quote="驿站120个"), target(9, quote="驿站")]
    file = parsed(notice(targets=rows))
    found = [(warning.code, warning.line, warning.order) for warning in check(file, LINES)]
    assert found == [("misquoted", 3, 2), ("misquoted", 9, 2)]


def test_lines_without_a_place_are_named():
    file = parsed(notice())
    file.coverage.unassigned_lines = list(range(5, 20))
    (warning,) = check(file, LINES)
    assert (warning.code, warning.line) == ("unassigned", 5)
    assert warning.message == "有 15 行没有归属：第 5、6、7、8、9、10、11、12、13、14 等行。"


def test_nothing_to_load_is_an_error():
    with pytest.raises(CheckError, match="没有从中读出任何条款"):
        check(parsed(law(provisions=[])), LINES)
