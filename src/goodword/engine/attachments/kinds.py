"""What is journalled of files, in the chain of what they belong to."""

from goodword.engine.journal.kinds import declare

ADDED = declare("attachment.added", "添加附件", "File added", facts="attachment content_type size origin")
REFUSED = declare(
    "attachment.refused", "拒收附件", "File refused", facts="attachment content_type size reason"
)
