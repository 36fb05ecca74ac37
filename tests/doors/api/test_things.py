"""Orders, devices, attachments: told by other systems."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.cast import a_case, triaged

from goodword.company.rentals.codes import place_of
from goodword.engine.attachments.models import Attachment

pytestmark = pytest.mark.django_db
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006000557bfabd4"
    "0000000049454e44ae426082"
)


def upload(client, number, content, name, key=""):
    headers = {"Authorization": f"Bearer {client.token}"} | ({"Idempotency-Key": key} if key else {})
    return Client(raise_request_exception=False).post(
        f"/api/v1/cases/{number}/attachments", {"file": SimpleUploadedFile(name, content)}, headers=headers
    )


def test_a_file_goes_in_and_comes_out_as_a_download_only(api, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    number = a_case(cast).number
    made = upload(api("intake"), number, PNG, "照片.png", key="f-1")
    assert made.status_code == 201, made.content
    assert upload(api("intake"), number, PNG, "照片.png").json()["id"] == made.json()["id"]
    response = api("lead").send("GET", f"cases/{number}/attachments/{made.json()['id']}")
    assert b"".join(response.streaming_content) == PNG
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert [f["content_type"] for f in api("lead").get(f"cases/{number}/attachments")[1]["items"]] == [
        "image/png"
    ]


def test_a_page_is_no_attachment(api, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    response = upload(api("intake"), a_case(cast).number, b"<html><script>1</script></html>", "x.html")
    assert response.status_code == 422
    assert response.json()["fields"] == {"file": "active"}
    assert not Attachment.objects.exists()


def test_another_cases_file_is_not_there(api, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    one, two = a_case(cast).number, triaged(cast, content="service", department="service").number
    made = upload(api("intake"), two, PNG, "a.png").json()["id"]
    assert api("lead").get(f"cases/{one}/attachments/{made}")[0] == 404
    assert api("warehouse_head").get(f"cases/{two}/attachments/{made}")[0] == 404


def test_an_order_is_told_and_told_again(api, cast):
    lead = api("lead")
    lead.ok("devices/SN-01", {"device_type": "摄像机", "model": "FX3"}, method="PUT")
    body = {
        "customer": str(cast.customer.number),
        "signed_at": "2026-01-02T10:00:00+08:00",
        "starts_on": "2026-01-03",
        "lines": [{"device_type": "摄像机", "serial": "SN-01"}],
    }
    first = lead.ok("orders/ZL-1", body, method="PUT")
    assert lead.ok("orders/ZL-1", body, method="PUT") == first
    assert first["lines"][0]["serial"] == "SN-01"
    told = lead.ok("orders/ZL-1/events", {"event": "delivered", "happened_at": "2026-01-03T09:00:00+08:00"})
    assert told["delivered_at"].startswith("2026-01-03T01:00:00")
    assert lead.get("orders/ZL-1")[1]["stage"] == told["stage"]
    assert lead.post("orders/ZL-1/events", {"event": "exploded"})[0] == 422
    assert lead.get("orders/none")[0] == 404
    assert api("intake").post("orders/ZL-1", body, method="PUT")[0] == 403


def test_the_code_of_an_order_or_a_device_is_an_address_that_leads_back_to_it(api, cast):
    lead = api("lead")
    lead.ok("devices/SN-02", {"device_type": "摄像机"}, method="PUT")
    for address, name in ((f"orders/{cast.order.number}/code", "order"), ("devices/SN-02/code", "device")):
        status, told = lead.get(address, until="2099-01-31")
        assert (status, told["until"], told["svg"][:4]) == (200, "2099-01-31", "<?xm")
        place = place_of(told["url"].rstrip("/").rpartition("/")[2], on=date(2099, 1, 31))
        assert str(getattr(place, name)).endswith({"order": cast.order.number, "device": "SN-02"}[name])
        assert told["url"].startswith("http://")
        for form, media, sign in (("svg", "image/svg+xml", b"<?xml"), ("png", "image/png", b"\x89PNG")):
            picture = lead.send("GET", f"{address}/picture", form=form)
            assert (picture["Content-Type"], picture.content[: len(sign)]) == (media, sign)
            assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert lead.get("orders/none/code")[0] == lead.get("devices/none/code/picture")[0] == 404
    assert lead.get(f"orders/{cast.order.number}/code/picture", form="gif")[0] == 422
