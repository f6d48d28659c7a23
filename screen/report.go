package screen

import (
	"bonafide/record"
	"bonafide/store"
)

// ReportSource is the source of records that people made whose identity another
// uses: an allegation until somebody has confirmed it, and by itself no word
// against anybody.
const ReportSource = "identity-report"

// victimCare leaves to people what follows from such a report, once, when its case
// is opened.
func victimCare(t *store.Tx, a *record.Application, c *record.Case) error {
	if a.Source != ReportSource {
		return nil
	}
	k, err := t.AddTask(store.Task{Case: c.ID, Kind: "own", Due: t.Now().AddDate(0, 0, 2),
		Text: "Somebody says that another uses their identity. Write to them within two working days, by the contact that they gave; ask for nothing that they have not offered. If the record shares their papers or contacts with an application, look at both, and record what an authority or the holder confirms under Proofs of that application (misused identity); for its full weight two people sign. Do not tell the applicant who reported it."})
	if err == nil {
		t.Did("task.add", "task/"+k.ID, c.ID)
	}
	return err
}
