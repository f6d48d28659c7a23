package report

import (
	"time"

	"bonafide/record"
)

// Tokens is the one file of colours, sizes and distances of every face.
func Tokens() ([]byte, error) { return pageFiles.ReadFile("page/tokens.css") }

// The words of the house for faces that are not printed here, such as pages.

// SaidStrength, SaidMeans and the like are the words of a kind in three
// languages; of a kind without a word, empty.
func SaidStrength(s record.Strength) record.Text { return strengthSaid[s] }

// SaidMeans is what a strength means.
func SaidMeans(s record.Strength) record.Text { return strengthMeans[s] }

// SaidAssessment is the machine's proposal in words.
func SaidAssessment(a record.Assessment) record.Text { return assessmentSaid[a] }

// SaidLink is a link of the chain of identity.
func SaidLink(c record.ChainLink) record.Text { return chainSaid[c] }

// SaidState is how a link of the chain stands.
func SaidState(s record.ChainState) record.Text { return stateSaid[s] }

// SaidKind is the kind of a shared value.
func SaidKind(k record.Kind) record.Text { return kindSaid[k].label }

// SaidPart says that not the whole picture is shared.
func SaidPart(l record.Lang) string { return say(l, "weighed part") }

// SaidExcuse is why a shared value is shown and not counted.
func SaidExcuse(e record.Excuse) record.Text { return excuseSaid[e] }

// SaidMethod is how something was proven; an unknown method is its own word.
func SaidMethod(m string) record.Text {
	if t, ok := methodSaid[m]; ok {
		return t
	}
	return record.Text{EN: m, DE: m, PT: m}
}

// SaidField names the field of a record by its path.
func SaidField(l record.Lang, path string) string { return fieldName(l, path) }

// Because is the reason of an assessment in one line, empty for routine.
func Because(l record.Lang, r *record.Result) string { return because(l, r) }

// Day is a day as people write it; an incomplete date as far as it goes.
func Day(l record.Lang, d record.Date) string { return day(l, d) }

// DayOf is the day of a time in UTC.
func DayOf(l record.Lang, t time.Time) string { return dayOf(l, t) }

// Figures is a whole number with the separators of the language.
func Figures(l record.Lang, n int) string { return figures(l, n) }

// Ordered are the findings as they are read: what counts first, strongest first.
func Ordered(r *record.Result) []*record.Finding { return ordered(r) }

// WholeChain is the chain in its order; a link the result does not speak of is unknown.
func WholeChain(r *record.Result) []record.ChainPart { return chainOf(r) }

// Joins says what stands between each link and the next: parted, loose or tied.
func Joins(chain []record.ChainPart) []string {
	words := [...]string{parted: "parted", loose: "loose", tied: "tied"}
	var all []string
	for i := range chain[:max(0, len(chain)-1)] {
		all = append(all, words[joinOf(chain[i], chain[i+1])])
	}
	return all
}
