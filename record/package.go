package record

import "time"

// PackageFormat names the form of a package.
const PackageFormat = "bonafide evidence 1"

// Package is the manifest of an evidence package: one case as a file that holds
// up without bonafide.
type Package struct {
	Format   string        `json:"format"`
	Case     string        `json:"case"`
	Made     time.Time     `json:"made"`
	Proposed string        `json:"proposed_by"`
	Approved string        `json:"approved_by"`
	Reason   string        `json:"reason"`
	Blanked  bool          `json:"others_blanked"` // records of other people are called other-1, other-2 …
	Tool     string        `json:"tool"`
	Items    []PackageItem `json:"items"`
}

// PackageItem is one file of a package.
type PackageItem struct {
	Name   string    `json:"name"`
	Kind   string    `json:"kind"`
	Size   int64     `json:"size"`
	SHA256 string    `json:"sha256"`
	At     time.Time `json:"at,omitzero"` // when it came to be
}

// PackageProof is where the entry stands in the tree of the checkpoint.
type PackageProof struct {
	Seq    int64    `json:"seq"`
	Size   int64    `json:"size"`
	Hashes []string `json:"hashes"`
}
