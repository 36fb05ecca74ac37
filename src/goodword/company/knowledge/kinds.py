"""What is journalled of scripts, in the company's chain: which one and which version, never its words."""

from goodword.engine.journal.kinds import declare

SCRIPT_WRITTEN = declare("company.script_written", "修改话术", "Script written", facts="script version key")
SCRIPT_RETIRED = declare("company.script_retired", "停用话术", "Script taken out of use", facts="script key")
