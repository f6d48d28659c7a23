# make bench-events: a person's timeline among very many stored events. docs/promises.md
# SIZES=1,3,10,30 millions, about 0.55 GB of disk each; DATABASE=postgres://… in place of the embedded one, FILL=the same as its superuser.
.PHONY: bench-events

bench-events:
	@$(GO) build -o bin/bench-events ./bench/serve/events
	@bin/bench-events -sizes $(if $(SIZES),$(SIZES),1) $(if $(DATABASE),-database $(DATABASE) -fill $(FILL))
