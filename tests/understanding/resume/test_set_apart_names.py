"""Names that a template sets apart: the surname by spaces, a Latin name beside, a title below in the middle of a sidebar's text."""

import pytest

from mianyue.understanding.resume.facts import read_facts

SIDEBAR = "联系\n13800001234\n软件\nFigma\nSketch\nPrinciple\n能力\n动效\n用户研究\n语言\n英语\n教育\n西溪艺术学院\n视觉传达\n本科 2014-2018\n"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("律师简历\n\n赵  明远（执业律师）\n电话：13800001715", "赵明远"),
        ("骆 嘉禾 Jayden Luo\n运营经理\n13800001734", "骆嘉禾"),
        (f"{SIDEBAR}林小满\n产品经理\n关于我\n8年经验", "林小满"),
        ("上  海\n13800001734", None),
        ("高  中数学\n13800001734", None),
        (f"{SIDEBAR}证明人\n林小满\n产品经理", None),
    ],
)
def test_the_name_is_found(text, name):
    found = read_facts(text).name
    assert (found and found.confidence >= 0.6 and found.value) == name
