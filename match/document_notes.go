package match

// What can be odd about a zone whose digits hold.
const (
	NoteIssuer      = "the issuer is no code of Doc 9303"
	NoteNationality = "the nationality is no code of Doc 9303"
	NoteBirth       = "the birth date is no day that has been"
	NoteExpiry      = "the expiry is no day"
	NoteExpired     = "expired"
	NoteOrder       = "it expires before the birth"
	NoteCut         = "the name fills its field and may be cut"
)

// Notes are the oddities of a zone on a day (ISO 8601), in a fixed order. None is
// a word against its holder: they are what to look at in the document.
func (m *MRZ) Notes(on string) (notes []string) {
	if !IssuerKnown(m.Issuer) {
		notes = append(notes, NoteIssuer)
	}
	if m.Nationality != "" && !IssuerKnown(m.Nationality) {
		notes = append(notes, NoteNationality)
	}
	births := ZoneBirths(m.Birth, on)
	if len(births) == 0 && m.Birth != "" {
		notes = append(notes, NoteBirth)
	}
	if m.Expires != "" {
		switch expiry := ZoneExpiry(m.Expires, on); {
		case expiry == "":
			notes = append(notes, NoteExpiry)
		case len(births) > 0 && expiry < births[len(births)-1]:
			notes = append(notes, NoteOrder)
		case expiry < on[:len(expiry)]:
			notes = append(notes, NoteExpired)
		}
	}
	if m.NameCut {
		notes = append(notes, NoteCut)
	}
	return notes
}
