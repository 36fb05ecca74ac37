"""What is done to the installation as a whole."""

from goodword.engine.journal.kinds import declare

RESTORED = declare("installation.restored", "从备份恢复", "Restored from a backup", facts="made_at")
RELEASED = declare("installation.released", "恢复发送", "Released to send again")
