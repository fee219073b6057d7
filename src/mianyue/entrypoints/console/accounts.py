"""Who may sign in to the console. The only rows that are changed here, under Django's own permissions."""

from __future__ import annotations

from django.contrib.auth.admin import UserAdmin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm


class AccountAdmin(UserAdmin, ModelAdmin):
    """Colleagues with an account: name, password, staff or not."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "is_staff", "is_active", "last_login")
    list_filter = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("May do"), {"fields": ("is_active", "is_staff", "is_superuser")}),
    )


def may_see_accounts(request: HttpRequest) -> bool:
    """Whether the sidebar offers the accounts."""
    return request.user.has_perm("auth.view_user")
