"""The columns of every table: their header names and how much a row needs them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

Need = Literal["must", "should", "may"]


class Column(NamedTuple):
    """A row is useless without a ``must``, poorer without a ``should``, complete without a ``may``."""

    need: Need
    chinese: tuple[str, ...]


def _must(*chinese: str) -> Column:
    return Column("must", chinese)


def _should(*chinese: str) -> Column:
    return Column("should", chinese)


def _may(*chinese: str) -> Column:
    return Column("may", chinese)


_START_END = {"start": _must("开始时间"), "end": _must("结束时间")}
_STATUS = _must("审批状态", "状态")

OPTIONAL = frozenset(
    {
        "site_distances",
        "departments",
        "attendance_groups",
        "rotations",
        "group_members",
        "rosters",
        "trips",
        "leave_types",
        "leave_quotas",
    }
)
"""Tables a folder need not have: their absence says that there is nothing to say."""

COLUMNS: Mapping[str, Mapping[str, Column]] = MappingProxyType(
    {
        "sites": {
            "site_id": _must("地点编号"),
            "name": _must("地点名称", "名称"),
            "address": _should("地址"),
            "latitude": _should("纬度"),
            "longitude": _should("经度"),
            "time_zone": _must("时区"),
        },
        "rooms": {
            "room_id": _must("会议室编号"),
            "name": _must("会议室名称", "会议室"),
            "site_id": _must("地点编号"),
            "capacity": _must("容纳人数", "容量"),
            "equipment": _may("设备"),
        },
        "employees": {
            "employee_id": _must("工号", "员工编号"),
            "name": _must("姓名"),
            "department": _should("部门", "所属部门"),
            "title": _should("职位", "岗位"),
            "email": _must("邮箱", "电子邮箱"),
            "mobile": _may("手机", "手机号", "手机号码", "联系电话"),
            "site_id": _must("办公地点", "工作地点", "地点编号"),
            "time_zone": _may("时区"),
            "language": _may("语言"),
            "hire_date": _may("入职日期"),
            "last_day": _may("离职日期"),
            "worked_since": _may("参加工作日期", "首次参加工作日期", "参加工作时间"),
            "interviews_per_day": _may("每日面试上限", "每天面试上限"),
            "interviews_per_week": _may("每周面试上限"),
        },
        "shifts": {
            "shift_id": _must("班次编号"),
            "name": _should("班次名称"),
            "start": _must("上班时间"),
            "end": _must("下班时间"),
            "break_start": _may("休息开始"),
            "break_end": _may("休息结束"),
            "weekdays": _must("适用星期"),
            "segments": _may("工作时段", "时段"),
            "late_grace": _may("迟到宽限（分钟）", "迟到宽限"),
            "early_grace": _may("早退宽限（分钟）", "早退宽限"),
            "punch_breaks": _may("各时段均需打卡", "中间打卡"),
        },
        "departments": {
            "department": _must("部门", "部门名称"),
            "parent": _may("上级部门"),
            "manager_id": _should("负责人工号", "部门负责人"),
            "hr_id": _may("人事工号", "对口人事"),
        },
        "rotations": {
            "rotation_id": _must("轮班编号"),
            "name": _should("轮班名称"),
            "first_day": _must("起始日期"),
            "shifts": _must("班次循环", "循环"),
        },
        "attendance_groups": {
            "group_id": _must("考勤组编号"),
            "name": _should("考勤组名称", "考勤组"),
            "shift_id": _may("班次编号", "班次"),
            "rotation_id": _may("轮班编号", "轮班"),
            "overtime_opens": _may("加班时间可面试"),
            "overtime_as_leave": _may("加班计为调休假"),
            "places": _may("打卡地点"),
            "within_meters": _may("打卡范围（米）", "打卡范围"),
            "field_work": _may("允许外勤打卡", "允许外勤"),
        },
        "group_members": {
            "employee_id": _must("工号"),
            "group_id": _must("考勤组编号", "考勤组"),
            "from": _must("生效日期"),
            "to": _may("失效日期"),
        },
        "rosters": {"employee_id": _must("工号"), "day": _must("日期"), "shift_id": _must("班次编号", "班次")},
        "trips": {"employee_id": _must("工号"), **_START_END, "status": _STATUS, "destination": _may("目的地")},
        "leave_types": {
            "name": _must("假期名称", "假期类型"),
            "kind": _may("假期类别", "类别"),
            "has_quota": _may("有额度", "限额"),
            "paid": _may("带薪"),
            "step": _may("最小单位（分钟）", "最小单位"),
            "day": _may("一天折合（分钟）", "一天折合"),
            "in_use": _may("启用"),
        },
        "leave_quotas": {
            "employee_id": _must("工号"),
            "leave_type": _must("假期类型", "假期名称"),
            "year": _must("年度", "年份"),
            "amount": _must("额度", "假期额度"),
        },
        "site_distances": {
            "from": _must("起点", "地点一"),
            "to": _must("终点", "地点二"),
            "minutes": _must("步行分钟数", "分钟", "时长（分钟）"),
        },
        "room_bookings": {"room_id": _must("会议室编号"), **_START_END, "subject": _may("主题", "会议主题")},
        "shift_assignments": {
            "employee_id": _must("工号"),
            "shift_id": _must("班次编号", "班次"),
            "from": _must("生效日期"),
            "to": _may("失效日期"),
        },
        "leave": {"employee_id": _must("工号"), "leave_type": _should("请假类型", "假期类型"), **_START_END, "status": _STATUS},
        "overtime": {"employee_id": _must("工号"), **_START_END, "status": _STATUS},
        "punches": {
            "employee_id": _must("工号", "员工编号"),
            "time": _must("打卡时间", "时间"),
            "device": _may("设备", "设备编号", "考勤机"),
            "time_zone": _may("时区", "设备时区"),
        },
        "jobs": {
            "job_id": _must("职位编号", "岗位编号"),
            "title": _must("职位名称", "岗位名称"),
            "family": _must("职位类别", "岗位类别"),
            "department": _should("部门"),
            "site_id": _must("工作地点", "地点编号"),
            "keywords": _should("关键词"),
            "description": _should("职位描述", "岗位描述"),
            "materials_url": _may("资料链接"),
        },
        "interview_rounds": {
            "job_id": _must("职位编号"),
            "round": _must("轮次"),
            "name": _must("轮次名称"),
            "minutes": _must("时长（分钟）", "时长"),
            "interviewers": _must("面试官"),
            "mode": _must("面试方式"),
            "needs_room": _must("需要会议室"),
            "prepare": _may("准备事项"),
            "equipment": _may("所需设备", "设备"),
            "shadows": _may("旁听", "旁听人员"),
            "buffer_before": _may("面试前预留（分钟）", "面试前预留"),
            "buffer_after": _may("面试后预留（分钟）", "面试后预留"),
        },
        "applications": {
            "application_id": _must("申请编号"),
            "job_id": _must("职位编号"),
            "round": _must("轮次"),
            "name": _must("姓名"),
            "email": _may("邮箱"),
            "mobile": _may("手机号", "手机", "手机号码"),
            "language": _may("语言"),
            "time_zone": _may("时区"),
            "resume_file": _may("简历文件"),
            "available": _may("可面试时间", "可约时间"),
            "note": _may("备注"),
        },
    }
)
