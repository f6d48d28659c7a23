package screen

import (
	"context"

	"bonafide/record"
)

// PublicationMost is the largest text found in the open that is compared, in bytes.
const PublicationMost = 4 << 20

// Publication says what something found in the open is of ours, by the fingerprints
// this node was given. Without them it is kept and not compared. found may be empty.
func (k *Keeper) Publication(_ context.Context, p *record.Publication, found []byte) error {
	if len(found) > PublicationMost {
		return record.Invalid("text", "is larger than 4 MiB: compare it with bonafide fingerprint compare")
	}
	if k.Ours == nil || len(found) == 0 && p.SHA256 == "" {
		return nil
	}
	return k.Ours.Match(p, found)
}
