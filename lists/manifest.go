package lists

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"bonafide/record"
)

// ManifestName is the file in a folder of lists that says what they are.
const ManifestName = "lists.json"

// Manifest is what a folder knows of its lists. An operator may write one by
// hand: file and class are enough.
type Manifest struct {
	Lists []Entry `json:"lists"`
}

// Entry is one file of a manifest.
type Entry struct {
	File      string       `json:"file"`                // relative to the manifest
	Name      string       `json:"name,omitempty"`      // in evidence; an id of the catalogue makes it that list
	Class     string       `json:"class,omitempty"`     // vpn … watch, disposable free relay-mail mx, geo asn, tools devices indicators entities
	Service   string       `json:"service,omitempty"`   // of a VPN list
	Publisher string       `json:"publisher,omitempty"` //
	Licence   string       `json:"licence,omitempty"`   //
	AsOf      record.Date  `json:"as_of,omitempty"`     // the day it stands for
	Cadence   Cadence      `json:"cadence,omitempty"`   //
	SHA256    string       `json:"sha256,omitempty"`    // hex; checked when given
	Rows      int          `json:"rows,omitempty"`      // of the last good one
	Retrieved string       `json:"retrieved,omitempty"` // RFC 3339
	From      []Provenance `json:"from,omitempty"`      // where the bytes came from, for the next update
}

// Provenance is one upstream of a stored list and what it said of its version.
type Provenance struct {
	URL          string `json:"url"`
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
}

// StoredName is how an update calls a file: the list, its hash, its format. An
// update writes the new file beside the old one and then changes the manifest,
// in one step, so that a reader always sees one whole list.
func StoredName(id, sha256, ext string) string {
	if ext == "" {
		ext = "txt"
	}
	return id + "@" + sha256[:min(12, len(sha256))] + "." + ext
}

// isStored reports a name made by StoredName.
func isStored(file string) bool {
	_, hash, ok := strings.Cut(stemOf(file), "@")
	return ok && len(hash) == 12 && strings.Trim(hash, "0123456789abcdef") == ""
}

const maxManifest = 4 << 20

// ReadManifest reads a folder's manifest strictly; a folder without one gives
// an empty manifest.
func ReadManifest(fsys fs.FS, dir string) (Manifest, error) {
	name := path.Join(dir, ManifestName)
	b, err := readFile(fsys, name, maxManifest)
	if err != nil {
		if _, statErr := fs.Stat(fsys, name); statErr != nil {
			return Manifest{}, nil
		}
		return Manifest{}, err
	}
	return ParseManifest(name, b)
}

// ParseManifest reads a manifest; an unknown member is an error, so that a
// misspelled class is not silently ignored.
func ParseManifest(name string, b []byte) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(b, &m, json.RejectUnknownMembers(true)); err != nil {
		return Manifest{}, record.Invalid(name, "not a manifest of lists: wrong JSON, or a member that is not known")
	}
	for i, e := range m.Lists {
		if e.File == "" || !fs.ValidPath(e.File) {
			return Manifest{}, record.Invalid(name, "an entry names no file within the folder")
		}
		if e.AsOf != "" && !e.AsOf.Valid() {
			return Manifest{}, record.Invalid(name, "as_of of "+path.Base(e.File)+" is not a date")
		}
		if e.Class != "" {
			if _, ok := classes[e.Class]; !ok {
				return Manifest{}, record.Invalid(name, "the class of "+path.Base(e.File)+" is not known")
			}
		}
		m.Lists[i] = e
	}
	return m, nil
}

// Bytes prints a manifest.
func (m Manifest) Bytes() ([]byte, error) {
	return json.Marshal(m, jsontext.WithIndent("  "), json.Deterministic(true))
}

// class is what a word of the manifest means.
type class struct {
	kind    Kind
	network NetworkClass
	mail    MailClass
	cadence Cadence
}

var classes = map[string]class{
	"vpn":        {KindNetworks, VPN, "", Daily},
	"datacenter": {KindNetworks, Datacenter, "", Daily},
	"tor":        {KindNetworks, Tor, "", Hourly},
	"proxy":      {KindNetworks, Proxy, "", Daily},
	"relay":      {KindNetworks, Relay, "", Weekly},
	"cloud":      {KindNetworks, Cloud, "", Weekly},
	"watch":      {KindNetworks, Watch, "", Monthly},
	"disposable": {KindMail, "", MailDisposable, Daily},
	"free":       {KindMail, "", MailFree, Monthly},
	"relay-mail": {KindMail, "", MailRelay, Monthly},
	"mx":         {KindMX, "", "", Monthly},
	"geo":        {KindGeo, "", "", Monthly},
	"asn":        {KindGeo, "", "", Monthly},
	"tools":      {KindTools, "", "", Weekly},
	"devices":    {KindDevices, "", "", Yearly},
	"indicators": {KindIndicators, "", "", Monthly},
	"entities":   {KindEntities, "", "", Daily},
}

// ClassOf is the manifest's word for what a list is about; "" when there is
// none and only the catalogue can say it.
func ClassOf(l *List) string {
	for _, word := range slices.Sorted(maps.Keys(classes)) {
		c := classes[word]
		if c.kind == l.Kind && c.network == l.Network && c.mail == l.Mail && (c.kind != KindGeo || word == "geo") {
			return word
		}
	}
	return ""
}
