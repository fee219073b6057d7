import pytest

from mianyue.understanding.resume.portfolio import portfolio_site


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("张三\n作品集：https://www.zcool.com.cn/u/12345", "zcool.com.cn"),
        ("Jane Doe\nPortfolio: janedoe.design/work", "janedoe.design"),
        ("Jane Doe | github.com/janedoe | jane@example.org", "github.com"),
        ("Contact\nhttps://orcid.org/0000-0001-2345-6789", "orcid.org"),
        ("学术主页：scholar.google.com/citations?user=abc", "scholar.google.com"),
        ("behance.net/jane\n个人网站：jane.example.com", "jane.example.com"),
        ("工作经历\n2020.01-至今 某某公司\n- 维护 github.com/company/tool", None),
        ("邮箱：someone@github.com", None),
        ("Node.js, ASP.NET, README.md", None),
        ("公司网站 www.example.com 上线", None),
        ("github.com", None),
        ("javascript:alert(1) 作品集：无", None),
        ("", None),
    ],
)
def test_where_the_portfolio_is(text, site):
    assert portfolio_site(text) == site
