"""Numbers as the rules see them, in every notation, and as languages say them."""

from __future__ import annotations

import pytest

from book.language.conventions import Conventions
from book.language.language import Language
from book.notebook.markdown.prose import prose_lines
from book.notebook.texts import PROSE, Text
from book.rules import findings
from book.rules.numbers import Number, numbers


def numbers_in(text: str) -> list[Number]:
    """The numbers of a text as the rules see them."""
    return numbers("\n".join(prose_lines(text, markdown=True)))


def test_numbers_are_read_in_every_notation() -> None:
    assert [number.values for number in numbers_in("3.5 3,5 ٣٫٥ ३.५")] == [{"3.5"}] * 4
    assert all("10000" in number.values for number in numbers_in("10,000 10.000 10\u00a0000"))
    assert not numbers("0.86")[0].values & numbers("8.6")[0].values


def test_a_tables_numbers_are_not_one_with_a_space_in_it() -> None:
    assert [each.written for each in numbers_in("| a | b |\n|---|---|\n| 32 | 256 |")] == ["32", "256"]
    assert numbers_in("10 000.5")[0].values == {"10000.5"}


def test_numbers_in_maths_and_code_do_not_count() -> None:
    assert numbers_in("$x_3$ `4` five") == []


@pytest.mark.parametrize(
    ("language", "english", "said"),
    [
        ("ko", "Three million parameters.", "매개변수 300만 개."),
        ("ko", "Fine-tune it for 1 epoch.", "하나의 에포크 동안 미세 조정합니다."),
        ("ko", "The value on the 1st device, not the 2nd.", "두 번째가 아닌 첫 번째 기기의 값."),
        ("ko", "A nonnegative integer; quadratic bowls.", "0 이상의 정수. 2차 함수."),
        ("ko", "Hundreds of nodes, or 1,000s of them, in the range of 100's.", "수백 개나 수천 개의 노드."),
        ("ko", "An array of shape (100, 2).", "형상이 (100,2)인 배열."),
        ("ja", "A rate closer to .65.", "0.65 に近い率。"),
        ("ja", "The 8+ million parameters are frozen.", "800 万個以上のパラメータは凍結されている。"),
        ("ja", "Another way to converge.", "収束のもう 1 つの方法。"),
        ("ja", "It has 2 weights that are trained and 2 that are not.", "訓練する重みとしない重みが 2 つずつある。"),
        ("ko", "The second layer has 10 nodes.", "두 번째 층은 10개의 노드, 즉 10개의 확률을 갖습니다."),
        ("ja", "The first 100, 000 tokens.", "最初の 100,000 トークン。"),
        ("ja", "Speedups of orders of magnitude.", "10 倍から 100 倍のスピードアップ。"),
        ("ja", "If you have more than 2 outputs.", "3 つ以上の出力がある場合。"),
        ("ja", "The value on the 1st device.", "最初のデバイスの値。"),
        ("es", "A 2-dimensional tensor.", "Un tensor bidimensional."),
        ("ru", "A 3D tensor.", "Трёхмерный тензор."),
        ("es", 'Only where `age="30"` is.', 'Solo donde `age="30"` (edad: 30).'),
        ("es", "Decrease it to 1/2 at 1,000 epochs.", "Reducirla a la mitad en 1000 épocas."),
        ("pt_BR", "Trips at 8 PM, at 1/3 of the price.", "Viagens às 20h, a um terço do preço."),
        ("zh_Hans", "Cars of the late-1970s.", "20 世纪 70 年代末的汽车。"),
        ("es", "The 1st axis and the 3rd.", "El primer eje y el tercero."),
        ("ko", "About 1.5 million parameters.", "약 150만 개의 매개변수."),
        ("ko", "Ten thousand samples of 20,000.", "2만 개 가운데 표본 1만 개."),
        ("zh_Hans", "Use 10,000 samples.", "用1万个样本。"),
        ("ja", "1.2 billion tokens", "12億トークン"),
        ("hi", "100,000 rows and 3 million words", "1 लाख पंक्तियाँ और 30 लाख शब्द"),
        ("th", "3 million words", "300 หมื่น คำ"),
        ("de", "4,000,000 words", "4 Millionen Wörter"),
        ("pt_BR", "20 thousand words", "20 mil palavras"),
        ("fa", "2,000 words", "۲ هزار واژه"),
        ("ko", "Only 1.5 of it.", "그것의 1.5만."),
        ("ko", "Zero mean and unit variance.", "평균 0, 분산 1."),
        ("ko", "Half of them; a quarter.", "50%. 25%."),
        ("ja", "On Mar 5, 2015.", "2015年3月5日。"),
        ("tr", "About 50% of it.", "Yaklaşık %50 kadarı."),
        ("ko", "Added in TensorFlow 2.3 for L2 and 1.2M weights.", "TensorFlow r2.3에 추가된 L2, 가중치 120만 개."),
        ("ko", "Since 04/09/2022, with 28x28 pixels.", "2022년 4월 9일부터 28 x 28 픽셀."),
        ("zh_Hans", "Use 10,000 samples.", "用一万个样本。"),
        ("ja", "256 samples in 2024", "二百五十六個、二〇二四年"),
        ("ko", "10,000 photographs and 100,000 words", "만 장의 사진과 십만 단어"),
        ("hi", "10,000 photographs of 100,000", "एक लाख में से दस हज़ार तस्वीरें"),
        ("ar", "10,000 photographs and 1,000 words", "عشرة آلاف صورة وألف كلمة"),
        ("tr", "10,000 photographs, 150 words", "on bin fotoğraf, yüz elli sözcük"),
        ("pl", "10,000 photographs and 5 words", "dziesięć tysięcy zdjęć i pięć słów"),
        ("ko", "It takes half a minute.", "30초가 걸립니다."),
        ("pl", "It takes three quarters of an hour.", "Trwa 45 minut."),
        ("hi", "An hour and a half; a quarter of an hour.", "90 मिनट; 15 मिनट।"),
        ("ar", "Half a hundredth more.", "أكثر بمقدار 0.005."),
        ("tr", "Two thirds of the runs.", "Çalışmaların %67'si."),
        ("ko", "Two and a half times.", "2.5배."),
        ("ru", "The first 3 blocks of 2 plots.", "К первым трем блокам двух графиков."),
        ("ru", "Let's look at the 0th image and the 4th.", "Давайте посмотрим на нулевое изображение и четвертое."),
        ("ru", "It is set to [0,1]; labels are {0, 1, 2}.", "Это [0,1], метки: {0, 1, 2}."),
        ("ar", "More than 100,000 sentences, 30,000 of them.", "أكثر من 100،000 جملة، 30،000 منها."),
        ("ar", "It returned [0.2, 0.5, 1.3].", "كانت `[0.2, 0.5, 1.3]`."),
        ("zh_Hans", "From 1/10mm to inches.", "从 0.1 毫米到英寸。"),
        ("es", "Together in a 2-tuple.", "Juntos en una tupla doble."),
        ("ja", "It has a shape of `(9, 1)`.", "形状は (9,1) です。"),
        ("es", "They are in their 20's and 30s.", "Tienen entre 20 y 29 o entre 30 y 39 años."),
        ("ko", "Here's a 3x4 matrix, 3*4=12 values.", "다음은 $3 \\times 4$ 행렬입니다. 값은 $3 \\times 4=12$개."),
        ("zh_Hans", "Over the last couple decades.", "在最近 20 年。"),
    ],
)
def test_a_number_may_be_said_as_the_language_says_it(language: str, english: str, said: str) -> None:
    assert broken(language, english, said) == []


@pytest.mark.parametrize(
    ("language", "english", "said"),
    [
        ("ko", "4,000,000 parameters.", "매개변수 4만 개."),
        ("zh_Hans", "Use 10,000 samples.", "用10万个样本。"),
        ("hi", "100,000 rows", "10 लाख पंक्तियाँ"),
        ("de", "4,000,000 words", "4 Milliarden Wörter"),
        ("ko", "Half of them.", "30%."),
        ("zh_Hans", "Use 10,000 samples.", "用十万个样本。"),
        ("ko", "10,000 photographs.", "추천하는 사진."),
        ("hi", "10,000 photographs", "दस लाख तस्वीरें"),
        ("ar", "10,000 photographs", "مئة ألف صورة"),
        ("tr", "10,000 photographs", "yüz bin fotoğraf"),
        ("pl", "10,000 photographs", "tysiąc zdjęć"),
        ("ko", "It takes half a minute.", "20초가 걸립니다."),
        ("pl", "A quarter of an hour.", "30 minut."),
        ("ru", "The first 3 blocks.", "К двум блокам."),
        ("ru", "It is set to [0,1].", "Это [0,2]."),
        ("ar", "More than 100,000 sentences.", "أكثر من 10،000 جملة."),
        ("ar", "It returned 0.5, see `0.5`.", "انظر `0.5`."),
        ("zh_Hans", "From 1/10mm to inches.", "从 0.2 毫米到英寸。"),
    ],
)
def test_another_value_is_found(language: str, english: str, said: str) -> None:
    assert "numbers" in broken(language, english, said)


def broken(language: str, english: str, said: str) -> list[str]:
    conventions = Conventions(Language(language))
    found = findings(Text("p/a", english, PROSE), said, conventions=conventions)
    return [rule for _, rule in found if rule == "numbers"]
