# Two commands for a fresh machine with Go: make run, make test.

GO ?= go

.PHONY: build run test prove bench new docs need

build:
	$(GO) build -trimpath -o bin/bonafide ./cmd/bonafide

run: build
	@mkdir -p out
	bin/bonafide screen example/applications.jsonl.gz --format text -o out/summary.txt
	@cat out/summary.txt
	@bin/bonafide screen -q example/applications.jsonl.gz -o out/report.html
	@echo
	@echo "The same as a page, for any browser: out/report.html"

# Everything: format, vet, the house rules, all tests, pages in a real browser.
test: need
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "gofmt the files above"; exit 1; }
	$(GO) vet ./...
	$(GO) build ./cmd/bonafide && rm -f bonafide
	$(GO) test ./...

# What tests need beyond Go is installed where we may, else named.
need:
	@sh docs/tools/need.sh

# Long runs: populations that nobody tuned to, fuzzing, big inputs.
prove: build
	sh bench/prove.sh

bench: build
	sh bench/screen.sh

# make new check=doc-something writes the check and its cases from templates.
new:
	$(GO) run ./docs/tools/newcheck $(check)

# Prints that a test keeps fresh.
docs: build
	bin/bonafide checks --markdown > docs/checks.md

-include bench/*/*.mk
