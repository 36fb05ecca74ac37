#!/bin/sh
# A real IMAP server for the tests of mailboxes: Debian's dovecot, where it is missing and may be installed.
# Without one those tests are skipped and say so.
command -v dovecot >/dev/null 2>&1 && exit 0
[ -x /usr/sbin/dovecot ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing dovecot for the tests of mailboxes …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends dovecot-imapd; } >/dev/null 2>&1 && exit 0
fi
echo "no dovecot here: the tests of mailboxes will be skipped" >&2
exit 0
