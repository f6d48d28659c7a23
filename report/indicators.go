package report

import (
	"crypto/sha1"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Indicator is an artefact that may be shared: never a person, never what leads
// to one. Kind is wallet, domain or sha256.
type Indicator struct {
	Kind, Value string
	Chains      []string // of a wallet
	Seen        time.Time
}

// The namespace of our identifiers (RFC 9562, version 5), so that the same
// artefact of the same house is the same object in every export.
const indicatorSpace = "bonafide/indicator/"

func uuid5(name string) string {
	h := sha1.Sum([]byte(indicatorSpace + name))
	h[6], h[8] = h[6]&0x0f|0x50, h[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", h[0:4], h[4:6], h[6:8], h[8:10], h[10:16])
}

func indent() json.Options {
	return json.JoinOptions(json.Deterministic(true), jsontext.WithIndent("  "))
}

// WriteSTIX writes a STIX 2.1 bundle (OASIS, 2021): one indicator an artefact.
func WriteSTIX(w io.Writer, house string, all []Indicator) error {
	const layout = "2006-01-02T15:04:05.000Z"
	objects := []map[string]any{}
	for _, x := range all {
		value := strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(x.Value)
		pattern, name := "", ""
		switch x.Kind {
		case "wallet":
			pattern, name = "[x-cryptocurrency-wallet:value = '"+value+"']", "Wallet named in a demand"
		case "domain":
			pattern, name = "[domain-name:value = '"+value+"']", "Host named in a demand"
		case "sha256":
			pattern, name = "[file:hashes.'SHA-256' = '"+value+"']", "Message of a demand"
		default:
			continue
		}
		at := x.Seen.UTC().Format(layout)
		objects = append(objects, map[string]any{
			"type": "indicator", "spec_version": "2.1", "id": "indicator--" + uuid5(house+"/"+x.Kind+"/"+x.Value), "created": at, "modified": at, "valid_from": at,
			"name": name, "pattern": pattern, "pattern_type": "stix", "indicator_types": []string{"unknown"},
		})
	}
	bundle := map[string]any{"type": "bundle", "id": "bundle--" + uuid5(house+"/"+digestOf(all)), "objects": objects}
	return json.MarshalWrite(w, bundle, indent())
}

func digestOf(all []Indicator) string {
	var b strings.Builder
	for _, x := range all {
		b.WriteString(x.Kind + " " + x.Value + "\n")
	}
	return b.String()
}

// WriteMISP writes a MISP event (core format): distribution 0, your organisation
// only, and no attribute set for detection; whoever imports it decides.
func WriteMISP(w io.Writer, house string, all []Indicator) error {
	attributes := []map[string]any{}
	day := "1970-01-01"
	for _, x := range all {
		kind, category, comment := x.Kind, "External analysis", ""
		switch x.Kind {
		case "wallet":
			category, kind, comment = "Financial fraud", "other", strings.Join(x.Chains, "/")
			if len(x.Chains) > 0 {
				switch c := strings.ToLower(x.Chains[0]); c {
				case "btc", "xbt", "bitcoin":
					kind = "btc"
				case "xmr", "monero":
					kind = "xmr"
				}
			}
			if kind == "other" {
				category = "Other"
			}
		case "domain":
			category = "Network activity"
		case "sha256":
		default:
			continue
		}
		day = max(day, x.Seen.UTC().Format(time.DateOnly))
		attributes = append(attributes, map[string]any{
			"uuid": uuid5(house + "/misp/" + x.Kind + "/" + x.Value), "type": kind, "category": category, "value": x.Value, "comment": comment, "to_ids": false,
			"timestamp": fmt.Sprint(x.Seen.Unix()),
		})
	}
	event := map[string]any{"Event": map[string]any{
		"uuid": uuid5(house + "/event/" + digestOf(all)), "info": "Artefacts of a demand; persons removed", "date": day,
		"threat_level_id": "4", "analysis": "0", "distribution": "0", "Attribute": attributes,
	}}
	return json.MarshalWrite(w, event, indent())
}
