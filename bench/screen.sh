#!/bin/sh
# What screening costs: wall time, CPU, memory, growth, start-up. Prints Markdown.
#   PEOPLE="10000 100000"  SEEDS="1"  BIG=1 adds a million  TMPDIR needs 8 KB a person
set -eu
cd "$(dirname "$0")/.."
PEOPLE="${PEOPLE:-10000 100000}"
[ "${BIG:-}" = 1 ] && PEOPLE="$PEOPLE 1000000"
GO="${GO:-go}"
"$GO" build -trimpath -o bin/bonafide ./cmd/bonafide
"$GO" run ./bench/screen -what speed -people "$PEOPLE" -seeds "${SEEDS:-1}" -evasion "${EVASION:-0.35}"
