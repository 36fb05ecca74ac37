"""What is journalled of messages and of channels: only what a person decided about them."""

from goodword.engine.journal.kinds import declare

SENT_AGAIN = declare("message.sent_again", "重新发送", "Message sent again", facts="way attempts state")
GIVEN_UP = declare("message.given_up", "不再发送", "Message given up", facts="way attempts state")
READ_AGAIN = declare("inbound.read_again", "重新解析来信", "Incoming message read again", facts="channel")
INBOUND_GIVEN_UP = declare("inbound.given_up", "不再解析来信", "Incoming message given up", facts="channel")
CHANNEL_SET = declare("channel.set", "反馈渠道变更", "Channel changed", facts="channel is_open")
PUBLISHED = declare(
    "channel.published", "渠道公示登记", "Channel notice published", facts="place version channels"
)
