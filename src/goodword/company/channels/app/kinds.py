"""What is journalled of chats: one subject for each time a customer begins to wait for a person."""

from goodword.engine.journal.kinds import declare

ASKED = declare("chat.asked", "客户开始在线咨询", "Chat begun", facts="case", context="in_hours")
ANSWERED = declare("chat.answered", "有人应答", "Chat answered by a person", facts="case account")
OVER = declare("chat.over", "咨询已结束", "Chat over", facts="case")
