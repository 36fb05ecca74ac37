"""The public pages, under /p/."""

from __future__ import annotations

from django.urls import path

from .views import case, channels, chat, feedback, files, tracking

app_name = "portal"
urlpatterns = [
    path("", feedback.feedback, name="feedback"),
    path("q/<str:code>/", feedback.by_code, name="by-code"),
    path("channels/", channels.channels, name="channels"),
    path("chat/", chat.chat, name="chat"),
    path("chat/news/", chat.news, name="chat-news"),
    path("chat/files/<str:link>/", files.chat_file, name="chat-file"),
    path("widget.js", chat.widget, name="widget"),
    path("track/", tracking.track, name="track"),
    path("track/leave/", tracking.leave, name="leave"),
    path("case/", case.show, name="case"),
    path("case/files/<uuid:attachment>/", files.case_file, name="case-file"),
    path("case/add/", case.add, name="add"),
    path("case/answer/", case.answer, name="answer"),
    path("case/withdraw/", case.withdraw, name="withdraw"),
    path("language/", tracking.language, name="language"),
]
