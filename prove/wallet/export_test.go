package wallet

// Unpack is for tests outside the package: the claims of a presentation with its
// disclosures in place, unverified.
func Unpack(presentation string) (map[string]any, error) {
	d, err := parseSDJWT(presentation)
	if err != nil {
		return nil, err
	}
	return d.unpack()
}
