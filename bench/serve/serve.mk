# make bench-serve: the API from outside, on loopback. docs/promises.md
# PEOPLE=100000 stores so many first; DATABASE=postgres://… in place of the embedded one; SECONDS_EACH=10s.
.PHONY: bench-serve

bench-serve: build
	@$(GO) build -o bin/bench-serve ./bench/serve/http
	@bin/bench-serve -time $(or $(SECONDS_EACH),10s) $(if $(PEOPLE),-people $(PEOPLE)) $(if $(DATABASE),-database $(DATABASE))
