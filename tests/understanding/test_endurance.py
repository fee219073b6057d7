"""No text, however odd, may keep a worker busy: all understanding is linear in the length of the text."""

import signal

import pytest

from mianyue.understanding.keywords.evidence import shown_keywords
from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.sensitive import sensitive_spans

LENGTH = 8_000
ODD = [
    "因",
    "1",
    " ",
    "\n",
    "\t",
    "|",
    "a",
    "Aa ",
    "a@",
    "a.",
    "a-",
    "1 ",
    "(+1",
    "与公司",
    "已婚,",
    "性别:男 ",
    "姓名 ",
    "name\n",
    "个 人 ",
    "resume ",
    "长" * 40 + "\n",
]


@pytest.fixture
def patience():
    """Half a minute of this process's own CPU time, however busy the machine is: what isn't linear takes hours."""

    def out_of_patience(*_: object) -> None:
        raise AssertionError("an odd text takes for ever")

    before = signal.signal(signal.SIGVTALRM, out_of_patience)
    signal.setitimer(signal.ITIMER_VIRTUAL, 30)
    yield
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("piece", ODD, ids=ascii)
def test_an_odd_text_takes_no_long_time(piece):
    text = piece * (LENGTH // len(piece))
    read_facts(text)
    sensitive_spans(text)
    shown_keywords(["Java", "A/B 测试", "Spring Boot", "R"], text)
