// Package confine reads hostile files without ever parsing them in the
// process that asks: one file, one locked child of the same program, one typed
// result. Whoever owns the child has the one file it was given, and can lie
// about that file; nothing else.
//
// It holds the parent's side (Worker) and the child's (Child). The readers are
// in document/, the locks in jail/. It never renders, fetches, unpacks to disk
// or runs what a file contains, and never judges a person.
//
// To add a kind of file: see document/. To add a lock: see jail/.
package confine
