# Figures of docs/speed-photo-text.md: texts. RESUMES=100000 for a short run.
RESUMES ?= 1000000
.PHONY: bench-text
bench-text:
	go run ./bench/link/text -n $(RESUMES)
