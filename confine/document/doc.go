// Package document turns the bytes of one hostile file into a typed Result:
// text, what is hidden, metadata, active content, pictures. It runs only inside
// the locked child process of package confine and trusts nothing in the file:
// types are told by magic bytes, every loop, depth and size has a bound, and
// what could not be read in full says so.
//
// It never opens, fetches or runs anything a file names, and never writes.
//
// To add a kind: a magic number in kind.go, a file named after the kind with a
// function from bytes to Result, one line in Read.
package document
