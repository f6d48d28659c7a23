# Figures of docs/speed-photo-text.md: pictures. HASHES=1000000 for a short run.
HASHES ?= 10000000
.PHONY: bench-photo
bench-photo:
	go run ./bench/link/photo -n $(HASHES)
