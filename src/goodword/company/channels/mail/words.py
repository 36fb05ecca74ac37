"""What went wrong with a mail server, in words for whoever set it up."""

from __future__ import annotations

import imaplib
import smtplib
import socket
import ssl

from imap_tools.errors import (
    ImapToolsError,
    MailboxFolderSelectError,
    MailboxFolderStatusError,
    MailboxLoginError,
)

from ..outside import NoAnswerError, NotReachedError
from ..tokens import NoTokenError
from ..ways import CannotSendError
from .oauth import NoAccessError

TOKENS = (NoTokenError, NotReachedError, NoAnswerError, CannotSendError)
KNOWN: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    (
        (MailboxLoginError, smtplib.SMTPAuthenticationError),
        "服务器不接受登录：请核对账号和授权码，并在邮箱里开启 IMAP/SMTP 服务 / the log-in was refused: check user and app password, "
        "and switch on IMAP/SMTP in the mailbox",
    ),
    (
        (MailboxFolderSelectError, MailboxFolderStatusError),
        "打不开这个文件夹，请核对名称 / the folder cannot be opened: check its name",
    ),
    (NoAccessError, "没有得到访问令牌，请核对 OAuth2 设置 / no access token: check the OAuth2 settings"),
    (TOKENS, "令牌地址没有应答 / the token endpoint does not answer"),
    (socket.gaierror, "找不到这个服务器名称 / there is no server of this name"),
    (
        ssl.SSLCertVerificationError,
        "服务器的证书不可信，或与名称不符 / the server’s certificate is not trusted, or is another’s",
    ),
    (ssl.SSLError, "TLS 握手失败：端口和加密方式可能不配 / no TLS: port and encryption may not match"),
    (TimeoutError, "服务器没有及时应答 / the server did not answer in time"),
    (ConnectionRefusedError, "服务器拒绝连接：请核对端口 / the connection was refused: check the port"),
    (
        (ConnectionError, smtplib.SMTPServerDisconnected, imaplib.IMAP4.abort),
        "连接被中断：端口和加密方式可能不配 / the line was cut: port and encryption may not match",
    ),
    (OSError, "连接不上服务器 / the server cannot be reached"),
    (
        (imaplib.IMAP4.error, ImapToolsError, smtplib.SMTPException),
        "服务器不接受这个请求 / the server refuses what it was asked",
    ),
)


def said_of(problem: BaseException) -> str:
    """What it is, in both languages, and the server's own words behind it."""
    said = next((words for kind, words in KNOWN if isinstance(problem, kind)), "出错了 / it failed")
    own = f"{type(problem).__name__} {problem}".replace("\n", " ")
    return f"{said} ({own[:160]})"
