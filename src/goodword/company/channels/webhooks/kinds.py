"""What is journalled of endpoints by themselves; what people decide stands in the company's chain."""

from goodword.engine.journal.kinds import declare

SWITCHED_OFF = declare(
    "endpoint.switched_off", "推送地址已停用", "Webhook switched itself off", facts="hours"
)
