"""The columns of a ledger are known by their headings, else by their cells, and never doubly."""

from __future__ import annotations

import pytest

from goodword.base.documents.columns import detect, known_fields

TALK = "昨天收到的设备无法开机，请尽快处理。"


def named(header: list[str], rows: list[list[object]] | None = None) -> dict[str, str]:
    return {field: header[match.column] for field, match in detect(header, rows or []).items()}


def test_chinese_headings_of_a_work_order_ledger() -> None:
    header = ["工单号", "客户姓名", "联系电话", "反馈渠道", "反馈类型", "严重程度", "反馈内容", "反馈时间", "租赁单号",
              "设备型号", "责任部门", "处理人", "处理结果", "回复时间", "结案时间", "满意度", "备注"]  # fmt: skip
    assert named(header) == dict(zip(
        ["outside_id", "customer", "phone", "channel", "kind", "severity", "text", "received_at", "order", "device",
         "department", "handler", "answer", "answered_at", "closed_at", "satisfaction", "remark"],
        header, strict=True,
    ))  # fmt: skip


def test_english_headings_however_they_are_written() -> None:
    header = [
        "Ticket ID",
        "customer_name",
        "Mobile",
        "Subject",
        "DESCRIPTION",
        "CreatedAt",
        "Response",
        "closed-at",
    ]
    assert named(header) == dict(zip(
        ["outside_id", "customer", "phone", "subject", "text", "received_at", "answer", "closed_at"], header, strict=True,
    ))  # fmt: skip


def test_headings_with_asides_and_neighbours_in_their_names() -> None:
    header = ["*编号", "客户留言时间（北京时间）", "客服答复时间", "客户反馈内容", "客户 电话"]
    assert named(header) == dict(zip(
        ["outside_id", "received_at", "answered_at", "text", "phone"], header, strict=True,
    ))  # fmt: skip


def test_cells_speak_where_headings_do_not() -> None:
    rows = [[f"138****000{n}", f"2020/1/{n} 9:00", TALK] for n in range(1, 6)]
    found = detect(["第1列", "第2列", "第3列"], rows)
    assert {field: match.column for field, match in found.items()} == {
        "phone": 0,
        "received_at": 1,
        "text": 2,
    }
    assert {match.by for match in found.values()} == {"cells"}
    assert all(match.confidence <= 0.5 for match in found.values())


def test_a_heading_its_cells_contradict_is_not_believed() -> None:
    rows = [["待定", "2020/1/6"], ["无", "2020/1/7"]]
    found = detect(["时间", "记录"], rows, ["received_at"])
    assert found["received_at"].column == 1


def test_no_column_serves_two_fields_and_only_wanted_fields_are_found() -> None:
    found = detect(
        ["时间", "回复时间", "时间"], [["2020/1/6"] * 3], ["received_at", "answered_at", "closed_at"]
    )
    assert found["received_at"].column == 0
    assert found["answered_at"].column == 1
    assert len({match.column for match in found.values()}) == len(found)
    assert set(detect(["时间", "电话"], [], ["phone"])) == {"phone"}


def test_short_latin_names_are_no_part_of_other_words() -> None:
    assert named(["paid", "video", "notebook", "headphones"]) == {}


def test_an_unknown_field_is_an_error_and_names_are_unique() -> None:
    with pytest.raises(KeyError):
        detect(["x"], [], ["nonsense"])
    names = [name for field in known_fields().values() for name in set(field.names)]
    assert len(names) == len(set(names))
