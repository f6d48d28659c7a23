package screen

import (
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"bonafide/link"
	"bonafide/record"
	"bonafide/store"
)

// What people decided about two subjects is heeded by every screening of either.
// casework writes it, under names that begin with these words; both rooms know
// only the words.
const tiePrefix = "tie/"

// ties is who is tied to whom, by ids; the smaller id is asked for first.
type ties map[string][]string

func tiesOf(t *store.Tx) (ties, error) {
	names, err := t.SettingNames(tiePrefix)
	if err != nil || len(names) == 0 {
		return nil, err
	}
	all := ties{}
	for _, n := range names {
		if a, b, ok := strings.Cut(strings.TrimPrefix(n, tiePrefix), "/"); ok {
			all[a] = append(all[a], b)
		}
	}
	return all, nil
}

// with adds those who are tied to a subject: they may share no value.
func (all ties) with(subject string, near []string) []string {
	for _, other := range all[subject] {
		if !slices.Contains(near, other) {
			near = append(near, other)
		}
	}
	return near
}

// among reads the decisions about pairs of a screening. The reason stands on the
// case, sealed; linking needs none.
func (all ties) among(t *store.Tx, ids map[string]string) (decided []link.Decision, err error) {
	if len(all) == 0 {
		return nil, nil
	}
	recordOf := map[string]string{}
	for name, subject := range ids {
		recordOf[subject] = name
	}
	for a, others := range all {
		for _, b := range others {
			if recordOf[a] == "" || recordOf[b] == "" || a > b {
				continue
			}
			x, err := t.Setting(tiePrefix + a + "/" + b)
			if err != nil {
				return nil, err
			}
			var tie struct {
				Op string    `json:"op"`
				A  string    `json:"a"`
				B  string    `json:"b"`
				By string    `json:"by"`
				At time.Time `json:"at"`
			}
			if json.Unmarshal(x.Value, &tie) != nil {
				return nil, &record.Error{Code: record.CodeInternal, Where: "tie", Message: "cannot be read back"}
			}
			if tie.Op == "join" || tie.Op == "split" {
				decided = append(decided, link.Decision{Op: tie.Op, A: recordOf[tie.A], B: recordOf[tie.B], By: tie.By, Reason: "recorded on the case", At: tie.At.Format(time.RFC3339)})
			}
		}
	}
	return decided, nil // their order does not matter: the latest about a pair stands
}
