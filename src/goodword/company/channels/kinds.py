"""What is journalled of messages and of channels: only what a person decided about them."""

from goodword.engine.journal.kinds import declare

SENT_AGAIN = declare("message.sent_again", "重新发送", "Message sent again", facts="way attempts state")
CHANNEL_SET = declare("channel.set", "反馈渠道变更", "Channel changed", facts="channel is_open")
PUBLISHED = declare(
    "channel.published", "渠道公示登记", "Channel notice published", facts="place version channels"
)
