"""How Chinese is spelled in Latin letters."""

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from search.analysis import RUN, fold


@lru_cache(maxsize=200_000)
def syllables(text: str) -> tuple[str, ...]:
    """The syllables of its Chinese characters without tones, the letters and digits between them as they are."""
    runs = "".join(match.group() for match in RUN.finditer(fold(text)))
    return tuple(lazy_pinyin(runs, style=Style.NORMAL, errors="default"))


def spelled_in(text: str, letters: str) -> bool:
    """Whether `letters` begin at a syllable of `text`, written out or as initials: shuju and sj in 省数据局."""
    letters = letters.replace("'", "").lower()
    spelled = syllables(text)
    initials = "".join(syllable[:1] for syllable in spelled)
    return letters in initials or any("".join(spelled[at:]).startswith(letters) for at in range(len(spelled)))


def first_letter(text: str) -> str:
    """The letter that a list by pinyin has the text under, A to Z; # for what begins with no letter."""
    letter = "".join(syllables(text))[:1].upper()
    return letter if "A" <= letter <= "Z" else "#"
