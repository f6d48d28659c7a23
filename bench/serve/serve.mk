# make bench-serve: the API from outside, on loopback. docs/promises.md
# PEOPLE=100000 stores so many first; DATABASE=postgres://… in place of the embedded one; SECONDS_EACH=10s;
# STORED=1000000 puts so many into the embedded record beforehand, found by their keys; 0.5 ms of processor time each.
.PHONY: bench-serve

bench-serve: build
	@$(GO) build -o bin/bench-serve ./bench/serve/http
	@bin/bench-serve -time $(or $(SECONDS_EACH),10s) $(if $(PEOPLE),-people $(PEOPLE)) $(if $(STORED),-stored $(STORED)) $(if $(DATABASE),-database $(DATABASE))
