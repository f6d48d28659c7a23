package report

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// resultLine is the result line as it is read back. Texts come in the one
// language they were written in. Members it does not know are passed over:
// fields may be added to the line.
type resultLine struct {
	Record     string            `json:"record"`
	Assessment record.Assessment `json:"assessment"`
	Because    []string          `json:"because"`
	Findings   []struct {
		Check     string            `json:"check"`
		Version   int               `json:"version"`
		Outcome   record.Outcome    `json:"outcome"`
		Strength  record.Strength   `json:"strength"`
		Family    record.Family     `json:"family"`
		Text      string            `json:"text"`
		Evidence  []record.Evidence `json:"evidence"`
		Innocent  []string          `json:"innocent"`
		Ask       string            `json:"ask"`
		Clears    []string          `json:"clears"`
		Link      record.ChainLink  `json:"link"`
		Lowered   string            `json:"lowered"`
		ClearedBy string            `json:"cleared_by"`
		Content   string            `json:"content"`
	} `json:"findings"`
	Assurances    []record.Assurance `json:"assurances"`
	Chain         []record.ChainPart `json:"chain"`
	Cluster       string             `json:"cluster"`
	Lists         []record.ListUse   `json:"lists"`
	Clear         []string           `json:"clear"`
	NoData        []string           `json:"no_data"`
	NotApplicable []string           `json:"not_applicable"`
	NotInForce    []string           `json:"not_in_force"`
	Links         []record.Link      `json:"links"`
	Waterfalls    []record.Waterfall `json:"waterfalls"`
	ReceivedAt    time.Time          `json:"received_at"`
	Tier          string             `json:"tier"`
	Lang          record.Lang        `json:"lang"`
}

// ReadResult reads one result line (application record, version 1) and the
// language its texts are in. An error names the kind of fault, never a value.
func ReadResult(line []byte) (*record.Result, record.Lang, error) {
	var in resultLine
	if err := json.Unmarshal(line, &in); err != nil {
		return nil, "", record.Invalid("", "is not a result line")
	}
	if in.Record == "" || !slices.Contains(record.Assessments[:], in.Assessment) {
		return nil, "", record.Invalid("", "a result line has a record and one of three assessments")
	}
	if in.Lang == "" {
		in.Lang = record.EN
	}
	if !slices.Contains(record.Langs[:], in.Lang) {
		return nil, "", record.Invalid("lang", "is not a language of the house")
	}
	r := &record.Result{Record: in.Record, Assessment: in.Assessment, Because: in.Because, Assurances: in.Assurances,
		Chain: in.Chain, Cluster: in.Cluster, Lists: in.Lists, Clear: in.Clear, NoData: in.NoData,
		NotApplicable: in.NotApplicable, NotInForce: in.NotInForce, Links: in.Links, Waterfalls: in.Waterfalls, ReceivedAt: in.ReceivedAt, Tier: in.Tier}
	for _, part := range in.Chain {
		if _, known := stateSaid[part.State]; !known {
			return nil, "", record.Invalid("chain", "is not a state of a link")
		}
	}
	for i := range in.Findings {
		f := &in.Findings[i]
		r.Findings = append(r.Findings, record.Finding{Check: f.Check, Version: f.Version, Outcome: f.Outcome, Strength: f.Strength,
			Family: f.Family, Text: in.text(f.Text), Evidence: f.Evidence, Innocent: in.texts(f.Innocent), Ask: in.text(f.Ask),
			Clears: in.texts(f.Clears), Link: f.Link, Lowered: in.text(f.Lowered), ClearedBy: f.ClearedBy, Content: f.Content})
	}
	return r, in.Lang, nil
}

// text is a sentence whose other languages were not written down: it answers
// in its own whatever language is asked for.
func (in *resultLine) text(s string) record.Text {
	switch in.Lang {
	case record.DE:
		return record.Text{EN: s, DE: s}
	case record.PT:
		return record.Text{EN: s, PT: s}
	}
	return record.Text{EN: s}
}

func (in *resultLine) texts(all []string) []record.Text {
	var out []record.Text
	for _, s := range all {
		out = append(out, in.text(s))
	}
	return out
}

// LongestLine bounds a result line that is read back.
const LongestLine = 64 << 20

// Explain finds one record in a stream of result lines and writes its case in
// full, in the language the results were written in unless o names one.
func Explain(w io.Writer, results io.Reader, name string, o Options) error {
	r, lang, err := Find(results, name)
	if err != nil {
		return err
	}
	if o.Lang == "" {
		o.Lang = lang
	}
	return Case(w, r, o)
}

// Find reads one record out of a stream of result lines, with the language its
// texts are in, and no further than the record. A record that is not there is
// a not found error; a broken line before it is invalid and names its number.
func Find(results io.Reader, name string) (*record.Result, record.Lang, error) {
	lines := bufio.NewScanner(results)
	lines.Buffer(make([]byte, 64<<10), LongestLine)
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		found, err := recordOf(line)
		if err != nil {
			return nil, "", record.Invalid(fmt.Sprintf("results:%d", n), "is not a result line, which is what --format jsonl writes")
		}
		if found != name {
			continue
		}
		r, lang, err := ReadResult(line)
		if err != nil {
			return nil, "", &record.Error{Code: record.CodeInvalid, Where: fmt.Sprintf("results:%d", n), Message: "cannot be read", Err: err}
		}
		return r, lang, nil
	}
	if lines.Err() != nil {
		return nil, "", record.Invalid(fmt.Sprintf("results:%d", n+1), "cannot be read to its end, or its line is longer than 64 MiB")
	}
	return nil, "", &record.Error{Code: record.CodeNotFound, Where: "results", Message: fmt.Sprintf("no such record among %d lines; records are named SOURCE/ID", n)}
}

// recordOf reads no more of a line than it must to know whose it is.
func recordOf(line []byte) (string, error) {
	d := jsontext.NewDecoder(bytes.NewBuffer(line))
	if t, err := d.ReadToken(); err != nil || t.Kind() != '{' {
		return "", record.Invalid("", "is not an object")
	}
	for {
		t, err := d.ReadToken()
		if err != nil {
			return "", err
		}
		if t.Kind() == '}' {
			return "", nil
		}
		if t.String() == "record" {
			v, err := d.ReadToken()
			if err != nil || v.Kind() != '"' {
				return "", record.Invalid("record", "is not a string")
			}
			return v.String(), nil
		}
		if err := d.SkipValue(); err != nil {
			return "", err
		}
	}
}
