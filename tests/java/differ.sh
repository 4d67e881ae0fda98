#!/usr/bin/env bash
# Compares a program that answers {"pattern","input"} lines with java.util.regex; see README.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
classes=${DIFFER_CLASSES:-$here/../../build/differ}
stamp=$classes/compiled
if [[ ! -e $stamp || -n $(find "$here/differ" -name '*.java' -newer "$stamp") ]]; then
  mkdir -p "$classes"
  javac -d "$classes" "$here"/differ/*.java
  touch "$stamp"
fi
exec java -XX:+UseSerialGC -Xmx1g --add-opens java.base/java.util.regex=ALL-UNNAMED \
  -cp "$classes" differ.Main "$@"
