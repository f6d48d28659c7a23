# make bench-events: a person's timeline among very many stored events. docs/promises.md
# SIZES=1,3,10,30 millions, about 0.15 GB of disk each; DATABASE=postgres://… in place of the embedded one, FILL=the same as its superuser;
# DIR=folder to leave it in, where a fill that was cut short goes on and one that is whole is only read.
# make bench-events-intake: events stored and folded a second.
.PHONY: bench-events bench-events-intake

bench-events:
	@$(GO) build -o bin/bench-events ./bench/serve/events
	@bin/bench-events -sizes $(if $(SIZES),$(SIZES),1) $(if $(DIR),-dir $(DIR)) $(if $(DATABASE),-database $(DATABASE) -fill $(FILL))

bench-events-intake:
	@$(GO) build -o bin/bench-events ./bench/serve/events
	@bin/bench-events -intake
