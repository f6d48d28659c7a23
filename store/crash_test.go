package store

// crashWriter is the child of the crash tests.
func crashWriter(string) int { return 0 }
