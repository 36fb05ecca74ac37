"""What is journalled of messages: only what a person decided about them."""

from goodword.engine.journal.kinds import declare

SENT_AGAIN = declare("message.sent_again", "重新发送", "Message sent again", facts="way attempts state")
