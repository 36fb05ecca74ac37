"""The rail: what there is to go to, and the right one needs to see it there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """A place in the rail: the URL's name, its icon and words, the letter after `g`, the right it takes.

    places: the first parts of the paths at which it is the current one.
    """

    name: str
    icon: str
    zh: str
    en: str
    key: str
    right: str
    places: tuple[str, ...]


ITEMS = (
    Item("web:desk", "layout-dashboard", "工作台", "My desk", "d", "", ("",)),
    Item("web:cases", "message-report", "工单", "Cases", "c", "cases.see", ("cases",)),
    Item("web:calls", "phone", "电话", "Calls", "t", "cases.receive", ("calls",)),
    Item("web:chats", "messages", "咨询", "Chats", "m", "cases.receive", ("chats",)),
    Item(
        "web:customers",
        "users",
        "客户",
        "Customers",
        "u",
        "customers.see",
        ("customers", "orders", "devices", "codes"),
    ),
    Item("web:regulations", "scale", "制度", "Regulations", "r", "policy.see", ("regulations",)),
    Item("web:ledger", "file-import", "导入", "Import", "i", "ledger.import", ("ledger",)),
    Item("web:settings", "settings", "设置", "Settings", "s", "people.roster", ("settings",)),
)
