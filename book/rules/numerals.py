"""Numbers that translations say in words where the English has digits: 一万, 만, दस हज़ार, عشرة آلاف, on bin, sto.

The words of several languages stand together. A word that means something else in another one can only let a number
pass that is missing; none is found to be too many because of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain

_ONES = {  # from 1 on, other forms of a word behind a `/`, `-` where a language has none here
    "hi": "एक दो तीन चार पाँच/पांच छह/छः सात आठ नौ दस ग्यारह बारह",
    "ar": """واحد/واحدة اثنان/اثنين/اثنتان/اثنتين ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع
    ثمانية/ثماني/ثمان تسعة/تسع عشرة/عشر""",
    "tr": "bir iki üç dört beş altı yedi sekiz dokuz on",
    "pl": """jeden/jedna/jedno dwa/dwie/dwóch trzy/trzech cztery/czterech pięć/pięciu sześć/sześciu siedem/siedmiu
    osiem/ośmiu dziewięć/dziewięciu dziesięć/dziesięciu jedenaście dwanaście""",
    "ko": "한/하나 두/둘 세/셋/석 네/넷/넉 다섯 여섯 일곱 여덟 아홉 열 열한 열두",
    "de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "fr": "un/une deux trois quatre cinq six sept huit neuf dix onze douze",
    "es": "uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "pt": "um/uma dois/duas três quatro cinco seis sete oito nove dez onze doze",
    "ru": """один/одна/одно/одного/одной/одному/одну/одним/одном два/две/двух/двум/двумя три/трех/трем/тремя
    четыре/четырех/четырем/четырьмя пять/пяти/пятью шесть/шести/шестью семь/семи/семью восемь/восьми/восемью
    девять/девяти/девятью десять/десяти/десятью одиннадцать/одиннадцати двенадцать/двенадцати""",
}
_ZERO = """zero zéro cero null nulla sıfır صفر शून्य 제로 ноль ноля нуль нуля нулю нулем нуле
нулевой нулевая нулевое нулевого нулевую нулевом нулевым нулевые нулевых"""
_TENS = {  # from 20 on
    "hi": "बीस तीस चालीस पचास साठ सत्तर अस्सी नब्बे",
    "ar": """عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين ثمانون/ثمانين تسعون/تسعين""",
    "tr": "yirmi otuz kırk elli altmış yetmiş seksen doksan",
    "pl": """dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt
    dziewięćdziesiąt""",
    "ko": "스물/스무 서른 마흔 쉰",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "ru": "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто",
}
_RUSSIAN = "перв втор трет четверт пят шест седьм восьм девят десят"
_ENDINGS = "ый ой ий ая ое ого ому ую ым ом ые ых ыми ья ье ьего ьей ью ьи ьих"
_ORDINALS = {  # from the first on
    "hi": "पहला/पहली/पहले दूसरा/दूसरी/दूसरे तीसरा/तीसरी/तीसरे चौथा/चौथी/चौथे",
    "ar": "أول/أولى ثاني/ثانية ثالث/ثالثة رابع/رابعة خامس/خامسة",
    "tr": "birinci/ilk ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu",
    "pl": """pierwszy/pierwsza/pierwsze/pierwszego/pierwszej/pierwszym/pierwszą
    drugi/druga/drugie/drugiego/drugiej/drugim/drugą trzeci/trzecia/trzecie/trzeciego/trzeciej/trzecim""",
    "ko": "첫/첫째/첫번째 두번째/둘째 세번째/셋째 네번째/넷째",
    "de": "erste/ersten/erster/erstes zweite/zweiten/zweiter/zweites dritte/dritten/dritter/drittes",
    "fr": """premier/première/premiers/premières deuxième/second/seconde troisième quatrième cinquième sixième
    septième huitième neuvième dixième""",
    "es": """primer/primero/primera/primeros/primeras segundo/segunda tercer/tercero/tercera cuarto/cuarta quinto/quinta
    sexto/sexta séptimo/séptima octavo/octava noveno/novena décimo/décima""",
    "pt": """primeiro/primeira/primeiros/primeiras segundo/segunda terceiro/terceira quarto/quarta quinto/quinta
    sexto/sexta sétimo/sétima oitavo/oitava nono/nona décimo/décima""",
    "ru": " ".join("/".join(f"{stem}{ending}" for ending in _ENDINGS.split()) for stem in _RUSSIAN.split()),
}
_TIMES = {  # as in a double, a pair
    2: "doble dobles duplo dupla par pareja paire doppio doppia coppia doppelt paar çift para pary двойная пара",
    3: "triple triples triplo tripla dreifach üçlü тройной тройная",
}
_GREAT = {
    100: "सौ مئة/مائة yüz sto hundert cent cien cem сто",
    1000: """हज़ार/हजार ألف/آلاف/ألفا bin tysiąc/tysiące/tysięcy/tysiąca tausend mille mil тысяча/тысячи/тысяч nghìn""",
    100_000: "लाख",
    1_000_000: "مليون/ملايين milyon milion/miliony/milionów Million/Millionen million/millions millón/millones миллион",
    10_000_000: "करोड़",
}
_WHOLE = {200: "مئتان/مئتين/مائتان/مائتين dwieście", 300: "trzysta", 500: "pięćset", 2000: "ألفان/ألفين"}
_BEFORE = re.compile("^(?:و|ف)?(?:ب|ل|ك)?(?:ال)?(?=.{2})")  # what Arabic writes together with a word
_BEHIND = re.compile("(?<=.)(?:의|가|이|는|은|를|을|만|로|와|과|에|도)$")  # and Korean
_STEMS = {  # of how many dimensions something has
    "1": ("unidimension", "eindimension", "jednowymiar", "одномерн", "أحادي"),
    "2": ("bidimension", "zweidimension", "dwuwymiar", "двумерн", "ثنائي", "द्विआयामी", "द्वि-आयामी", "द्विविमीय"),
    "3": ("tridimen", "dreidimension", "trójwymiar", "трехмерн", "ثلاثي", "त्रिआयामी", "त्रि-आयामी"),
}
_HALF = ("mitad", "moitié", "metade", "hälfte", "половин", "połow", "yarı", "نصف", "आधा", "आधे", "절반", "半分", "一半")
_THIRD = ("tercio", "tiers", "terço", "drittel", "треть", "üçte bir", "ثلث", "तिहाई")
_FIRST = "最初"  # in Japanese, which has no blanks around words
_AND = {"and", "i", "und", "et", "y", "e", "ve", "и"}
_WORDS = re.compile(r"[^\W\d_](?:\w|[\u0900-\u0963])*")

_HAN = "零一二三四五六七八九"
_SAME = str.maketrans("〇两兩萬亿영일이삼사오육칠팔구십백천만억조", "零二二万億零一二三四五六七八九十百千万億兆")
_HAN_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "億": 10**8, "兆": 10**12}
_RUN = re.compile(
    r"[零〇一二两兩三四五六七八九十百千万萬億亿兆]+|(?<![가-힣])[영일이삼사오육칠팔구]*[십백천만억조][영일이삼사오육칠팔구십백천만억조]*"
)


def _folded(text: str) -> str:
    return text.casefold().replace("ё", "е")  # whose dots Russian seldom prints


def _by_word(*tables: tuple[int, str]) -> dict[str, int]:
    return {_folded(form): value for value, words in tables for word in words.split() for form in word.split("/")}


_VALUES = _by_word(
    *((n, word) for table in (_ONES, _ORDINALS) for words in table.values() for n, word in enumerate(words.split(), 1)),
    *((10 * value, word) for words in _TENS.values() for value, word in enumerate(words.split(), 2)),
    *_WHOLE.items(),
    *_TIMES.items(),
)
_MANY = _by_word(*_GREAT.items())
_NOUGHT = set(_ZERO.split())


def said_in_words(text: str) -> set[str]:
    """The values, in digits, of the numbers that a text in any of these languages says in words."""
    folded = _folded(text)
    words = [_bare(word) for word in _WORDS.findall(folded)]
    parts = {number for number, stems in _STEMS.items() if any(stem in folded for stem in stems)}
    parts |= {"1", "2", "0.5", "50"} if any(word in folded for word in _HALF) else set()
    parts |= {"1", "3"} if any(word in folded for word in _THIRD) else set()
    parts |= {str(_VALUES[word]) for word in words if _VALUES.get(word, 10) < 10}  # `the first three` is no four
    parts |= {"1"} if _FIRST in text else set()
    parts |= {"0"} if _NOUGHT.intersection(words) or "ゼロ" in text else set()
    return parts | set(map(str, chain(in_a_row(words, _VALUES, _MANY, _AND), map(_of_han, _RUN.findall(text)))))


def in_a_row(words: list[str], values: Mapping[str, int], great: Mapping[str, int], skipped: set[str]) -> Iterator[int]:
    """The numbers that words in a row make: those of `values` are added up, those of `great` multiply."""
    total = part = 0
    for word in [*words, ""]:
        if word in values:
            part += values[word]
        elif word in great:
            part = max(part, 1) * great[word]
            if great[word] >= 1000:
                total, part = total + part, 0
        elif word not in skipped:
            if total + part:
                yield total + part
            total = part = 0


def _bare(word: str) -> str:
    if word in _VALUES or word in _MANY:
        return word
    bare = (_BEFORE.sub("", word), _BEHIND.sub("", word))
    return next((each for each in bare if each in _VALUES or each in _MANY), word)


def _of_han(run: str) -> int:
    """The value of a number in Chinese characters, or in Korean letters for them; digits alone stand in places."""
    total = part = digit = 0
    run = run.translate(_SAME)
    if not any(each in _HAN_UNITS for each in run):
        return int("".join(str(_HAN.index(each)) for each in run))
    for each in run:
        if each in _HAN:
            digit = _HAN.index(each)
        elif (unit := _HAN_UNITS[each]) < 10**4:
            part, digit = part + max(digit, 1) * unit, 0
        else:
            total, part, digit = total + max(part + digit, 1) * unit, 0, 0
    return total + part + digit
