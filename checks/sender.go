package checks

import "strings"

// senderOf reads the display name and address of the From line of raw mail
// headers; both empty when there is none, or the name is encoded.
func senderOf(headers string) (name, address string) {
	for n := 0; headers != "" && n < 400; n++ {
		var line string
		line, headers, _ = strings.Cut(headers, "\n")
		if len(line) < 6 || len(line) > 1000 || !strings.EqualFold(line[:5], "from:") {
			continue
		}
		display, rest, ok := strings.Cut(line[5:], "<")
		if !ok || strings.Contains(display, "=?") {
			return "", ""
		}
		address, _, _ = strings.Cut(rest, ">")
		return strings.Trim(display, "\" \t\r'"), strings.TrimSpace(address)
	}
	return "", ""
}
