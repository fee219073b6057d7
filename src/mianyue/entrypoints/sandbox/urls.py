"""The sandbox's addresses; ``/sandbox/`` is where the project hangs them."""

from django.urls import path

from mianyue.entrypoints.sandbox import views

app_name = "sandbox"

urlpatterns = [
    path("", views.overview, name="overview"),
    path("language/", views.language, name="language"),
    # ``path``, because the part of an address before its @ may hold a slash (RFC 5322 §3.2.3).
    path("mail/<path:address>/", views.mailbox, name="mailbox"),
    path("phone/<str:number>/", views.phone, name="phone"),
    path("message/<str:name>/", views.message, name="message"),
    path("message/<str:name>/answer", views.answer, name="answer"),
    path("message/<str:name>/source", views.source, name="source"),
    path("message/<str:name>/invite.ics", views.invite, name="invite"),
]
