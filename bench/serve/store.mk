# make bench-store: the record itself, without HTTP. docs/promises.md
# DATABASE=postgres://… in place of the embedded one; SECONDS_EACH=10s; ENTRIES=1000000.
.PHONY: bench-store

bench-store:
	@$(GO) build -o bin/bench-store ./bench/serve/store
	@bin/bench-store -time $(or $(SECONDS_EACH),5s) -entries $(or $(ENTRIES),1000000) $(if $(DATABASE),-database $(DATABASE))
