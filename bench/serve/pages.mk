# How long the server takes for a page of the desk with a million subjects and 50,000 cases.
.PHONY: bench-pages
bench-pages:
	$(GO) run ./bench/serve/pages $(PAGES)
