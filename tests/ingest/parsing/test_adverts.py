import pytest

from ingest.parsing.adverts import is_advert


@pytest.mark.parametrize(
    "line", ["扫描二维码", "阅读报告全文", "阅读白皮书全文", "扫码阅读全文", "长按识别二维码", "欢迎关注某某公众号"]
)
def test_adverts(line):
    assert is_advert(line)


@pytest.mark.parametrize("line", ["各站点张贴二维码，群众扫描后可以查询办理进度。", "阅读推广", "推广扫码支付", ""])
def test_text_that_speaks_of_codes(line):
    assert not is_advert(line)
