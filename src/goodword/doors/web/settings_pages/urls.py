"""The settings' URLs, under /settings/."""

from __future__ import annotations

from django.urls import path

from . import (
    calendars,
    company,
    departments,
    figures,
    groups,
    notices,
    people,
    person,
    roles,
    rosters,
    tokens,
)

urlpatterns = [
    path("", company.settings, name="settings"),
    path("company/", company.company, name="settings-company"),
    path("company/colour/", company.set_accent, name="company-accent"),
    path("company/mark/", company.set_mark, name="company-mark"),
    path("figures/", figures.figures, name="settings-figures"),
    path("roles/", roles.roles, name="settings-roles"),
    path("departments/", departments.departments, name="settings-departments"),
    path("departments/<slug:code>/", departments.change, name="department-change"),
    path("groups/", groups.groups, name="settings-groups"),
    path("groups/<slug:code>/seats/", groups.seat, name="group-seat"),
    path("groups/<slug:code>/seats/<int:account_id>/ending/", groups.unseat, name="group-unseat"),
    path("notices/", notices.notices, name="settings-notices"),
    path("people/", people.people, name="settings-people"),
    path("people/new/", people.new_person, name="person-new"),
    path("people/<int:account_id>/", person.person, name="settings-person"),
    path("people/<int:account_id>/roles/", person.give_role, name="role-give"),
    path("people/<int:account_id>/roles/<int:grant_id>/taking/", person.take_role, name="role-take"),
    path("people/<int:account_id>/experience/", person.experience, name="experience-record"),
    path("people/<int:account_id>/link/", person.link, name="account-link"),
    path("people/<int:account_id>/password/", person.reset_password, name="account-password"),
    path("people/<int:account_id>/second-factor/", person.take_second_factor, name="account-second-factor"),
    path("people/<int:account_id>/state/", person.set_open, name="account-state"),
    path("rosters/", rosters.rosters, name="settings-rosters"),
    path("rosters/shifts/", rosters.add_shift, name="shift-add"),
    path("rosters/absences/", rosters.send_away, name="absence-add"),
    path("rosters/absences/<int:absence_id>/ending/", rosters.end_absence, name="absence-end"),
    path("tokens/", tokens.tokens, name="settings-tokens"),
    path("tokens/<uuid:token_id>/revocation/", tokens.revoke, name="token-revoke"),
    path("calendars/", calendars.calendars, name="settings-calendars"),
    path("calendars/<slug:code>/", calendars.calendar, name="settings-calendar"),
    path("calendars/<slug:code>/preview/", calendars.preview, name="calendar-preview"),
    path("calendars/<slug:code>/years/", calendars.publish_year, name="calendar-year"),
    path("calendars/<slug:code>/days/", calendars.set_day, name="calendar-day"),
]
