"""The company, its sites and its people, as its own files tell."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from mianyue.base.ids import new_id
from mianyue.domain.security.fields import EncryptedTextField


class Company(models.Model):
    """The one organisation this installation serves."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(max_length=200, help_text="As candidates see it.")
    default_language = models.CharField(max_length=35, default="zh-CN", help_text="BCP 47.")
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai", help_text="IANA name.")
    working_week = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="ISO weekdays, 1 = Monday.")
    holiday_country = models.CharField(max_length=12, default="CN", help_text="ISO 3166-1, or ISO 3166-2 such as DE-BE.")
    horizon_working_days = models.PositiveSmallIntegerField(default=10)
    buffer_before = models.PositiveSmallIntegerField(default=0, help_text="Minutes the panel is free before an interview.")
    buffer_after = models.PositiveSmallIntegerField(default=0, help_text="Minutes the panel is free after an interview.")
    interviews_per_day = models.PositiveSmallIntegerField(null=True, help_text="At most, per interviewer; empty: no limit.")
    interviews_per_week = models.PositiveSmallIntegerField(null=True, help_text="At most, per interviewer; empty: no limit.")
    rest_after_night_shift = models.PositiveSmallIntegerField(default=0, help_text="Hours without interviews.")
    blackout_dates = ArrayField(models.DateField(), default=list, help_text="No interviews, by the date at the job's site.")
    walking_minutes = models.PositiveSmallIntegerField(default=0, help_text="Between two sites whose distance is not listed.")
    contact_name = models.CharField(max_length=200, blank=True)
    contact_email = models.CharField(max_length=254, blank=True)
    contact_phone = models.CharField(max_length=64, blank=True)
    privacy_name = models.CharField(max_length=200, blank=True)
    privacy_email = models.CharField(max_length=254, blank=True)
    privacy_notice_url = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "companies"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="company_is_one")]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """An office."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64, unique=True, help_text="The company's own id, site_id.")
    name = models.CharField(max_length=200)
    address = models.CharField(max_length=500, blank=True)
    latitude = models.FloatField(null=True, help_text="Decimal degrees, WGS 84.")
    longitude = models.FloatField(null=True)
    time_zone = models.CharField(max_length=64, help_text="IANA name.")
    holiday_country = models.CharField(max_length=12)

    def __str__(self) -> str:
        return self.name


class SiteDistance(models.Model):
    """How long the way between two sites takes, in either direction; one row per pair."""

    id = models.BigAutoField(primary_key=True)
    one = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+", help_text="The site whose code comes first.")
    other = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="site_distance_once")]


class Employee(models.Model):
    """A person who works here; an interviewer is an employee whom a round names."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=64, unique=True, help_text="The company's own id, employee_id.")
    name = EncryptedTextField()
    department = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=200, blank=True)
    email = EncryptedTextField(null=True)
    mobile = EncryptedTextField(null=True, help_text="E.164.")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="employees")
    time_zone = models.CharField(max_length=64, help_text="Where the person really lives, IANA name.")
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47; empty: the company's.")
    hire_date = models.DateField(null=True, help_text="First day at work.")
    last_day = models.DateField(null=True, help_text="Last day at work.")
    worked_since = models.DateField(
        null=True, help_text="First day of the first job anywhere, which annual leave counts from; empty: not known."
    )
    interviews_per_day = models.PositiveSmallIntegerField(null=True, help_text="At most; empty: as the company says.")
    interviews_per_week = models.PositiveSmallIntegerField(null=True, help_text="At most; empty: as the company says.")

    def __str__(self) -> str:
        return self.code


class Department(models.Model):
    """Who decides for the people of a department; employees name it by its name."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=200, unique=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="parts")
    manager = models.ForeignKey(Employee, null=True, on_delete=models.SET_NULL, related_name="manages")
    hr = models.ForeignKey(
        Employee,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who decides after the manager; empty: any of HR.",
    )

    def __str__(self) -> str:
        return self.name
