"""The one place where a plug gets its name. A new calendar, channel or attendance is one file in ``adapters`` and one line here."""

from __future__ import annotations

from mianyue.ports import registry

PLUGS: tuple[tuple[str, str, str], ...] = (
    ("calendar", "ics", "mianyue.adapters.calendars.ics:IcsCalendar"),
    ("channel", "email", "mianyue.adapters.channels.email:EmailChannel"),
    ("channel", "sms", "mianyue.adapters.channels.sandbox:SmsSandbox"),
    ("mailbox", "imap", "mianyue.adapters.mailboxes.imap:ImapMailbox"),
    ("mailbox", "maildir", "mianyue.adapters.mailboxes.maildir:MaildirMailbox"),
    ("attendance", "builtin", "mianyue.domain.attendance.builtin:BuiltinAttendance"),
    ("attendance", "csv", "mianyue.adapters.attendance.csv:CsvAttendance"),
    ("encoder", "bundled", "mianyue.understanding.phrases.bundled:BundledEncoder"),
    ("encoder", "http", "mianyue.adapters.encoders.http:HttpEncoder"),
    ("writer", "openai", "mianyue.adapters.writers.openai:OpenAiWriter"),
)


def register_all() -> None:
    """Tells the registry every plug; loads none of them."""
    for kind, name, path in PLUGS:
        registry.register(kind, name, path)
