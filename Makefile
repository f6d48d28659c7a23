# Two commands for a fresh machine with Go: make run, make test.

GO ?= go
BIN = bin/bonafide
DAY = 2026-11-20

.PHONY: build run test prove bench new docs need example pictures

build:
	@$(GO) build -trimpath -o $(BIN) ./cmd/bonafide

# Screens the bundled example: a summary here, the whole of it as a page; then
# keeps it and serves it on loopback until Ctrl-C. SERVE=no stops before that.
run: build
	@mkdir -p out
	@$(BIN) screen -q --as-of $(DAY) --lists example/lists example/applications.jsonl.gz --format jsonl -o out/results.jsonl
	@$(BIN) screen -q --as-of $(DAY) --lists example/lists example/applications.jsonl.gz -o out/report.html
	@$(BIN) screen -q --as-of $(DAY) --lists example/lists example/applications.jsonl.gz --format text
	@echo
	@echo "The same as a page, for any browser:   out/report.html"
	@echo "One case in full:                      $(BIN) explain out/results.jsonl RECORD"
	@echo "What was true of these people:         $(BIN) evaluate --truth example/truth.csv out/results.jsonl"
	@test "$(SERVE)" = no || { echo; $(BIN) serve --data out/record --lists example/lists --begin-with example/applications.jsonl.gz --example; }

# Everything: format, vet, the house rules, all tests, pages in a real browser.
test: need
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); echo "gofmt the files above"; exit 1; }
	$(GO) vet ./...
	$(GO) build -o /dev/null ./cmd/bonafide
	$(GO) test -timeout 15m ./...

# What tests need beyond Go is installed where we may, else named.
need:
	@sh docs/tools/need.sh

# Long runs: populations that nobody tuned to, fairness, fuzzing. docs/accuracy.md
prove:
	sh bench/prove.sh

# What screening costs, and how that grows. docs/speed.md
bench:
	sh bench/screen.sh

# make new check=doc-something writes the check and its cases from templates.
new:
	$(GO) run ./docs/tools/newcheck $(check)

# Prints that a test keeps fresh.
docs: build
	$(BIN) checks --markdown > docs/checks.md

# The pictures of every page in docs/pictures, taken by the suite that walks them.
pictures: need
	BONAFIDE_PICTURES=$(CURDIR)/docs/pictures $(GO) test ./web -count=1 -run 'TestStories/(pages|portal_pages)/en'

# The bundled example; sim/evaluate_test.go checks that it is fresh.
example: build
	$(BIN) sim --people 265 --operators 3 --seed 10 --gzip --out example

-include bench/*/*.mk
