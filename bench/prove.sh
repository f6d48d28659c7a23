#!/bin/sh
# The long runs: populations that nobody tuned to, fairness byte for byte,
# every fuzz target, every hostile file. Prints Markdown; fails when anything that must hold does not.
#   PEOPLE="10000 100000"  SEEDS="1 2 3 4 5"  EVASION="0.35,0.7"  FUZZTIME=30s
#   CRASHES=200 kills of the record at chosen system calls, CUTS=100 cuts of its disk's power
#   BIG=1 adds a million   ONLY="accuracy kinds fairness fuzz files crashes mutants stories" chooses   FUZZ=./intake fuzzes one room
set -eu
cd "$(dirname "$0")/.."
PEOPLE="${PEOPLE:-10000 100000}"
[ "${BIG:-}" = 1 ] && PEOPLE="$PEOPLE 1000000"
SEEDS="${SEEDS:-1 2 3 4 5}"
EVASION="${EVASION:-0.35,0.7}"
FUZZTIME="${FUZZTIME:-30s}"
ONLY="${ONLY:-accuracy kinds fairness fuzz files crashes mutants stories}"
GO="${GO:-go}"
"$GO" build -trimpath -o bin/bonafide ./cmd/bonafide

failed=0
for what in $ONLY; do
	case $what in
	accuracy | fairness)
		printf '\n## %s\n\n' "$what"
		"$GO" run ./bench/screen -what "$what" -people "$PEOPLE" -seeds "$SEEDS" -evasion "$EVASION" || failed=1
		;;
	kinds)
		# False pairs of honest people that each kind of evidence makes; docs/accuracy-kinds.md
		printf '\n## kinds\n\n'
		"$GO" run ./bench/link/kinds -people "${KINDS:-1000,100000}" || failed=1
		;;
	fuzz)
		printf '\n## fuzz, %s each\n\n| target | result |\n|---|---|\n' "$FUZZTIME"
		for pkg in $("$GO" list "${FUZZ:-./...}"); do
			for target in $("$GO" test -list '^Fuzz' "$pkg" | grep '^Fuzz' || true); do
				if out=$("$GO" test "$pkg" -run '^$' -fuzz "^$target\$" -fuzztime "$FUZZTIME" 2>&1); then
					echo "| ${pkg#bonafide/} $target | passes |"
				else
					echo "| ${pkg#bonafide/} $target | FAILS |"
					echo "$out" >&2
					failed=1
				fi
			done
		done
		;;
	crashes)
		# The record killed at chosen system calls, on failing and full disks, and with its database.
		printf '\n## crashes\n\n'
		if out=$(BONAFIDE_CRASHES="${CRASHES:-200}" BONAFIDE_CUTS="${CUTS:-100}" "$GO" test ./store -count=1 -timeout 60m -v -run 'Crash|FailedSync|DiskFull|PowerCut|PausedNode|Versions' 2>&1); then
			echo "$out" | sed -n 's/^ *[a-z]*_test.go:[0-9]*: /- /p; s/^--- \(PASS\|SKIP\): /- \1 /p'
		else
			echo "$out" | tail -40
			failed=1
		fi
		;;
	files)
		# Hostile files through the locked child, and a child that was taken over.
		printf '\n## files\n\n'
		out=$(BONAFIDE_LONG=1 "$GO" test ./confine/... -count=1 -v 2>&1) || { echo "$out" | grep -E '^ *(---|[a-z_]+\.go)' >&2; failed=1; }
		echo "$out" | grep -E '^(ok|FAIL)|files in|at most|NOT TESTED|held:' || true
		;;
	stories)
		# Every story of the desk and the portal in a browser: three languages, each on both databases.
		printf '\n## stories\n\n'
		out=$(BONAFIDE_STORIES=all "$GO" test ./web -count=1 -timeout 60m -v -run TestStories 2>&1) || { echo "$out" >&2; failed=1; }
		echo "$out" | sed -n 's/^ *--- \(PASS\|FAIL\|SKIP\): TestStories./- \1 /p'
		;;
	mutants)
		printf '\n## mutants: the tenant taken out of one statement must turn the matrix red\n\n'
		if BONAFIDE_MUTANTS=1 "$GO" test ./api -run TestMutants -count=1; then echo "every mutant is found"; else failed=1; fi
		;;
	esac
done
exit $failed
