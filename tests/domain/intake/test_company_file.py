from datetime import UTC, date, datetime

import pytest

CLEAN = [
    'name = "示例公司"',
    'default_language = "zh-CN"',
    'default_time_zone = "Asia/Shanghai"',
    "working_week = [1, 2, 3, 4, 5]",
    'public_holiday_country = "CN"',
    "today = 2026-11-30",
]


def test_the_keys(company):
    read = company().company
    assert (read.name, read.default_language, read.default_zone, read.holiday_country) == (
        "示例公司",
        "zh-CN",
        "Asia/Shanghai",
        "CN",
    )
    assert (read.working_week, read.horizon_working_days) == (frozenset({1, 2, 3, 4, 5}), 10)
    assert (read.candidate_contact.phone, read.privacy_contact.notice_url) == ("+86 21 0000 0000", "https://example.com/privacy")


def test_the_clock(company):
    assert company().company.now == datetime(2026, 11, 29, 16, tzinfo=UTC)
    toml = "now = 2026-11-30T23:30:00Z\nhorizon_working_days = 5\n"
    read = company(toml=toml).company
    assert (read.now, read.today, read.horizon_working_days) == (datetime(2026, 11, 30, 23, 30, tzinfo=UTC), date(2026, 12, 1), 5)
    silent = company(toml="name = 'x'").company
    assert (silent.now, silent.today) == (None, None)


@pytest.mark.parametrize(
    ("clean", "soiled", "code", "key"),
    [
        (CLEAN[0], "", "company_key_missing", "name"),
        (CLEAN[0], 'name = ""', "company_key_missing", "name"),
        (CLEAN[1], 'default_language = "Chinesisch"', "company_key_invalid", "default_language"),
        (CLEAN[2], 'default_time_zone = "Asia/Peking"', "company_key_invalid", "default_time_zone"),
        (CLEAN[3], "working_week = [0, 1]", "company_key_invalid", "working_week"),
        (CLEAN[3], 'working_week = "1-5"', "company_key_invalid", "working_week"),
        (CLEAN[4], 'public_holiday_country = "China"', "company_key_invalid", "public_holiday_country"),
        (CLEAN[4], 'public_holiday_country = "DE-XX"', "company_key_invalid", "public_holiday_country"),
        (CLEAN[5], 'today = "soon"', "company_key_invalid", "today"),
        (CLEAN[5], "today = 2026-11-30\nhorizon_working_days = 0", "company_key_invalid", "horizon_working_days"),
        ('email = "hr@example.com"', 'email = "hr at example.com"', "company_key_invalid", "contact.candidate.email"),
        ('phone = "+86 21 0000 0000"', "", "company_key_missing", "contact.candidate.phone"),
        ('"https://example.com/privacy"', '"javascript:x"', "company_key_invalid", "contact.privacy.notice_url"),
    ],
)
def test_a_key_that_is_missing_or_wrong_is_named_and_the_rest_stays_usable(company, clean, soiled, code, key):
    toml = _toml().replace(clean, soiled)
    assert toml != _toml()
    folder = company(toml=toml)
    assert [(p.code, p.severity, p.file, p.key) for p in folder.problems] == [(code, "error", "company.toml", key)]
    assert len(folder.applications) == 2


def _toml():
    contacts = '\n[contact.candidate]\nname = "R"\nemail = "hr@example.com"\nphone = "+86 21 0000 0000"\n'
    privacy = '[contact.privacy]\nname = "P"\nemail = "p@example.com"\nnotice_url = "https://example.com/privacy"\n'
    return "\n".join(CLEAN) + contacts + privacy


@pytest.mark.parametrize("content", [None, "name = ", b"\xff\xfe\x00", '[a]\n"'])
def test_no_company_file_is_one_problem(company, content):
    folder = company(files={"company.toml": content})
    assert [(p.code, p.file) for p in folder.problems] == [("company_unreadable", "company.toml")]
    assert (folder.company.default_zone, folder.company.holiday_country) == ("Asia/Shanghai", "CN")


def test_countries_by_site(company):
    extra = '\n[public_holiday_country_by_site]\nVIE = "AT"\nXXX = "AT"\nSHA = "Nowhere"\n'
    folder = company(toml=_toml() + extra)
    assert dict(folder.company.holiday_country_by_site) == {"VIE": "AT", "XXX": "AT"}
    assert [(p.code, p.key) for p in folder.problems] == [
        ("company_key_invalid", "public_holiday_country_by_site.SHA"),
        ("unknown_site", "public_holiday_country_by_site.XXX"),
    ]
