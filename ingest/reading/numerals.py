"""The numbers of Word's automatic numbering, in the styles that Chinese documents use."""

from collections.abc import Callable

from cn2an import an2cn

DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
TENS = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸")
ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def numeral(number: int, style: str) -> str:
    """A number as `w:numFmt` wants it; plain digits for styles that no policy document uses."""
    write = STYLES.get(style, str)
    return write(number) if 0 < number < 10_000 else str(number)


def _chinese(number: int) -> str:
    words: str = an2cn(str(number), "low")
    return words.removeprefix("一") if words.startswith("一十") else words


def _counted(number: int) -> str:
    """Beyond ninety-nine, place by place."""
    return _chinese(number) if number < 100 else _digits(number)


def _digits(number: int) -> str:
    return str(number).translate(DIGITS)


def _formal(number: int) -> str:
    words: str = an2cn(str(number), "up")
    return words


def _enclosed(first: str) -> Callable[[int], str]:
    """One character of a row of twenty."""
    return lambda number: chr(ord(first) + number - 1) if number <= 20 else str(number)


def _roman(number: int) -> str:
    result, left = "", number
    for value, letters in ROMAN:
        count, left = divmod(left, value)
        result += letters * count
    return result


def _letter(number: int) -> str:
    count, index = divmod(number - 1, 26)
    return chr(ord("a") + index) * (count + 1)


STYLES: dict[str, Callable[[int], str]] = {
    "chineseCounting": _counted,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "taiwaneseCounting": _counted,
    "taiwaneseCountingThousand": _chinese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": lambda number: TENS[(number - 1) % 10],
    "decimalEnclosedCircle": _enclosed("①"),
    "decimalEnclosedCircleChinese": _enclosed("①"),
    "decimalEnclosedParen": _enclosed("⑴"),
    "decimalEnclosedFullstop": _enclosed("⒈"),
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) - 0x30 + 0xFF10) for digit in str(number)),
    "decimalZero": lambda number: f"{number:02d}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
}
