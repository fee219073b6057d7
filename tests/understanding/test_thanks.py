"""Thanks are told from wishes."""

import pytest

from mianyue.understanding.thanks import only_thanks


@pytest.mark.parametrize(
    "said",
    [
        "收到，谢谢",
        "好的，谢谢您！",
        "謝謝老師",
        "Thanks, got it.",
        "Thank you very much! See you then.",
        "OK, noted 👍",
        "ありがとうございます。",
        "Vielen Dank!",
        "Merci beaucoup",
        "明白了",
    ],
)
def test_only_thanks(said):
    assert only_thanks(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "好的",
        "ok",
        "谢谢，周三可以",
        "收到，不过周三我来不了",
        "谢谢，我不考虑了",
        "Thanks, but I am no longer interested",
        "Thank you, where is it?",
        "谢谢，请问地址？",
        "收到，第二个",
        "thanks 2",
        "到时见，我会晚一点",
        "知道了，能改期吗",
        "谢谢" * 60,
    ],
)
def test_anything_else(said):
    assert not only_thanks(said)
