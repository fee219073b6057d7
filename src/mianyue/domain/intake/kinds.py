"""The table of everything that can be wrong in a company's folder: severity, and what a person is told."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Kind(NamedTuple):
    """One code: ``message`` says what is wrong, ``done`` what mianyue did and what the person should do; both (en, zh-CN)."""

    severity: Severity
    message: tuple[str, str]
    done: tuple[str, str]


_LEFT_OUT = ("The row was left out. Correct it and import again.", "该行未导入。请更正后重新导入。")
_TABLE_LEFT_OUT = (
    "The whole table was left out, and with it what depends on it. Correct the file and import again.",
    "整张表未导入，依赖它的数据也未导入。请更正文件后重新导入。",
)
APPLICATION_MARKED = (
    "The application is kept but marked: nothing is arranged for it until this is corrected and imported again.",
    "申请已保留并标记：更正并重新导入前，不会为其安排面试。",
)
_CELL_IGNORED = (
    "The row was imported as if the cell were empty. Correct the cell and import again.",
    "该行已导入，此单元格按空白处理。请更正后重新导入。",
)
_DEFAULT_USED = ("A default was used. Correct company.toml and import again.", "已使用默认值。请更正 company.toml 后重新导入。")

KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        # Findings that the folder format names.
        "duplicate_application": Kind(
            "warning",
            ("same person and job as {related}", "与 {related} 为同一人、同一职位"),
            (
                "The application is kept as a duplicate; only {related} is invited. Close one of the two.",
                "申请已保留为重复申请，仅邀约 {related}。请关闭其中一份。",
            ),
        ),
        "resume_missing": Kind(
            "error",
            ("the resume file is not in resumes/", "resumes/ 中没有该简历文件"),
            (
                "The application is kept but marked. Put the file into resumes/ and import again.",
                "申请已保留并标记。请将文件放入 resumes/ 后重新导入。",
            ),
        ),
        "resume_without_application": Kind(
            "warning",
            ("no application names this file", "没有申请引用该简历文件"),
            (
                "The file was not read. Add an application that names it, or remove it.",
                "未读取该文件。请添加引用它的申请，或将其移除。",
            ),
        ),
        "resume_of_another_person": Kind(
            "error",
            ("the resume shows another name and other contact data", "简历中的姓名和联系方式与申请不符"),
            (
                "Nothing of the resume is used, and the application is marked. Attach the right resume.",
                "未使用该简历的任何内容，申请已标记。请更换为正确的简历。",
            ),
        ),
        "invalid_email": Kind(
            "error",
            ("not an e-mail address", "邮箱地址无效"),
            (
                "An application is kept but marked and gets no e-mail; other rows are left out. Correct it and import again.",
                "申请已保留并标记，不会向其发送邮件；其他表的该行未导入。请更正地址后重新导入。",
            ),
        ),
        "unknown_employee": Kind("error", ("no such employee", "员工不存在"), _LEFT_OUT),
        "unknown_interviewer": Kind(
            "error",
            ("no employee {value}", "面试官 {value} 不存在"),
            (
                "The others of a choice stay usable; a round with an empty seat was left out. Correct the number and import again.",
                "同一席位的其他人选仍可用；席位无人可选的轮次未导入。请更正工号后重新导入。",
            ),
        ),
        "unknown_room": Kind(
            "warning",
            ("no such room", "会议室不存在"),
            ("The booking blocks no room. Correct the room or add it.", "该预订不占用任何会议室。请更正会议室编号或添加该会议室。"),
        ),
        "end_before_start": Kind("error", ("{what} ends before it starts", "结束时间早于开始时间"), _LEFT_OUT),
        "job_without_rounds": Kind(
            "error",
            ("the job has no interview rounds", "该职位没有配置面试轮次"),
            (
                "The job and its applications are kept, but nothing can be arranged for them. Add rounds and import again.",
                "职位及其申请已保留，但无法安排面试。请配置面试轮次后重新导入。",
            ),
        ),
        "interviewer_without_shift": Kind(
            "warning",
            ("the interviewer is never at work", "该面试官没有任何出勤时间"),
            (
                "The person is never proposed. Assign a shift, or name somebody else.",
                "不会安排此人面试。请为其排班，或更换面试官。",
            ),
        ),
        "calendar_missing": Kind(
            "warning",
            ("the interviewer has no calendar file", "该面试官没有日历文件"),
            (
                "The person counts as without events. Export the calendar and import again.",
                "按没有日程处理。请导出其日历后重新导入。",
            ),
        ),
        "calendar_without_employee": Kind(
            "warning",
            ("no employee has this calendar", "没有员工对应该日历文件"),
            (
                "The file was not read. Rename it to an employee's number, or remove it.",
                "未读取该文件。请以员工工号命名，或将其移除。",
            ),
        ),
        "calendar_event_unreadable": Kind(
            "warning",
            ("an event can't be read: {reason}", "有一条日程无法读取"),
            (
                "The rest of the calendar counts. Look at the event in the calendar program and export again.",
                "日历的其余日程有效。请在日历软件中检查该日程后重新导出。",
            ),
        ),
        # Other dirt.
        "calendar_unreadable": Kind(
            "error",
            ("not an iCalendar file", "不是 iCalendar 文件"),
            (
                "The person's time is unknown, so nothing is proposed with them. Export the calendar again.",
                "无法得知此人的空闲时间，因此不会安排此人面试。请重新导出日历。",
            ),
        ),
        "calendar_hours_unreadable": Kind(
            "error",
            ("the published working hours can't be read: {reason}", "无法读取日历中公布的可用时间"),
            (
                "The person's time is unknown wherever these hours apply, so nothing is proposed then. Correct them and export again.",
                "在其适用的时段内，无法得知此人是否有空，因此不会安排面试。请更正后重新导出日历。",
            ),
        ),
        "missing_table": Kind(
            "error",
            ("the table is missing", "缺少该表"),
            (
                "Nothing is known of what it should say. Add the file (its header row, if there are no records) and import again.",
                "无法得知其中的数据。请添加该文件（无记录时也需保留表头）后重新导入。",
            ),
        ),
        "table_twice": Kind(
            "warning",
            ("the table exists as CSV and as XLSX", "该表同时存在 CSV 和 XLSX 两个文件"),
            ("The CSV file was read, the other was not. Remove one of them.", "已读取 CSV 文件，未读取另一个。请移除其中一个。"),
        ),
        "unreadable_table": Kind("error", ("the table can't be read: {reason}", "无法读取该表：{reason}"), _TABLE_LEFT_OUT),
        "unreadable_row": Kind("error", ("the row has a stray quotation mark", "该行的引号不完整"), _LEFT_OUT),
        "missing_column": Kind("error", ("the column is missing", "缺少该列"), _TABLE_LEFT_OUT),
        "absent_column": Kind(
            "warning",
            ("the column is missing", "缺少该列"),
            (
                "The rows were imported without it. Add the column and import again.",
                "各行已导入，但没有该列的内容。请添加该列后重新导入。",
            ),
        ),
        "missing_value": Kind("error", ("the cell is empty", "单元格为空"), _LEFT_OUT),
        "empty_value": Kind(
            "warning",
            ("the cell is empty", "单元格为空"),
            ("The row was imported without it. Fill the cell in and import again.", "该行已导入，但没有此内容。请补充后重新导入。"),
        ),
        "bad_value": Kind("error", ("{reason}", "{reason}"), _LEFT_OUT),
        "ignored_value": Kind("warning", ("{reason}", "{reason}"), _CELL_IGNORED),
        "unknown_status": Kind(
            "warning",
            ("not a status word", "状态无法识别"),
            (
                "Leave counts as absence and overtime has no effect until the status is clear. Correct it and import again.",
                "状态明确之前，请假按缺勤处理，加班不生效。请更正后重新导入。",
            ),
        ),
        "duplicate_key": Kind(
            "error",
            ("the same key as row {related}", "与第 {related} 行编号重复"),
            (
                "The earlier row counts, this one was left out. Remove or renumber one.",
                "以较早的一行为准，该行未导入。请删除或修改其中一行。",
            ),
        ),
        "empty_interval": Kind(
            "warning",
            ("{what} ends when it starts", "开始时间与结束时间相同"),
            ("It takes no time and was left out. Correct the times if it should.", "该记录不占用时间，未导入。如有误请更正时间。"),
        ),
        # Punches of a clock.
        "clock_time_twice": Kind(
            "warning",
            ("the clocks were set back, and this time came twice that night", "当晚时钟回拨，该时刻出现了两次"),
            (
                "Taken as the first of the two. If it was the second, write the time with its UTC offset and import again.",
                "按第一次处理。如为第二次，请在时间后写明 UTC 偏移后重新导入。",
            ),
        ),
        "clock_time_skipped": Kind(
            "warning",
            ("the clocks were set forward, and this time never came", "当晚时钟拨快，该时刻并不存在"),
            (
                "Taken as the time of a clock that was not set forward. If it is wrong, ask for a correction of the punch.",
                "按尚未拨快的时钟处理。如有误，请申请补卡。",
            ),
        ),
        "punch_in_future": Kind(
            "error",
            ("the time lies in the future", "打卡时间晚于当前时间"),
            (
                "The row was left out. Look at the clock's date and time, and import again.",
                "该行未导入。请检查考勤机的日期和时间后重新导入。",
            ),
        ),
        "punch_not_employed": Kind(
            "error",
            ("the employee does not work here on that day", "该员工当日不在职"),
            (
                "The row was left out. Correct the number, or the employee's first or last day, and import again.",
                "该行未导入。请更正工号，或更正该员工的入职、离职日期后重新导入。",
            ),
        ),
        "month_signed_off": Kind(
            "warning",
            ("the month was signed off", "该月考勤已确认"),
            (
                "The punch is kept, but the month stays as it was signed off. Open it again if the punch should count.",
                "打卡记录已保存，但该月考勤维持原状。如需计入，请重新打开该月。",
            ),
        ),
        "unknown_site": Kind("error", ("no such site", "地点不存在"), _LEFT_OUT),
        "unknown_shift": Kind("error", ("no such shift", "班次不存在"), _LEFT_OUT),
        "unknown_rotation": Kind("error", ("no such rotation", "轮班不存在"), _LEFT_OUT),
        "unknown_group": Kind("error", ("no such attendance group", "考勤组不存在"), _LEFT_OUT),
        "unknown_leave_type": Kind("error", ("no such kind of leave", "假期类型不存在"), _LEFT_OUT),
        "unknown_department": Kind(
            "warning",
            ("no such department", "部门不存在"),
            (
                "Requests go to the department's own manager and to HR. Correct the name and import again.",
                "申请由本部门负责人和人事审批。请更正部门名称后重新导入。",
            ),
        ),
        "nobody_decides": Kind(
            "warning",
            ("no such employee", "员工不存在"),
            (
                "What they should decide goes to HR. Correct the number and import again.",
                "应由其审批的申请将转交人事。请更正工号后重新导入。",
            ),
        ),
        "unknown_job": Kind("error", ("no such job", "职位不存在"), _LEFT_OUT),
        "unknown_round": Kind("error", ("the job has no such round", "该职位没有此轮次"), APPLICATION_MARKED),
        "unfillable_seats": Kind(
            "error",
            ("the seats can't be filled with different people", "各席位无法由不同的人担任"),
            ("The round was left out. Name more interviewers and import again.", "该轮次未导入。请增加面试官人选后重新导入。"),
        ),
        "conflicting_shifts": Kind(
            "warning",
            ("another shift from the same day as row {related}", "与第 {related} 行生效日期相同但班次不同"),
            ("The later row counts. Give one of them another day.", "以较后的一行为准。请修改其中一行的生效日期。"),
        ),
        "company_unreadable": Kind("error", ("company.toml can't be read", "无法读取 company.toml"), _DEFAULT_USED),
        "company_key_missing": Kind("error", ("the key {key} is missing", "缺少 {key}"), _DEFAULT_USED),
        "company_key_invalid": Kind("error", ("{reason}", "{reason}"), _DEFAULT_USED),
    }
)

REASONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "moment": ("not a date or time in a form that is understood", "不是可识别的日期或时间"),
        "date": ("not a date", "不是日期"),
        "clock": ("not a time of day such as 9:00", "不是 9:00 这样的时刻"),
        "weekdays": ("not ISO weekdays such as 1-5", "不是 1-5 这样的星期"),
        "count": ("not a whole number from 1", "不是正整数"),
        "degrees": ("not decimal degrees", "不是十进制经纬度"),
        "boolean": ("not true or false", "不是“是”或“否”"),
        "mode": ("not a mode of interview", "不是可识别的面试方式"),
        "family": ("not a job family", "不是可识别的职位类别"),
        "language": ("not a language tag (BCP 47)", "不是有效的语言代码（BCP 47）"),
        "zone": ("not a time zone (IANA name)", "不是有效的时区（IANA 名称）"),
        "web_address": ("not a web address", "不是有效的网址"),
        "email": ("not an e-mail address", "邮箱地址无效"),
        "mobile": ("not a telephone number", "电话号码无效"),
        "windows": (
            "not times such as 2026-12-02 09:00-12:00; 2026-12-03",
            "不是“2026-12-02 09:00-12:00; 2026-12-03”这样的时间",
        ),
        "segments": ("not hours of work such as 9:00-12:00;13:00-18:00", "不是“9:00-12:00;13:00-18:00”这样的工作时段"),
        "leave_amount": ("not an amount of leave such as 5天 or 7.5小时", "不是“5天”或“7.5小时”这样的额度"),
        "leave_kind": ("not a kind of leave such as annual or 年假", "不是可识别的假期类别"),
        "year": ("not a year", "不是年份"),
        "shift_and_rotation": ("a group works a shift or a rotation, not both", "考勤组只能设置班次或轮班之一"),
        "own_parent": ("a department can't be part of itself", "部门不能是自己的上级"),
        "limit": ("not a number from 0 to 99", "不是 0 至 99 的整数"),
        "spare_minutes": ("not minutes from 0 to 480", "不是 0 至 480 分钟"),
        "hours": ("not hours from 0 to 72", "不是 0 至 72 小时"),
        "dates": (
            "not a list of dates, or of spans with from and to, of at most 366 days each",
            "不是日期列表（每项为一个日期，或含 from 和 to、不超过 366 天的时段）",
        ),
        "keys": ("not a table of keys", "不是键值表"),
        "same_site": ("a way from a site to itself", "起点和终点是同一地点"),
        "shadows": ("not employees joined with |", "不是以 | 分隔的工号"),
        "interviewers": ("a seat without an interviewer", "有席位未填写面试官"),
        "break": ("a break needs both a start and an end", "休息需同时填写开始和结束时间"),
        "text": ("not a text", "不是文本"),
        "working_week": ("not a list of ISO weekdays", "不是星期列表"),
        "country": ("not a country whose public holidays are known", "不是可查询法定节假日的国家或地区"),
        "not_readable": ("the file can't be opened", "文件无法打开"),
        "not_xlsx": ("not an Excel workbook (XLSX)", "不是有效的 Excel 文件（XLSX）"),
        "encoding": ("neither UTF-8 nor GBK", "编码既不是 UTF-8 也不是 GBK"),
        "too_large": ("the file is too large", "文件过大"),
        "no_header": ("no row names two known columns", "没有包含两个以上已知列名的表头行"),
    }
)
