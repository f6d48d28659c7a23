# make bench-link: the index on disk: build, size, one applicant, insert and link. docs/speed-index.md
# PROFILES="1000000 10000000" chooses the sizes; DIR a folder with room (about 25 GB for ten million, half of it for a while).
PROFILES ?= 1000000
.PHONY: bench-link

bench-link:
	@$(GO) build -o bin/bench-link ./bench/link
	@for n in $(PROFILES); do bin/bench-link -profiles $$n $(if $(DIR),-dir $(DIR)) || exit 1; echo; done
