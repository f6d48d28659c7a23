package report

import (
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// appendResult writes the result line, version 1 (application record), without
// the newline. It is written by hand because a run of a million lines spends
// its time here: ids need no escaping and are copied. Fields after "lists" are
// additions to version 1. No field holds a value of the application but its
// name, day and tier.
func appendResult(b []byte, r *record.Result, lang record.Lang) []byte {
	b = appendString(append(b, `{"record":`...), r.Record)
	b = appendString(append(b, `,"assessment":`...), string(r.Assessment))
	b = appendStrings(append(b, `,"because":`...), r.Because)
	b = append(b, `,"findings":[`...)
	for i := range r.Findings {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendFinding(b, &r.Findings[i], lang)
	}
	b = append(b, `],"assurances":[`...)
	for i := range r.Assurances {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendAssurance(b, &r.Assurances[i])
	}
	b = append(b, `],"chain":[`...)
	for i := range r.Chain {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendChainPart(b, &r.Chain[i])
	}
	b = appendString(append(b, `],"cluster":`...), r.Cluster)
	b = append(b, `,"lists":[`...)
	for i, l := range r.Lists {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(b, `{"list":`...), l.List)
		b = appendString(append(b, `,"as_of":`...), string(l.AsOf))
		b = strconv.AppendBool(append(b, `,"stale":`...), l.Stale)
		b = append(b, '}')
	}
	b = appendStrings(append(b, `],"clear":`...), r.Clear)
	b = appendStrings(append(b, `,"no_data":`...), r.NoData)
	b = appendStrings(append(b, `,"not_applicable":`...), r.NotApplicable)
	b = appendStrings(append(b, `,"not_in_force":`...), r.NotInForce)
	b = append(b, `,"links":[`...)
	for i := range r.Links {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendLink(b, &r.Links[i])
	}
	b = append(b, ']')
	if len(r.Waterfalls) > 0 {
		b = append(b, `,"waterfalls":[`...)
		for i := range r.Waterfalls {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendWaterfall(b, &r.Waterfalls[i])
		}
		b = append(b, ']')
	}
	if !r.ReceivedAt.IsZero() {
		b = append(b, `,"received_at":"`...)
		b = append(r.ReceivedAt.UTC().AppendFormat(b, time.RFC3339Nano), '"')
	}
	b = appendOptional(b, "tier", r.Tier)
	if lang != record.EN {
		b = appendOptional(b, "lang", string(lang))
	}
	return append(b, '}')
}

func appendFinding(b []byte, f *record.Finding, lang record.Lang) []byte {
	b = appendString(append(b, `{"check":`...), f.Check)
	b = strconv.AppendInt(append(b, `,"version":`...), int64(f.Version), 10)
	b = appendString(append(b, `,"outcome":`...), f.Outcome.String())
	b = appendString(append(b, `,"strength":`...), f.Strength.String())
	b = appendString(append(b, `,"family":`...), string(f.Family))
	b = appendString(append(b, `,"text":`...), f.Text.In(lang))
	b = append(b, `,"evidence":[`...)
	for i, e := range f.Evidence {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(b, `{"field":`...), e.Field)
		b = appendString(append(b, `,"compared_with":`...), e.ComparedWith)
		b = appendString(append(b, `,"list":`...), e.List)
		b = appendString(append(b, `,"as_of":`...), string(e.AsOf))
		b = append(b, '}')
	}
	b = appendTexts(append(b, `],"innocent":`...), f.Innocent, lang)
	b = appendString(append(b, `,"ask":`...), f.Ask.In(lang))
	b = appendTexts(append(b, `,"clears":`...), f.Clears, lang)
	b = appendOptional(b, "link", string(f.Link))
	b = appendOptional(b, "lowered", f.Lowered.In(lang))
	b = appendOptional(b, "cleared_by", f.ClearedBy)
	b = appendOptional(b, "content", f.Content)
	return append(b, '}')
}

func appendAssurance(b []byte, a *record.Assurance) []byte {
	b = appendString(append(b, `{"id":`...), a.ID)
	b = appendString(append(b, `,"link":`...), string(a.Link))
	b = appendString(append(b, `,"method":`...), a.Method)
	b = appendOptional(b, "as_of", string(a.AsOf))
	if len(a.Clears) > 0 {
		b = appendStrings(append(b, `,"clears":`...), a.Clears)
	}
	return append(b, '}')
}

func appendChainPart(b []byte, p *record.ChainPart) []byte {
	b = appendString(append(b, `{"link":`...), string(p.Link))
	b = appendString(append(b, `,"state":`...), string(p.State))
	b = appendOptional(b, "method", p.Method)
	b = appendOptional(b, "as_of", string(p.AsOf))
	if len(p.By) > 0 {
		b = appendStrings(append(b, `,"by":`...), p.By)
	}
	return append(b, '}')
}

func appendLink(b []byte, l *record.Link) []byte {
	b = appendString(append(b, `{"kind":`...), l.Kind.String())
	b = appendString(append(b, `,"field":`...), l.Field)
	b = appendStrings(append(b, `,"others":`...), l.Others)
	b = appendOptional(b, "other_field", l.OtherField)
	b = strconv.AppendInt(append(b, `,"identities":`...), int64(l.Identities), 10)
	b = strconv.AppendInt(append(b, `,"population":`...), int64(l.Population), 10)
	if l.Shared != 0 {
		b = strconv.AppendInt(append(b, `,"shared":`...), int64(l.Shared), 10)
	}
	b = appendTrue(b, "later", l.Later)
	b = appendOptional(b, "as_of", string(l.AsOf))
	b = appendOptional(b, "strength", l.Strength.String())
	b = appendOptional(b, "excuse", l.Excuse.String())
	b = appendTrue(b, "corroborated", l.Corroborated)
	b = appendTrue(b, "part", l.Part)
	b = appendTrue(b, "names_differ", l.NamesDiffer)
	b = appendTrue(b, "mutual", l.Mutual)
	return append(b, '}')
}

// appendOptional adds a member unless its value is empty.
func appendOptional(b []byte, name, value string) []byte {
	if value == "" {
		return b
	}
	b = append(append(append(b, ',', '"'), name...), '"', ':')
	return appendString(b, value)
}

func appendTrue(b []byte, name string, value bool) []byte {
	if !value {
		return b
	}
	return append(append(append(b, ',', '"'), name...), `":true`...)
}

func appendTexts(b []byte, texts []record.Text, lang record.Lang) []byte {
	b = append(b, '[')
	for i, t := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, t.In(lang))
	}
	return append(b, ']')
}

func appendStrings(b []byte, all []string) []byte {
	b = append(b, '[')
	for i, s := range all {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(b, s)
	}
	return append(b, ']')
}

// appendString quotes s. What is plain ASCII, nearly everything, is copied.
func appendString(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			// Its only error is invalid UTF-8, which it has replaced by U+FFFD.
			b, _ = jsontext.AppendQuote(b, s)
			return b
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
