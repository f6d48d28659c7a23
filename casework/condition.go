package casework

import (
	"context"
	"slices"

	"bonafide/record"
	"bonafide/store"
)

// Two people may look at one thing and change it one after the other; the second
// would undo what the first did without having seen it. Whatever can be read and
// changed has a mark, which changes with it. Who acts says the mark of what they
// read, and the act holds it against the present one in its own transaction.

// Condition is where an error points that says: this is not the state you read.
const Condition = "If-Match"

type onlyIf struct{}

// OnlyIf makes what is done in ctx depend on the state of what it is done to being
// one of marks; nil: on no state.
func OnlyIf(ctx context.Context, marks []string) context.Context {
	if marks == nil {
		return ctx
	}
	return context.WithValue(ctx, onlyIf{}, marks)
}

// asRead holds the state that was read against the present one.
func asRead(t *store.Tx, now string) error {
	marks, asked := t.Context().Value(onlyIf{}).([]string)
	if asked && !slices.Contains(marks, now) {
		return &record.Error{Code: record.CodeConflict, Where: Condition, Message: "names another state than the present one"}
	}
	return nil
}
