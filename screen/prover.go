package screen

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"time"

	"bonafide/egress"
	"bonafide/prove/chip"
	"bonafide/prove/wallet"
)

// Prover turns what a person hands in on their own page, and what referees
// answer, into assurances on the record. It asks prove/ and never judges; what
// could not be verified is kept as that, and speaks against nobody. A nil part
// means that this way is not offered.
type Prover struct {
	Keeper *Keeper
	Chips  *chip.Trust // authorities of states, for passports and identity cards
	// Try reads the files of a chip in a locked child before they are read here;
	// refused is "" when the child ended well. nil: no chips are taken.
	Try    func(ctx context.Context, b []byte) (refused string, err error)
	Wallet *Wallet
	// Names asks the domain name system at the arrival of a mail, on one occasion;
	// nil: only what our mail server said.
	Names func(egress.Occasion) Names
	Hosts []string                    // names of our own mail servers, for Authentication-Results
	Codes func(egress.Occasion) Pages // fetches public pages of code accounts; nil: a person looks
	Lists *Lookups                    // fetches status and revocation lists; nil: what they would say is not checked
}

// Wallet is what asking wallets needs.
type Wallet struct {
	Identity *wallet.Identity
	Trust    *wallet.TrustList
	Address  string                   // https address of this house, without a path
	CRLs     []*wallet.RevocationList // given by hand
}

// Names asks one question of the domain name system: "txt example.org".
type Names interface {
	Ask(ctx context.Context, question string) ([]string, error)
}

// StepIdentity is the step in which somebody proves who they are.
const StepIdentity = "identity"

// hashOf is under what a secret of 260 random bits is kept.
func hashOf(secret string) []byte {
	h := sha256.Sum256([]byte(secret))
	return h[:]
}

// ChipFiles reads what Try is given: files one after another, each after its
// length in four bytes, big-endian.
func ChipFiles(b []byte) (files []chip.File) {
	for len(b) >= 4 {
		n := binary.BigEndian.Uint32(b)
		if uint64(n) > uint64(len(b)-4) {
			return files
		}
		files = append(files, chip.File{Bytes: b[4 : 4+n]})
		b = b[4+n:]
	}
	return files
}

// TryChip is what the locked child does with them: everything that is done later,
// without a list to trust.
func TryChip(b []byte) error {
	files := ChipFiles(b)
	for _, f := range files { // as a question is drawn; here nothing comes of it, so its key may be any
		if len(f.Bytes) > 0 && f.Bytes[0] == 0x6e {
			_, _ = chip.AskAgreement(f.Bytes, bytes.NewReader(make([]byte, 4096)))
		}
	}
	d, err := chip.Sort(files)
	if err != nil {
		return nil // refused in good order
	}
	chip.Verify(d, chip.NewTrust(), time.Unix(1<<30, 0), nil)
	return nil
}
