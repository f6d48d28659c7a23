#!/bin/sh
# Turns `go version -m BINARY` into a CycloneDX 1.5 document.
awk -v version="$1" '
function esc(s) { gsub(/\\/, "\\\\", s); gsub(/"/, "\\\"", s); return s }
BEGIN { printf "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.5\",\"version\":1,\"metadata\":{\"component\":{\"type\":\"application\",\"name\":\"bonafide\",\"version\":\"%s\"}},\"components\":[", esc(version) }
$1 == "dep" || $1 == "=>" {
	printf "%s{\"type\":\"library\",\"name\":\"%s\",\"version\":\"%s\",\"purl\":\"pkg:golang/%s@%s\"}", n++ ? "," : "", esc($2), esc($3), esc($2), esc($3)
}
END { print "]}" }'
