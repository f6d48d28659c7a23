# Figures of docs/accuracy-names.md. BONAFIDE_DATA is the folder of the
# measuring data; a suite whose file is absent says NOT MEASURED.
.PHONY: bench-names
bench-names:
	go run ./bench/names
