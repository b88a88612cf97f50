"""Places as citations print them."""

import pytest

from policies.cited_places import numeral, read_place


@pytest.mark.parametrize(
    ("printed", "units", "back"),
    [
        ("第十七条第二款", {"条": "17", "款": "2"}, None),
        ("第三条之一第一项", {"条": "3_1", "项": "1"}, None),
        ("第二章第一节", {"章": "2", "节": "1"}, None),
        ("第十条第二款第（三）项", {"条": "10", "款": "2", "项": "3"}, None),
        ("第八条、第九条", {"条": "8"}, None),
        ("第一款至第三款", {"款": "1"}, None),
        ("第12条", {"条": "12"}, None),
        ("前款", {}, ("款", 1)),
        ("前两款", {}, ("款", 2)),
        ("前款第三项", {"项": "3"}, ("款", 1)),
        ("前条第二款", {"款": "2"}, ("条", 1)),
        ("前数款", {}, ("款", 1)),
        ("上款", {}, ("款", 1)),
        ("第十五条第二、三款", {"条": "15", "款": "2"}, None),
        ("第八条第二至第四项", {"条": "8", "项": "2"}, None),
        ("第十二条（三）、（四）项", {"条": "12", "项": "3"}, None),
        ("前款（一）至（六）项", {"项": "1"}, ("款", 1)),
        ("第（一）（三）项", {}, None),
        ("有关规定", {}, None),
    ],
)
def test_the_first_place_is_read(printed, units, back):
    place = read_place(printed)
    assert (dict(place.units), place.back) == (units, back)


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("一百〇五", 105),
        ("一百零五", 105),
        ("一百一十", 110),
        ("二十三", 23),
        ("十二", 12),
        ("二三", 23),
        ("7", 7),
        ("百", 100),
        ("十三十", 0),
        ("二三十", 0),
        ("十百", 0),
        ("1十", 0),
    ],
)
def test_numerals(printed, number):
    assert numeral(printed) == number
