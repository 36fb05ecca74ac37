"""A customer's quiet hours, and the company's for all of them, are set on their pages."""

from __future__ import annotations

from datetime import time, timedelta

from tests.cast import Cast

from goodword.company.channels.correspondence.quiet import CustomersQuiet, customers_quiet


def test_on_the_customers_page(cast: Cast, browse) -> None:
    lead, here = browse(cast.lead), f"/customers/{cast.customer.number}/"
    lead.post(f"{here}quiet/", {"quiet_from": "21:30", "quiet_until": "09:00"})
    assert "21:30–09:00" in lead.get(here).content.decode()
    refused = lead.post(f"{here}quiet/", {"quiet_from": "21:30", "quiet_until": "25 o'clock"})
    assert refused.status_code == 422
    assert "21:30" in refused.content.decode()
    lead.post(f"{here}quiet/", {"none": "yes"})
    assert "21:30–09:00" not in lead.get(here).content.decode()


def test_in_the_settings(cast: Cast, browse) -> None:
    chief = browse(cast.administrator)
    chief.post("/settings/notices/", {"starts": "22:00", "ends": "08:00", "awake": "20"})
    assert customers_quiet() == CustomersQuiet((time(22), time(8)), timedelta(minutes=20))
    refused = chief.post("/settings/notices/", {"starts": "22:00", "ends": "", "awake": "20"})
    assert refused.status_code == 422
    chief.post("/settings/notices/", {"starts": "", "ends": "", "awake": "20"})
    assert customers_quiet().hours is None
    assert chief.post("/settings/notices/", {"after": "10", "lasts": "60"}).status_code == 302
