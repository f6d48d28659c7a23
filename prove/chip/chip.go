// Package chip checks the chip of a passport or identity card: passive
// authentication (ICAO Doc 9303 parts 10 to 12) of files that a reader app took
// from it, and what the chip itself answered (active and chip authentication). Bytes, trust lists and a
// time go in; a report comes out in which every part stands for itself.
//
// It reads no file, opens no connection, knows no clock, keeps nothing, and
// never looks at a face or a finger. What it cannot check it calls not
// verifiable, which is not a word against the document.
//
// The floors, from below: der.go reads bytes; field.go, curve.go, ecdsa.go, rsa.go verify
// signatures; algorithm.go and key.go say which; certificate.go, crl.go and cms.go
// read what is signed; trust.go holds the lists; chain.go finds the way to them;
// sod.go and datagroup.go read the document; active.go, agreement.go and messaging.go hear
// the chip itself; verify.go asks it all in order.
// To add a data group: its reader in datagroup.go, its row in the table of files.go.
package chip
