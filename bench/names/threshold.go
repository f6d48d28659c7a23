package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"unicode"

	"bonafide/match/name"
)

// The shipped threshold is fixed here, on pairs made from files that hold no
// labelled pairs at all: names of people on no list and names of listed
// organisations. Non-matches are two names that share all words but one, the
// hardest honest case; matches are one name with one harm done to it.

const thresholdSeed = 20260301

func madePairs(data string) (negatives, positives []pairRow) {
	rng := rand.New(rand.NewPCG(thresholdSeed, 1))
	var people, bodies []string
	for _, file := range []string{"screening_negatives_us.csv", "screening_negatives_global.csv"} {
		for i, m := range readCSV(data + "/names/" + file) {
			if n := m["full_name"]; i%3 == 0 && latin(n) && len(strings.Fields(n)) > 1 {
				people = append(people, n)
			}
		}
	}
	for _, m := range readCSV(data + "/names/ofac_sdn_2021_list.csv") {
		if n := m["name"]; m["type"] == "entity" && len(strings.Fields(n)) > 1 {
			bodies = append(bodies, n)
		}
	}
	rare := rareWords(append(append([]string{}, people...), bodies...))
	make := func(names []string, schema string, n int) {
		for range n {
			a, b := names[rng.IntN(len(names))], names[rng.IntN(len(names))]
			if x, ok := exchangeWord(rng, a, b, rare, schema != "Person"); ok {
				negatives = append(negatives, pairRow{schema: schema, a: a, b: x})
			}
			positives = append(positives, pairRow{schema: schema, a: a, b: harm(rng, a, schema), match: true})
		}
	}
	if len(people) > 0 {
		make(people, "Person", 6000)
	}
	if len(bodies) > 0 {
		make(bodies, "Company", 3000)
	}
	return negatives, positives
}

func latin(s string) bool {
	for _, r := range s {
		if r > 0x24f {
			return false
		}
	}
	return true
}

var forms = map[string]bool{"limited": true, "limitada": true, "company": true, "corporation": true, "compagnie": true, "companhia": true, "group": true, "holding": true}

// rareWords are those that say who is meant: not company forms, not "trading".
func rareWords(names []string) map[string]bool {
	count := map[string]int{}
	for _, n := range names {
		for _, w := range strings.Fields(strings.ToLower(n)) {
			count[w]++
		}
	}
	rare := map[string]bool{}
	for w, n := range count {
		if n <= 25 && len(w) >= 5 && !strings.ContainsAny(w, ".") && !forms[strings.Trim(w, ",.()'")] {
			rare[w] = true
		}
	}
	return rare
}

// exchangeWord puts a word of b in the place of one of a. In a name of an
// organisation both are words that are rare; in a person's any will do.
func exchangeWord(rng *rand.Rand, a, b string, rare map[string]bool, body bool) (string, bool) {
	wa, wb := strings.Fields(a), strings.Fields(b)
	i := rng.IntN(len(wa))
	w := wb[min(i, len(wb)-1)]
	if len(wa[i]) < 3 || len(w) < 3 || strings.EqualFold(w, wa[i]) {
		return "", false
	}
	if body && (!rare[strings.ToLower(wa[i])] || !rare[strings.ToLower(w)]) {
		return "", false
	}
	out := append([]string(nil), wa...)
	out[i] = w
	return strings.Join(out, " "), true
}

// harm does one of the usual harms to a name.
func harm(rng *rand.Rand, s, schema string) string {
	w := strings.Fields(s)
	switch k := rng.IntN(6); {
	case k == 0: // another order
		return strings.Join(append(append([]string{}, w[1:]...), w[0]), " ")
	case k == 1 && len(w) > 2: // a middle word left out
		i := 1 + rng.IntN(len(w)-2)
		return strings.Join(append(append([]string{}, w[:i]...), w[i+1:]...), " ")
	case k == 2 && schema == "Person" && len(w) > 2: // a middle initial
		w[1] = string([]rune(w[1])[:1]) + "."
		return strings.Join(w, " ")
	case k == 3: // two words as one
		return w[0] + strings.Join(w[1:], " ")
	}
	return typo(rng, s)
}

// typo makes one slip in a word of four letters or more.
func typo(rng *rand.Rand, s string) string {
	w := strings.Fields(s)
	order := rng.Perm(len(w))
	for _, i := range order {
		r := []rune(w[i])
		if len(r) < 4 {
			continue
		}
		k := 1 + rng.IntN(len(r)-2)
		if !unicode.IsLetter(r[k]) || !unicode.IsLetter(r[k+1]) {
			continue
		}
		letter := rune('a' + rng.IntN(26))
		switch rng.IntN(4) {
		case 0:
			r[k] = letter
		case 1:
			r = append(r[:k], r[k+1:]...)
		case 2:
			r = append(r[:k], append([]rune{letter}, r[k:]...)...)
		case 3:
			r[k], r[k+1] = r[k+1], r[k]
		}
		w[i] = string(r)
		return strings.Join(w, " ")
	}
	return s
}

// thresholdSuite shows what each threshold would do to the made pairs.
func thresholdSuite(data string) {
	neg, pos := madePairs(data)
	if len(neg) == 0 {
		return
	}
	parallel(len(neg), func(i int) { scorePair(&neg[i]) })
	parallel(len(pos), func(i int) { scorePair(&pos[i]) })
	share := func(rows []pairRow, schema string, t float64) float64 {
		n, hit := 0, 0
		for _, r := range rows {
			if r.schema != schema {
				continue
			}
			n++
			if r.score >= t {
				hit++
			}
		}
		return float64(hit) / float64(n)
	}
	fmt.Printf("threshold, on %d made non-matches (one word exchanged) and %d made matches (one harm), seed %d\n", len(neg), len(pos), thresholdSeed)
	fmt.Println("    at     people: false  found    organisations: false  found")
	best, bestAt := -1.0, 0.0
	for t := 0.60; t < 0.90; t += 0.02 {
		gain := (share(pos, "Person", t) - share(neg, "Person", t) + share(pos, "Company", t) - share(neg, "Company", t)) / 2
		if gain > best {
			best, bestAt = gain, t
		}
		fmt.Printf("    %.2f          %.4f  %.4f                   %.4f  %.4f\n", t, share(neg, "Person", t), share(pos, "Person", t), share(neg, "Company", t), share(pos, "Company", t))
	}
	same := func(rows []pairRow, want ...name.Agreement) float64 {
		n, hit := 0, 0
		for _, r := range rows {
			if r.schema != "Person" {
				continue
			}
			n++
			if slices.Contains(want, name.SamePerson(r.a, r.b)) {
				hit++
			}
		}
		return float64(hit) / float64(n)
	}
	fmt.Printf("  SamePerson: says different of %.4f of the harmed names, same or compatible of %.4f of the exchanged ones\n", same(pos, name.Different), same(neg, name.Same, name.Compatible))
	sort.SliceStable(neg, func(i, j int) bool { return neg[i].score > neg[j].score })
	fmt.Printf("  found minus false, people and organisations alike, is greatest at %.2f (%.4f)\n", bestAt, best)
	fmt.Printf("  shipped: supporting at %.2f, weak at %.2f\n", name.SupportingAt, name.WeakAt)
}
