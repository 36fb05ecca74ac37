"""What the kinds of clauses are called."""

from __future__ import annotations

KINDS = {
    "duty": ("义务", "duty"),
    "guard": ("关卡", "guard"),
    "goal": ("指标", "goal"),
    "record": ("记录", "record"),
    "role": ("角色", "role"),
    "flow": ("流程", "flow"),
    "guide": ("指引", "guide"),
}
