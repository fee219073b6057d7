"""Every code of attendance has words, and no words are left without a code."""

from __future__ import annotations

import pytest

from mianyue.domain.approvals.models import Approval, ApprovalStep
from mianyue.domain.attendance.models import LedgerEntry, PunchCorrection
from mianyue.domain.interviews.models import InterviewChange
from mianyue.domain.provisioning.models import Run, Step
from mianyue.domain.provisioning.policy import LACKING
from mianyue.entrypoints.console import attendance_words as words
from mianyue.entrypoints.console import day_board, findings, team, timesheets
from mianyue.workflows import provision
from mianyue.workflows.attendance import timesheet
from mianyue.workflows.attendance.adjust_leave import Reason
from mianyue.worktime.day_kinds import Kind
from mianyue.worktime.derive import Finding


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (words.STRIPS, team.LEGEND),
        (words.DAY_KINDS, [*Kind]),
        (words.FINDINGS, [*Finding]),
        (words.PRESENCE, day_board.GROUPS),
        (words.APPROVAL_KINDS, Approval.Kind.values),
        (words.APPROVAL_STATES, Approval.State.values),
        (words.APPROVAL_TONES, Approval.State.values),
        (words.STEP_STATES, ApprovalStep.State.values),
        (words.STEP_TONES, ApprovalStep.State.values),
        (words.STEP_ROLES, ApprovalStep.Role.values),
        (words.RUN_STATES, Run.State.values),
        (words.RUN_TONES, Run.State.values),
        (words.RUN_STEPS, provision.STEPS),
        (words.RUN_STEP_STATES, Step.State.values),
        (words.RUN_STEP_TONES, Step.State.values),
        (words.LACKING, LACKING),
        (words.SIDES, PunchCorrection.Side.values),
        (words.WISHES, InterviewChange.Wish.values),
        (words.TIMESHEET, timesheet.HEADER),
        (words.TIMESHEET_COLUMNS, timesheets.COLUMNS),
        (words.LEAVE_REASONS, [*Reason]),
        (words.LEDGER_KINDS, LedgerEntry.Kind.values),
    ],
)
def test_every_code_has_words_and_no_other(said, codes):
    assert set(said) == set(codes)


def test_tones_and_lengths_are_of_findings():
    assert {*words.FINDING_TONES, *findings._LENGTHS} <= {*Finding}
