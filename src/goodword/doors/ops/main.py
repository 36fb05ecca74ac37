"""`goodword`: the command line. Commands are loaded when they are asked for, Django only for those that need it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from goodword.base.core.environment import ConfigurationError
from goodword.base.core.errors import DomainError

from .lazy import LazyGroup, Line
from .words import in_chinese, pick

REFUSED = 2
"""The exit code when something cannot be done, said in a plain sentence."""

_JOURNAL = {
    "verify": Line("journal_verify", "Find any edit, deletion, swap or truncation.", "核验日志是否完整。"),
    "seal": Line("journal_seal", "Seal what has been written so far.", "立即封存。"),
}
_IMPORT = {
    "ledger": Line("import_ledger", "Take in a ledger of feedback (.xlsx .xls .ods .csv).", "导入反馈台账。")
}
_ACCOUNT = {
    "create": Line("account_create", "Make an account for a person.", "新建账号。"),
    "password": Line("account_password", "Set an account's password.", "设置密码。"),
    "second-factor": Line("account_second_factor", "Help who lost the telephone.", "解除两步验证。"),
    "role": Line("account_role", "Give a role to an account, or take it.", "授予或收回角色。"),
}
_TOKEN = {"create": Line("token_create", "Make an API token; it is shown once.", "新建接口令牌,仅显示一次。")}
_LANGUAGE = {
    "classify": Line(
        "language_classify", "Read messages as JSON lines, answer JSON lines.", "文本分类。", django=False
    ),
    "train": Line("language_train", "Train a model on labels and reviews.", "训练模型。", django=False),
    "evaluate": Line(
        "language_evaluate", "Compare readings with labelled messages.", "与人工标注比较。", django=False
    ),
    "labels": Line("language_labels", "Write the company's own labels, to train with.", "导出人工标注。"),
}

_MAIL = {"parse": Line("mail_parse", "Read mails, print what they say as JSON.", "解析邮件。", django=False)}

COMMANDS = {
    "up": Line(
        "up",
        "Set up what is missing, then serve and work: all in one.",
        "一条命令:准备、网页、后台。",
        django=False,
    ),
    "serve": Line("serve", "Serve pages and API.", "提供网页与接口。", django=False),
    "worker": Line("worker", "Do what falls due: deadlines, notices, jobs.", "后台:期限、通知、定时任务。"),
    "migrate": Line("migrate", "Bring the database up to date, clauses and calendars too.", "更新数据库。"),
    "check": Line("check", "Look whether this installation is sound.", "检查安装是否正常。"),
    "health": Line("health", "Say whether deadlines can be kept.", "时限能否守住。"),
    "clauses": Line(
        "clauses", "List the clauses, what binds them, how they fare.", "条款清单。", django=False
    ),
    "compliance": Line("compliance", "Per clause: in time, late, open, in a period.", "条款履行情况。"),
    "journal": Line(None, "Verify and seal the journal.", "日志核验与封存。", children=_JOURNAL),
    "import": Line(None, "Bring in what is kept elsewhere.", "导入。", children=_IMPORT),
    "backup": Line("backup", "Write database, attachments and keys to one file.", "备份到一个文件。"),
    "restore": Line("restore", "Make this installation what a backup holds.", "从备份恢复。"),
    "release": Line("release", "Let a restored copy send messages again.", "解除恢复后的停发状态。"),
    "account": Line(None, "Accounts, passwords, roles.", "账号、密码、角色。", children=_ACCOUNT),
    "token": Line(None, "Tokens of the API.", "接口令牌。", children=_TOKEN),
    "worktime": Line(
        "worktime", "Working time for any program, as JSON lines.", "工作时间计算。", django=False
    ),
    "mail": Line(None, "Read e-mails.", "邮件。", children=_MAIL),
    "language": Line(None, "Read messages; labels to learn from.", "文本分类。", children=_LANGUAGE),
}

cli = LazyGroup(
    COMMANDS,
    name="goodword",
    about="""Goodword (好口碑): a company's service regulations, running.

    Settings come from the environment; `goodword check` prints them. Start with `goodword up`.

    让企业的服务制度运转起来。设置来自环境变量,先运行 `goodword up`。""",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; what cannot be done is one plain sentence and exit code 2, never a traceback.

    With GOODWORD_DEBUG=true the traceback is shown.
    """
    try:
        cli(args=arguments, prog_name="goodword")
    except Exception as problem:
        if os.environ.get("GOODWORD_DEBUG", "").lower() in {"1", "true", "yes", "on"}:
            raise
        sys.stderr.write(f"{sentence(problem)}\n")
        sys.exit(REFUSED)


def sentence(problem: Exception) -> str:
    """What a person at the terminal can do something with."""
    if isinstance(problem, DomainError):
        details = "".join(f"\n  {field}: {said}" for field, said in problem.fields.items())
        return problem.sentence("zh" if in_chinese() else "en") + details
    if isinstance(problem, ConfigurationError):
        return str(problem)
    said = f"{type(problem).__name__}: {problem}".strip().splitlines()[0]
    if type(problem).__module__.startswith(("django.db", "sqlite3", "psycopg")):
        return pick(
            f"数据库无法使用:{said}。请先运行 goodword migrate,再用 goodword check 检查。",
            f"The database cannot be used: {said}. Run goodword migrate first; goodword check tells more.",
        )
    return pick(
        f"出现意外:{said}。设置 GOODWORD_DEBUG=true 可查看详情。",
        f"Something unforeseen: {said}. GOODWORD_DEBUG=true shows it in full.",
    )
