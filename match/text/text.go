// Package text finds what two texts have in common word for word: near-equal documents, and passages of one inside another.
// It counts words; it never looks at language, style or skill, and keeps no word, only hashes. Common property (headings, lists
// of skills, popular templates, phrases that machines write) is left out by form or by how many people have it.
//
// Three steps, each usable alone: Reader cuts a text into sections and words; Sketch and Corpus find near-equal
// documents (Jaccard of shingles, MinHash, banded look-up); Section holds the fingerprints by which a copied passage is
// found, however different the rest.
//
// To add a script that writes without spaces: one line in unspaced (reader.go) and a case in its test.
package text

// How documents are compared.
const (
	shingleWords = 5   // words of one shingle; Jaccard is over the set of shingles
	Bins         = 128 // numbers of a MinHash signature
	Bands        = 32  // looked up apart; one equal band makes two documents candidates
	bandRows     = Bins / Bands
	LeastSet     = 16 // shingles below which a text says too little to be a near-duplicate
)

// How passages are compared.
const (
	fingerprintWords  = 8
	fingerprintWindow = 4 // of each so many neighbours one is kept: a run of 11 equal words always shares one
	// RareMost is how many people may have a fingerprint before it is common property.
	RareMost = 50
)

// MaxBytes is how much of a text is read; a résumé has a few thousand bytes.
const MaxBytes = 1 << 20
