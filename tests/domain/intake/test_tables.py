import zipfile
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from mianyue.domain.intake.columns import COLUMNS
from mianyue.domain.intake.tables import TableUnreadable, read_table

SPELLINGS = {column: spec.chinese for column, spec in COLUMNS["employees"].items()}


def rows(path):
    return [(row.number, dict(row.cells)) for row in read_table(path, SPELLINGS).rows]


def csv(tmp_path, content):
    path = tmp_path / "employees.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def xlsx(tmp_path, *lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    book.create_sheet("second").append(["employee_id", "name", "other"])
    path = tmp_path / "employees.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends(tmp_path, encoding, newline):
    text = "工号,姓名,邮箱\nＥ００１ ,施 俊,a@b.cn\n".replace("\n", newline)
    assert rows(csv(tmp_path, text.encode(encoding))) == [(2, {"employee_id": "E001", "name": "施 俊", "email": "a@b.cn"})]


def test_titles_blank_rows_unknown_columns_and_any_order(tmp_path):
    text = "员工一览表,,\n\n备注,姓名,工号\nx,施俊,E1\n,,\n 　,,\ny,李四,E2,too,many\nz,短\n"
    assert rows(csv(tmp_path, text)) == [
        (4, {"name": "施俊", "employee_id": "E1"}),
        (7, {"name": "李四", "employee_id": "E2"}),
        (8, {"name": "短", "employee_id": ""}),
    ]


def test_quotes_and_line_breaks_in_a_cell_count_as_a_spreadsheet_shows_them(tmp_path):
    text = 'employee_id,name,title\nE1,"Ann ""A"" Lee","a\nb, c"\nE2,Bo,x\n'
    assert rows(csv(tmp_path, text)) == [
        (2, {"employee_id": "E1", "name": 'Ann "A" Lee', "title": "a\nb, c"}),
        (3, {"employee_id": "E2", "name": "Bo", "title": "x"}),
    ]


def test_a_stray_quote_costs_one_row(tmp_path):
    table = read_table(csv(tmp_path, 'employee_id,name\nE1,Ann\nE2,"Bo\nE3,Cy\n'), SPELLINGS)
    assert [row.cells["employee_id"] for row in table.rows] == ["E1", "E3"]
    assert table.broken == (3,)
    assert [row.number for row in table.rows] == [2, 4]


def test_chinese_headers_in_full_width(tmp_path):
    spellings = {column: spec.chinese for column, spec in COLUMNS["interview_rounds"].items()}
    path = tmp_path / "interview_rounds.csv"
    path.write_text("职位编号,轮次,时长(分钟), Needs_Room \nJ1,1,60,是", encoding="utf-8")
    assert read_table(path, spellings).columns == {"job_id", "round", "minutes", "needs_room"}


def test_numbers_dates_and_times_of_a_workbook(tmp_path):
    path = xlsx(
        tmp_path,
        ["员工（2026 年）"],
        [],
        ["employee_id", "name", "mobile", "hire_date", "last_day", "title", "department"],
        [1001, "施俊", 13800000000, date(2021, 12, 4), 46360, True, time(9, 5)],
        [None, None],
        ["E2", " 李四 ", 13800000000.0, date(2020, 1, 2), 46357.375, 0.5, datetime.fromisoformat("2026-12-01T09:30")],
    )
    common = {"employee_id": "1001", "name": "施俊", "mobile": "13800000000", "hire_date": "2021-12-04"}
    assert rows(path) == [
        (4, common | {"last_day": "46360", "title": "true", "department": "9:05"}),
        (
            6,
            {"employee_id": "E2", "name": "李四", "mobile": "13800000000", "hire_date": "2020-01-02"}
            | {"last_day": "46357.375", "title": "0.5", "department": "2026-12-01 09:30"},
        ),
    ]


def test_midnight_is_a_time_only_where_the_workbook_shows_it_as_one(tmp_path):
    book = Workbook()
    book.active.append(["employee_id", "name", "hire_date"])
    for number_format in ("yyyy/m/d", "yyyy/m/d h:mm", '[$-804]yyyy"年"m"月"d"日"'):
        book.active.append(["E1", "x", datetime.fromisoformat("2026-12-01")])
        book.active.cell(book.active.max_row, 3).number_format = number_format
    book.save(tmp_path / "employees.xlsx")
    assert [cells["hire_date"] for _, cells in rows(tmp_path / "employees.xlsx")] == [
        "2026-12-01",
        "2026-12-01 00:00",
        "2026-12-01",
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("employees.csv", b"", "no_header"),
        ("employees.csv", b"name,foo\nx,y\n", "no_header"),
        ("employees.csv", "工号,姓名\n".encode("utf-16"), "encoding"),
        ("employees.csv", b"\xff\xff\xff", "encoding"),
        ("employees.xlsx", b"PK\x03\x04 broken", "not_xlsx"),
        ("employees.xlsx", "工号,姓名\n".encode(), "not_xlsx"),
    ],
)
def test_what_is_no_table(tmp_path, name, content, reason):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TableUnreadable) as error:
        read_table(path, SPELLINGS)
    assert error.value.reason == reason


def test_a_workbook_with_a_damaged_sheet(tmp_path):
    whole = xlsx(tmp_path, ["employee_id", "name"], ["E1", "x"])
    damaged = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(damaged, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            target.writestr(member, content[: len(content) // 2] if member.filename == "xl/worksheets/sheet1.xml" else content)
    with pytest.raises(TableUnreadable):
        read_table(damaged, SPELLINGS)


def test_a_workbook_that_names_a_wrong_size_is_read_whole(tmp_path):
    whole = xlsx(tmp_path, ["employee_id", "name"], ["E1", "x"], ["E2", "y"])
    wrong = tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(wrong, "w") as target:
        for member in source.infolist():
            target.writestr(member, source.read(member).replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1:A2"'))
    assert [number for number, _ in rows(wrong)] == [2, 3]
