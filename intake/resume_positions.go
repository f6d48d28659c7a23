package intake

import (
	"regexp"
	"strings"

	"bonafide/record"
)

// dateRange finds "03/2021 – 08/2024", "Mar 2021 - Present", "2019–2021",
// "seit 05/2020", in the forms day reads.
var dateRange = regexp.MustCompile(`(?i)(?:(?:(seit|since|desde|ab)[ \t]+(` + dateForm + `))|(?:(` + dateForm + `)[ \t]*(?:-|–|—|‒|−|to|until|bis|a|até)[ \t]*(` + dateForm +
	`|presente|present|today|now|currently|current|ongoing|heute|jetzt|aktuell|laufend|atualmente|atual|hoje)))`)

const dateForm = `(?:\b(?:[0-9]{1,2}\.[0-9]{1,2}\.(?:19|20)[0-9]{2}|(?:0?[1-9]|1[0-2])[/.](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[/-](?:0[1-9]|1[0-2])(?:-[0-9]{2})?\b|` +
	`(?:jan|feb|fev|mar|mär|mrz|apr|abr|may|mai|jun|jul|aug|ago|sep|set|oct|okt|out|nov|dec|dez)[\p{L}]*\.?[ \t]*(?:de[ \t]+)?(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}\b))`

// dated is a line with a span of time and the lines that belong to it.
type dated struct {
	at         int // line of the span
	from, to   int // lines that name the position: [from, to)
	start, end record.Date
	parts      []string
}

// maxPositions bounds what is read of one text.
const maxPositions = 200

// positions reads dated positions and schools: a line with a span of time,
// what else stands in it, and the short lines next to it.
func (p *resumeParts) positions(lines []string, sections []section) {
	found := spans(lines, sections)
	for n := range found {
		floor, until := 0, len(lines)
		if n > 0 {
			floor = found[n-1].to
		}
		if n+1 < len(found) {
			until = found[n+1].at
		}
		found[n].name(lines, floor, until)
	}
	for n, d := range found {
		if len(d.parts) == 0 {
			continue
		}
		if sections[d.at] == inSchool || sections[d.at] != inWork && schoolWords.MatchString(strings.Join(d.parts, " ")) {
			e := record.Education{Start: d.start, End: d.end}
			e.Institution, e.Degree = pick(d.parts, placeWords, degreeWords)
			p.education = append(p.education, e)
			continue
		}
		w := record.Work{Start: d.start, End: d.end}
		w.Organisation, w.Title = pick(d.parts, firmWords, titleWords)
		until := len(lines)
		if n+1 < len(found) {
			until = found[n+1].from
		}
		var text textBuilder
		for i := d.to; i < until && text.Len() < 8192; i++ {
			if _, heading := sectionOf(lines[i]); heading {
				break
			}
			text.line(strings.TrimLeft(lines[i], "-*•· \t"))
		}
		w.Text = text.String()
		p.work = append(p.work, w)
	}
}

// spans are the lines with a span of time.
func spans(lines []string, sections []section) []dated {
	var found []dated
	for i, line := range lines {
		if len(line) > 300 || sections[i] == inSkills || len(found) >= maxPositions {
			continue
		}
		m := dateRange.FindStringSubmatchIndex(line)
		if m == nil {
			continue
		}
		part := func(n int) string {
			if m[2*n] < 0 {
				return ""
			}
			return line[m[2*n]:m[2*n+1]]
		}
		d := dated{at: i, from: i, to: i + 1, start: short(day(part(2)+part(3), dayFirst))}
		if end := part(4); end != "" && !toThisDay(end) {
			if d.end = short(day(end, dayFirst)); d.end == "" || wrong(d.end) {
				continue
			}
		}
		if d.start == "" || wrong(d.start) {
			continue
		}
		d.parts = splitLabel(line[:m[0]] + "\t" + line[m[1]:])
		if said := strings.Join(d.parts, " "); bullet(line) && !titleWords.MatchString(said) && !firmWords.MatchString(said) && !schoolWords.MatchString(said) {
			continue // something done in that time, not a position
		}
		found = append(found, d)
	}
	return found
}

// name finds the lines that name the position between floor and until.
func (d *dated) name(lines []string, floor, until int) {
	before := func(n int) []string {
		if d.at-n < floor {
			return nil
		}
		return splitLabel(label(lines[d.at-n]))
	}
	var after []string
	if d.at+1 < until {
		after = splitLabel(label(lines[d.at+1]))
	}
	switch {
	case len(d.parts) >= 2:
	case len(d.parts) == 1 && len(after) > 0:
		d.parts, d.to = append(d.parts, after...), d.at+2
	case len(d.parts) == 1:
		if above := before(1); len(above) > 0 {
			d.parts, d.from = append(d.parts, above...), d.at-1
		}
	default:
		above := before(1)
		switch {
		case len(above) == 1 && len(before(2)) > 0:
			d.parts, d.from = append(before(2), above...), d.at-2
		case len(above) > 0:
			d.parts, d.from = above, d.at-1
		case len(after) > 0:
			d.parts, d.to = after, d.at+2
			if d.to < until && !titleWords.MatchString(strings.Join(after, " ")) {
				if below := label(lines[d.to]); titleWords.MatchString(below) {
					d.parts, d.to = append(d.parts, splitLabel(below)...), d.to+1
				}
			}
		}
	}
}

// bullet reports whether a line is an item of a list.
func bullet(line string) bool {
	return strings.HasPrefix(line, "-") || strings.HasPrefix(line, "*") || strings.HasPrefix(line, "•") || strings.HasPrefix(line, "·") || strings.HasPrefix(line, "–")
}

// pick chooses from the parts of a label which names the place and which what
// was done there, by the words they hold; else what was done comes first.
func pick(parts []string, place, what *regexp.Regexp) (organisation, title string) {
	find := func(by *regexp.Regexp, not int) int {
		for i, part := range parts {
			if i != not && by.MatchString(part) {
				return i
			}
		}
		return -1
	}
	o := find(place, -1)
	t := find(what, o)
	switch {
	case t < 0 && o < 0:
		t = 0
		if len(parts) > 1 {
			o = 1
		}
	case t < 0 && len(parts) > 1:
		if t = 0; o == 0 {
			t = 1
		}
	case o < 0 && len(parts) > 1:
		if o = t + 1; o == len(parts) {
			o = t - 1
		}
	}
	if o >= 0 {
		organisation = parts[o]
	}
	if t >= 0 {
		title = parts[t]
	}
	return organisation, title
}

// short drops the day: a position begins in a month.
func short(d record.Date) record.Date {
	if len(d) > 7 {
		return d[:7]
	}
	return d
}

// label is a line that could name a position: short, no bullet, no sentence,
// no contact, no heading.
func label(line string) string {
	if line == "" || len(line) > 120 || bullet(line) ||
		strings.HasSuffix(line, ".") && !firmWords.MatchString(line) || strings.ContainsRune(line, '@') {
		return ""
	}
	if _, heading := sectionOf(line); heading {
		return ""
	}
	return strings.Trim(line, " \t#*|")
}

var labelCut = regexp.MustCompile(`[ \t]+(?:at|@|bei|na|no|para)[ \t]+|[ \t]+[—–|·•-][ \t]+|\t+|[ ]{2,}|,[ \t]+`)

// splitLabel cuts "Developer at Example GmbH, Berlin" into its parts. A legal
// form behind a comma stays with its firm.
func splitLabel(s string) []string {
	var parts []string
	for _, part := range labelCut.Split(s, 8) {
		part = strings.Trim(part, " \t,;:|()[]-–—•*#")
		if part == "" {
			continue
		}
		if len(parts) > 0 && legalForm.MatchString(part) {
			parts[len(parts)-1] += ", " + part
			continue
		}
		parts = append(parts, part)
	}
	return parts
}

var (
	legalForm   = regexp.MustCompile(`(?i)^(inc|ltd|llc|gmbh|ag|s\.?a|lda|corp|co)\.?$`)
	firmWords   = regexp.MustCompile(`(?i)\b(gmbh|ag|ug|kg|se|ltd|limited|inc|llc|llp|corp|plc|s\.?a\.?|lda|ltda|b\.?v|oy|ab|sarl|sas|spa|group|gruppe|grupo|technologies|systems|labs|solutions|software house|bank|holding|company)\b`)
	titleWords  = regexp.MustCompile(`(?i)(developer|engineer|manager|architect|analyst|consultant|designer|lead|intern|administrator|scientist|director|head of|specialist|tester|programmer|freelance|founder|cto|ceo|entwickler|ingenieur|berater|leiter|werkstudent|praktikant|programador|desenvolvedor|engenheir|gestor|consultor|analista|estagi|técnic)`)
	placeWords  = regexp.MustCompile(`(?i)(universit|universidade|college|hochschule|gymnasium|school|schule|escola|instituto|institute|academy|akademie|academia|faculdade|polytechnic|politécnico)`)
	degreeWords = regexp.MustCompile(`(?i)(bachelor|master|\bb\.?sc|\bm\.?sc|\bb\.?a\b|\bm\.?a\b|\bph\.?d|diplom|licenciatura|mestrado|doutoramento|abitur|degree)`)
	schoolWords = regexp.MustCompile(placeWords.String() + "|" + degreeWords.String())
)
