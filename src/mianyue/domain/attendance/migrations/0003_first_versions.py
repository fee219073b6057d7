"""Every shift as it was becomes its first version, counting since ever."""

from django.db import migrations

from mianyue.worktime.shift import segments_between


def make_versions(apps, schema_editor):
    version = apps.get_model("attendance", "ShiftVersion")
    for shift in apps.get_model("attendance", "Shift").objects.all():
        segments = segments_between(shift.start, shift.end, shift.break_start, shift.break_end)
        version.objects.create(shift=shift, segments=[list(segment) for segment in segments], weekdays=shift.weekdays)


class Migration(migrations.Migration):
    dependencies = [("attendance", "0002_attendance_room")]
    operations = [migrations.RunPython(make_versions)]
