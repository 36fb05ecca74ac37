"""What is journalled of tokens: whose, with which rights; never the token."""

from goodword.engine.journal.kinds import declare

CREATED = declare("token.created", "新建接口令牌", "API token created", facts="account scopes")
REVOKED = declare("token.revoked", "吊销接口令牌", "API token revoked", facts="account")
