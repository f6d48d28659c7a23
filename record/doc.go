// Package record holds the words of the house and nothing else: what an
// application, a subject, a link, a finding, an assurance, a chain and a result
// are. It imports the standard library only, reads no clock, opens nothing.
//
// # Glossary
//
//	application  one submission by one person to one role, as it came in
//	subject      an application together with what linking found about it
//	record name  SOURCE/ID, the name under which everything speaks of an application
//	identity     the person an application claims to be: names and birth date,
//	             never a merged person; two applications may claim one identity
//	link         a value that a subject shares with subjects under other
//	             identities, with direction, time and how common the value is
//	family       the kind of evidence; two findings of one family never corroborate
//	finding      one check's observation, with evidence, innocent explanations
//	             and what would clear it
//	outcome      hit, clear, no-data, not-applicable, not-in-force, failed
//	strength     of the stated fact: conclusive, strong, supporting, weak
//	evidence     what was compared with what, from which source, on which day
//	assurance    a proof that clears named findings and upgrades one chain link
//	chain        document holder = person on the call = person at delivery =
//	             user of the device = holder of the paid account = person
//	             verified again later
//	assessment   the machine's proposal: routine, verify-more, review
//	decision     a named person's, with reasons; software makes none
//	cluster      records under different identities that look like one operator
//	indicator    a published value (address, wallet, domain) with source and date
//	screening    comparing a subject with lists
//	blocking     choosing which pairs are compared at all
//	match weight how much a comparison speaks for one person, in bits
//
// To add a word: give it a file here, use the same noun in every other room.
package record
