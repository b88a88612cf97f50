"""Lines that ask a reader to scan, follow or open something: 扫描二维码, 阅读报告全文."""

import re

_ADVERT = re.compile(
    r"""[（(]?(?:
      (?:扫描|扫一扫|扫码|长按|识别|微信扫).{0,12}(?:码|全文|关注|阅读|查看|原文)
    | (?:点击|扫码)?(?:阅读|查看|下载).{0,12}(?:全文|原文)
    | (?:欢迎)?关注.{0,16}公众号.{0,8}
    )[）)]?[!！。]?""",
    re.VERBOSE,
)
_LONGEST = 40


def is_advert(line: str) -> bool:
    """Whether a line is nothing but an advert."""
    text = line.strip()
    return len(text) <= _LONGEST and bool(_ADVERT.fullmatch(text))
