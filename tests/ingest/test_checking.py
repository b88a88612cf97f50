"""The check between parsing and loading."""

import pytest

from ingest.checking import CheckError, check
from tests.ingest.builders import law, notice, parsed


def test_nothing_to_load_is_an_error():
    with pytest.raises(CheckError, match="没有从中读出任何条款"):
        check(parsed(law(provisions=[])))


def test_one_document_with_provisions_is_enough():
    check(parsed(law(provisions=[]), notice()))
