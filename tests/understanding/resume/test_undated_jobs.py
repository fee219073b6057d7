import pytest

from mianyue.understanding.resume.facts import read_facts
from mianyue.understanding.resume.kept import from_plain, to_plain


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        ("工作内容\n重庆三江机械厂，车工，2年，普车、数控车", [("重庆三江机械厂", "车工")]),
        (
            "履历\n海豚支付 —— SRE，3年。核心支付链路\n锦屏证券 —— 运维工程师，2年。",
            [("海豚支付", "SRE"), ("锦屏证券", "运维工程师")],
        ),
        ("工作经历\n2019.01-2021.01 北方科技有限公司 工程师\n南方机械厂，车工，2年", [("北方科技有限公司", "工程师")]),
        ("自我评价\n做事细，钓鱼，5年", []),
    ],
)
def test_jobs_told_with_years_only(text, jobs):
    facts = read_facts(text)
    assert [(job.employer.value, job.title.value) for job in facts.jobs] == jobs
    assert from_plain(to_plain(facts)) == facts


def test_they_count_for_no_dated_years():
    assert read_facts("工作内容\n重庆三江机械厂，车工，2年").years is None
