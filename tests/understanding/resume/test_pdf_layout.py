from mianyue.understanding.resume.pdf_layout import Run, as_text


def run(text, left, bottom, height=9.0):
    return Run(text, left, left + 6 * len(text), bottom, bottom + height)


def test_lines_in_the_order_of_the_file_stay_so():
    assert as_text([run("main one", 200, 700), run("main two", 200, 680), run("side one", 10, 700), run("side two", 10, 680)]) == (
        "main one\nmain two\nside one\nside two"
    )


def test_two_columns_written_row_by_row_are_read_one_after_the_other():
    rows = []
    for number in range(6):
        rows += [run(f"Skill: {number}", 10, 700 - 20 * number), run(f"Experience {number}", 200, 701 - 20 * number)]
    assert as_text([run("Jane Doe", 10, 760, 20), *rows]).splitlines() == [
        "Jane Doe",
        *(f"Skill: {number}" for number in range(6)),
        *(f"Experience {number}" for number in range(6)),
    ]


def test_a_form_is_read_row_by_row():
    labels = ["姓名", "手机", "现居", "学历", "专业"]
    rows = []
    for number, label in enumerate(labels):
        rows += [run(label, 60, 700 - 20 * number), run(f"value {number}", 130, 700 - 20 * number)]
    assert as_text(rows).splitlines() == [f"{label}\tvalue {number}" for number, label in enumerate(labels)]


def test_dates_beside_a_list_stay_in_its_lines():
    rows = []
    for number in range(5):
        rows += [run(f"Employer {number}", 10, 700 - 20 * number), run(f"201{number}-2019", 400, 700 - 20 * number)]
    assert as_text(rows).splitlines() == [f"Employer {number}\t201{number}-2019" for number in range(5)]


def test_a_file_written_in_no_order_is_read_from_top_to_bottom():
    lines = [run(f"line {number}", 10, 100 + 20 * number) for number in range(10)]
    assert as_text(lines).splitlines() == [f"line {number}" for number in range(9, -1, -1)]


def test_nothing_on_a_page_is_no_text():
    assert as_text([]) == ""
