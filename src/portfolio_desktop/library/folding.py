r"""Text as search sees it: what looks or means the same is the same.

    ＡＩ影像　→ ai影像      full and half width, ligatures, Kangxi radicals (NFKC), upper and lower case
    臺北 → 台北            variant characters, listed below
    氣候\n變遷 → 氣候變遷   a line break between two Chinese characters is no gap (text out of PDFs is full of them)

`grams` cuts folded text into overlapping pairs for the index: 氣候變遷 -> 氣候 候變 變遷, and 氣 候 變 遷 once each, every
character written as four letters: to SQLite a pair is one plain word, and a longer text a phrase of them.
"""

from __future__ import annotations

import operator
import re
import unicodedata

VERSION = f"2/{unicodedata.unidata_version}"
"""Changes when folding does: an index made by another one is made anew."""

# Pairs that Taiwan writes both ways for the same word, or that a PDF's font gives back for the other; the first is read as
# the second. Only pairs that never tell two words apart (颱 and 台, 乾 and 干, 後 and 后, 週 and 周 do).
_VARIANTS = (
    "臺台 裏裡 爲為 啓啟 衆眾 羣群 峯峰 綫線 麪麵 汚污 汙污 恒恆 内內 吕呂 黄黃 别別 産產 説說 戸戶 户戶 温溫 眞真 靑青 "
    "淸清 敎教 録錄 緑綠 歩步 毎每 强強 脱脫 税稅 悦悅 閲閱 鋭銳 絶絕 顔顏 郷鄉 鄕鄉 郞郎 旣既 卽即 槪概 徳德 絵繪 牀床 "
    "祕秘 鷄雞 佔占 佈布 蹟跡 昇升 舘館 葯藥 着著"
)
_TABLE = {ord(pair[0]): pair[1] for pair in _VARIANTS.split()}
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]+"
)
_CJK = (
    "\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f"
    "\U00020000-\U0003ffff"
)
_GAP = re.compile(rf"(?<=[{_CJK}])\s+(?=[{_CJK}])")
_SPACE = re.compile(r"\s+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def fold(text: str) -> str:
    """The text as it is compared: one line, without marks that cannot be seen."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    plain = unicodedata.normalize("NFKC", seen.casefold()).translate(_TABLE)
    return _SPACE.sub(" ", _GAP.sub("", plain)).strip()


def grams(folded: str) -> str:
    """What stands in the index for folded text: its pairs in order, then its characters, each once."""
    codes = [_CODES[character] for character in folded]
    return " ".join([*map(operator.add, codes, codes[1:]), *sorted(set(codes))])


def phrase(word: str) -> str:
    """The index's query for one folded word of any length: this text, anywhere."""
    codes = [_CODES[character] for character in word]
    return f'"{" ".join(map(operator.add, codes, codes[1:])) or codes[0]}"'


class _Codes(dict[str, str]):
    """Four letters for a character, made when first met; base 36 holds every code point."""

    def __missing__(self, character: str) -> str:
        number, letters = ord(character), ""
        for _place in range(4):
            number, digit = divmod(number, 36)
            letters = _DIGITS[digit] + letters
        self[character] = letters
        return letters


_CODES = _Codes()
