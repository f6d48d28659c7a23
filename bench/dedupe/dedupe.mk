# make bench-dedupe: accuracy on the sets of ../shared/data/linkage, then speed on the recipe.
# ROWS="1000000 5000000 10000000" chooses the sizes; NAMES=DIR real name frequencies; PEER=1 runs Splink from PyPI beside it.
.PHONY: bench-dedupe

bench-dedupe: build
	GO=$(GO) sh bench/dedupe/run.sh
