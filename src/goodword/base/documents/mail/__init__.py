"""An e-mail as bytes, read into plain values: pure functions, linear in time, bounded, never an exception."""

from goodword.base.documents.mail.contents import Attachment
from goodword.base.documents.mail.reading import Mail, read

__all__ = ["Attachment", "Mail", "read"]
