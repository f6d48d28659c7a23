// Package casework is what people do with a case: read it (each reading leaves
// an entry), claim it, ask for more, decide, appeal, note, and go through a
// playbook. It never judges and never screens: the machine proposes, a person
// decides, and this room does not know the machine.
//
// One more playbook is one file in playbooks/. A rule of the move from one
// state to another stands in record/case.go.
package casework
