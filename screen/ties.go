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

// ties is who is tied to one subject, by ids.
type ties []string

// tiesOf reads those of one subject: what others decided about others does not
// make its screening slower.
func tiesOf(t *store.Tx, subject string) (all ties, err error) {
	folder := tiePrefix + subject + "/"
	names, err := t.SettingNames(folder)
	for _, n := range names {
		all = append(all, strings.TrimPrefix(n, folder))
	}
	return all, err
}

// with adds those who are tied to the subject: they may share no value.
func (all ties) with(near []string) []string {
	for _, other := range all {
		if !slices.Contains(near, other) {
			near = append(near, other)
		}
	}
	return near
}

// tiesAmong reads the decisions about pairs of a screening, whoever of them it is
// about. The reason stands on the case, sealed; linking needs none.
func tiesAmong(t *store.Tx, ids map[string]string) (decided []link.Decision, err error) {
	recordOf := map[string]string{}
	var folders []string
	for name, subject := range ids {
		recordOf[subject] = name
		folders = append(folders, tiePrefix+subject+"/")
	}
	names, err := t.SettingNames(folders...)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		a, b, _ := strings.Cut(strings.TrimPrefix(name, tiePrefix), "/")
		if recordOf[b] == "" || a > b { // each is kept under both of the two
			continue
		}
		x, err := t.Setting(name)
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
	return decided, nil // their order does not matter: the latest about a pair stands
}
