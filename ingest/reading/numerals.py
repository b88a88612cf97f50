"""The numbers of Word's automatic numbering, in the styles that Chinese documents use."""

from collections.abc import Callable

from cn2an import an2cn

TENS = ("甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸")
ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def numeral(number: int, style: str) -> str:
    """A number as `w:numFmt` wants it; plain digits for styles that no policy document uses."""
    write = STYLES.get(style, str)
    return write(number) if 0 < number < 10_000 else str(number)


def _chinese(number: int) -> str:
    words: str = an2cn(str(number), "low")
    return words.removeprefix("一") if words.startswith("一十") else words


def _formal(number: int) -> str:
    words: str = an2cn(str(number), "up")
    return words


def _circled(number: int) -> str:
    return chr(0x245F + number) if number <= 20 else str(number)


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
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographTraditional": lambda number: TENS[(number - 1) % 10],
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) - 0x30 + 0xFF10) for digit in str(number)),
    "decimalZero": lambda number: f"{number:02d}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
}
