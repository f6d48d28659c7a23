#!/bin/sh
# Measures `bonafide link`: first how right it is on sets with a truth, then how fast on made-up people.
# Labels are read only by --truth, after linking. Everything is written to a temporary folder.
set -eu
bin=${BIN:-bin/bonafide}
data=${BONAFIDE_DATA:-../shared/data}/linkage
rows=${ROWS:-1000000 5000000 10000000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -d "$data" ]; then
	"${GO:-go}" run ./bench/dedupe/truth "$data" "$work/sets"
	case $bin in /*) ;; *) bin=$PWD/$bin ;; esac
	link() {
		name=$1
		id=$2
		shift 2
		printf '%-12s ' "$name"
		(cd "$work/sets" && "$bin" link -q --id "$id" --truth truth_person "$@") | awk '
			$1 == "edge" || $1 == "cluster" { printf "%s F1 %s %s %s %s %s %s %s  ", $1, $7, $8, $9, $10, $11, $12, $13 }
			$1 == "B3" { print "B3 F1", $7 }'
	}
	link febrl1 id febrl1.csv
	link febrl2 id febrl2.csv
	link febrl4 id --link-only febrl4a.csv febrl4b.csv
	link dsgen_A id dsgen_A.csv
	link dsgen_C id dsgen_C.csv
	link dsgen_D id --link-only dsgen_D_org.csv dsgen_D_dup.csv
	link fake_1000 id fake_1000.csv
	link RLdata500 id RLdata500.csv
	link clkhash id --link-only clkhash_1.csv clkhash_2.csv
	link multiparty id --link-only party_1.csv party_2.csv party_3.csv
	link senzing RECORD_ID customers.jsonl reference.jsonl watchlist.jsonl
	link households id population.csv
else
	echo "$data is absent: accuracy was NOT measured"
fi

for n in $rows; do
	echo "== $n rows of the recipe"
	"${GO:-go}" run ./bench/dedupe/recipe -rows "$n" ${NAMES:+-names "$NAMES"} >"$work/people.csv"
	for truth in "--ignore person" "--truth person"; do
		# shellcheck disable=SC2086
		if [ -x /usr/bin/time ]; then
			/usr/bin/time -f '%e s in all, %M KiB' "$bin" link --id id $truth --out "$work/c.csv" --pairs "$work/p.csv" "$work/people.csv"
		else
			time "$bin" link --id id $truth --out "$work/c.csv" --pairs "$work/p.csv" "$work/people.csv"
		fi
	done
	if [ -n "${PEER:-}" ]; then
		python3 -m venv "$work/venv" && "$work/venv/bin/pip" install -q splink
		"$work/venv/bin/python" bench/dedupe/peer.py "$work/people.csv"
	fi
done
