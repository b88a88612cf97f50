"""What an indicator is about, without what stands around the same thing in different texts."""

import re

# 累计建成5G基站, 5G基站数量.  What says another quantity (每万人…数, …增速) is left.
BEFORE = re.compile("^(?:累计|新增|新建|建成|建设|开通|打造|培育|达到|新改扩建|全省|全市|全区|全国|各类|总)+")
AFTER = re.compile("(?:总数量|总数|数量|总量|个数|(?<![指参系倍人户次天岁])数)$")


def core(indicator: str) -> str:
    """Of a folded indicator: 5g基站 of 累计建成5g基站数量."""
    return AFTER.sub("", BEFORE.sub("", indicator))
