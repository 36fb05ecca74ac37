#!/bin/sh
# A browser for the browser tests: Debian's chromium, where it is missing and may be installed.
# Without one those tests are skipped and say so.
command -v chromium >/dev/null 2>&1 && exit 0
command -v chromium-browser >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "installing chromium and a Chinese font for the browser tests …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk; } >/dev/null 2>&1 && exit 0
fi
echo "no chromium here: the browser tests will be skipped" >&2
exit 0
