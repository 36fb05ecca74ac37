#!/bin/sh
# attack_tools.sh semgrep|attack: the programs of requirements/NAME.txt in a virtual environment of their own, .attack/NAME.
# Apart from .venv, because what they stand on contradicts what Goodword stands on. Prints the folder of their commands.
set -eu
cd "$(dirname "$0")/.."
tools=${GOODWORD_ATTACK_TOOLS:-.attack}/$1
if ! cmp -s "requirements/$1.txt" "$tools/installed.txt"; then
  echo "installing $1 …" >&2
  rm -rf "$tools"
  python3 -m venv "$tools"
  "$tools/bin/python" -m pip install -qq --disable-pip-version-check --no-deps -r "requirements/$1.txt" >&2
  cp "requirements/$1.txt" "$tools/installed.txt"
fi
(cd "$tools/bin" && pwd)
