// Package match says how alike two values are and what is well-formed: mail
// addresses, phone numbers, postal addresses, domains, time zones. Everything
// here is a pure function of its arguments; it never fetches, stores, reads a
// clock or keeps what it was given. Keys made here are for comparing, not for
// showing to anybody.
//
// To add a kind of value: one file named after it, with its tests and, if it
// reads outside bytes, a fuzz target.
package match
