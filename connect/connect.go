// Package connect speaks with the systems in which people apply and work: it
// verifies their webhooks, fetches from their API, writes back, acts. One file
// per provider.
//
// A webhook is a hint. Where its body is not covered by a signature the
// provider's API is asked again before anything is done with it, and the desk
// says that the provider signs nothing. Nothing here judges, and nothing here
// opens a connection by itself: every request goes through egress.
//
// One more signature dialect is one line in dialects (dialect.go) and its
// vectors in dialect_test.go.
package connect
