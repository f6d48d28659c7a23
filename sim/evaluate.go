package sim

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/go-json-experiment/json"

	"bonafide/record"
)

// maxResultLine bounds one line of a results file.
const maxResultLine = 64 << 20

// Evaluation is what results are worth, measured against the truth. "Flagged"
// is any assessment that is not routine.
type Evaluation struct {
	Records int `json:"records"`
	Missing int `json:"missing"` // in the truth, without a result
	Unknown int `json:"unknown"` // with a result, not in the truth

	OperatorRecords       Share       `json:"operator_records_flagged"`
	OperatorRecordsReview Share       `json:"operator_records_in_review"`
	Operators             Share       `json:"operators_flagged"` // at least one record flagged
	BySize                []Group     `json:"operators_by_size"`
	HonestFlagged         Share       `json:"honest_people_flagged"`
	HonestReview          Share       `json:"honest_people_in_review"`
	HonestRecords         Share       `json:"honest_records_flagged"`
	Kinds                 []Group     `json:"kinds"`
	Countries             []Group     `json:"countries"`
	CountrySpread         float64     `json:"country_spread"` // highest rate by country over lowest
	Clusters              Clusters    `json:"clusters"`
	AtPrevalence          []AtShare   `json:"operators_among_flagged"`
	First                 First       `json:"first_cases"`
	FalseLinks            float64     `json:"false_links_per_10000"`
	UsedPeople            int         `json:"used_people"` // framed victims and owners of stolen résumés
	UsedNotRoutine        []string    `json:"used_people_not_routine"`
	HonestBecause         []CountedBy `json:"honest_because"`
	OperatorBecause       []CountedBy `json:"operator_because"`
	Traces                []Group     `json:"traces"` // records of operators, by what the truth says of them
}

// Group is one look-alike, country or size of operator.
type Group struct {
	Name    string  `json:"name"`
	Flagged Share   `json:"flagged"`
	Review  Share   `json:"review"`
	Ratio   float64 `json:"ratio"` // to all honest people; 0 where not meant
}

// Clusters counts pairs of records. A pair of two records of one honest person
// is neither right nor wrong; it is counted apart.
type Clusters struct {
	Count      int     `json:"count"`
	Records    int     `json:"records"`
	Right      int64   `json:"right_pairs"`
	Wrong      int64   `json:"wrong_pairs"`
	True       int64   `json:"true_pairs"`
	SamePerson int64   `json:"pairs_of_one_honest_person"`
	Precision  float64 `json:"precision"`
	Recall     float64 `json:"recall"`
}

// AtShare is the share of operators among the flagged if they were a given
// share of all records: a law of Bayes over the two measured rates.
type AtShare struct {
	Prevalence float64 `json:"prevalence"`
	Share      float64 `json:"share"`
}

// First is the truth about the first cases a person would open: review before
// verify-more, oldest first where the results say when, else in input order.
type First struct {
	Cases     int `json:"cases"`
	Operators int `json:"operators"`
}

// CountedBy is how many flagged records give a check as reason.
type CountedBy struct {
	Check   string `json:"check"`
	Records int    `json:"records"`
}

// resultLine is the part of a result that measuring needs.
type resultLine struct {
	Record     string            `json:"record"`
	Assessment record.Assessment `json:"assessment"`
	Because    []string          `json:"because"`
	Cluster    string            `json:"cluster"`
	ReceivedAt string            `json:"received_at"`
}

const firstCases = 100

// Evaluate reads a truth file and a results file (the result line of the
// application record) and measures. Memory grows with the number of records,
// not with what the results say about them.
func Evaluate(truth, results io.Reader) (*Evaluation, error) {
	t, err := readTruth(truth)
	if err != nil {
		return nil, err
	}
	e := &Evaluation{}
	honest, operators := map[string]int{}, map[string]int{}
	var first [2][]firstCase
	lines := bufio.NewReaderSize(results, 1<<20)
	for n := 1; ; n++ {
		line, err := boundedLine(lines)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("results:%d: %w", n, err)
		}
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var r resultLine
		if json.Unmarshal(line, &r) != nil || r.Record == "" || !slices.Contains(record.Assessments[:], r.Assessment) {
			return nil, record.Invalid(fmt.Sprintf("results:%d", n), "is not a result line")
		}
		at, ok := t.byRecord[r.Record]
		if !ok {
			e.Unknown++
			continue
		}
		row := &t.rows[at]
		if row.seen {
			return nil, record.Invalid(fmt.Sprintf("results:%d", n), "is a second result for a record")
		}
		row.seen = true
		e.Records++
		if r.Cluster != "" {
			row.cluster = t.word("cluster " + r.Cluster)
		}
		if r.Assessment == record.Routine {
			continue
		}
		row.flagged, row.review = true, r.Assessment == record.Review
		why, stack := honest, 1
		if row.cell != 0 {
			why = operators
		}
		for _, check := range r.Because {
			why[check]++
		}
		if row.review {
			stack = 0
		}
		first[stack] = keepFirst(first[stack], firstCase{r.ReceivedAt, n, row.cell != 0})
	}
	e.Missing = len(t.rows) - e.Records
	e.HonestBecause, e.OperatorBecause = ordered(honest), ordered(operators)
	for _, c := range slices.Concat(first[0], first[1]) {
		if e.First.Cases == firstCases {
			break
		}
		e.First.Cases++
		if c.operator {
			e.First.Operators++
		}
	}
	e.people(t)
	e.pairs(t)
	for _, p := range []float64{0.001, 0.005, 0.02} {
		found, alarm := p*e.OperatorRecords.Rate, (1-p)*e.HonestRecords.Rate
		share := 0.0
		if found+alarm > 0 {
			share = found / (found + alarm)
		}
		e.AtPrevalence = append(e.AtPrevalence, AtShare{p, share})
	}
	return e, nil
}

type firstCase struct {
	received string // RFC 3339 in UTC, "" when the results do not say
	line     int
	operator bool
}

// keepFirst keeps the first hundred by day, then by line.
func keepFirst(all []firstCase, c firstCase) []firstCase {
	before := func(a, b firstCase) int {
		return cmp.Or(cmp.Compare(a.received, b.received), cmp.Compare(a.line, b.line))
	}
	at, _ := slices.BinarySearchFunc(all, c, before)
	if at >= firstCases {
		return all
	}
	all = slices.Insert(all, at, c)
	return all[:min(len(all), firstCases)]
}

// boundedLine is the next line without its end, io.EOF after the last one.
func boundedLine(r *bufio.Reader) ([]byte, error) {
	var long []byte
	for {
		part, err := r.ReadSlice('\n')
		switch {
		case err == nil || errors.Is(err, io.EOF) && len(part)+len(long) > 0:
			if long == nil {
				return part, nil
			}
			return append(long, part...), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, err
		}
		if len(long)+len(part) > maxResultLine {
			return nil, record.Invalid("", "is longer than a result can be")
		}
		long = append(long, part...)
	}
}

func ordered(counts map[string]int) []CountedBy {
	var all []CountedBy
	for check, n := range counts {
		all = append(all, CountedBy{check, n})
	}
	slices.SortFunc(all, func(a, b CountedBy) int {
		return cmp.Or(cmp.Compare(b.Records, a.Records), cmp.Compare(a.Check, b.Check))
	})
	return all
}
