"""Names by pinyin."""

import pytest

from search.pinyin import first_letter, spelled_in, syllables


def test_a_name_is_spelled_by_its_syllables():
    assert syllables("重庆市 5G办") == ("chong", "qing", "shi", "5g", "ban")


@pytest.mark.parametrize("letters", ["qing", "qingchuan", "shujuju", "SJJ", "qcssjj", "xi'an"])
def test_letters_are_found_from_a_syllable_on_or_as_initials(letters):
    assert spelled_in("青川省数据局西安分局", letters)


@pytest.mark.parametrize("letters", ["ing", "huju", "qx", "zhong"])
def test_letters_inside_a_syllable_are_not(letters):
    assert not spelled_in("青川省数据局西安分局", letters)


@pytest.mark.parametrize(("name", "letter"), [("厦门市", "X"), ("IDC中国", "I"), ("360集团", "#"), ("", "#")])
def test_the_letter_that_a_list_has_a_name_under(name, letter):
    assert first_letter(name) == letter
