"""Agencies by place, field of work and pinyin."""

import pytest

from policies.models import Agency
from policies.selectors.agencies import by_level
from policies.selectors.directory import by_field, by_letter, by_place, called_so, headings, in_field

pytestmark = pytest.mark.usefixtures("kept_library")


def every(**others):
    return by_level(Agency.objects.filter(**others))


def test_by_place_the_nation_comes_first_and_others_last(library):
    Agency.objects.create(name="国家数据局", level="national")
    Agency.objects.create(name="云海研究会", known=False)
    assert headings(by_place(every())) == [("国家", 1), ("青川省", 3), ("其他单位", 1)]


def test_by_field_an_agency_may_stand_twice_and_others_stand_last(library):
    both = Agency.objects.create(name="青川省大数据和科技创新局", region=library.province, level="province")
    none = Agency.objects.create(name="青川省有关单位")
    listed = by_field(every())
    assert [listing.heading for listing in listed if listing.pk == both.pk] == ["数据与政务服务", "科学技术"]
    assert listed[-1].pk == none.pk
    assert listed[-1].heading == "其他单位"


def test_by_letter_names_stand_as_they_are_spelled(library):
    for name in ("重庆市数据局", "安徽省数据局", "360集团"):
        Agency.objects.create(name=name)
    names = Agency.objects.in_bulk()
    listed = by_letter(every())
    assert headings(listed) == [("A", 1), ("C", 1), ("Q", 3), ("#", 1)]
    assert [names[listing.pk].name for listing in listed][2:5] == ["青川省财政厅", "青川省林业厅", "青川省数据局"]


def test_those_in_a_field_and_those_called_so_by_any_name(library):
    assert in_field(every(), "finance") == [library.finance.pk]
    library.finance.names.create(name="国库厅")
    assert called_so(every(), "guoku") == {library.finance.pk}
    assert called_so(every(), "sjj 青川") == called_so(every(), "数据 省") == {library.bureau.pk}
    assert called_so(every(), "sjj guoku") == set()
