package main

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// households screens simulated residents of whom every one is a different
// person, as if each had applied: once with what the table holds (name, birth
// date, address, social security number), once with what living together adds,
// a network and a line for each household. Every cluster is a false one.
func (b *bench) households() error {
	dir := os.Getenv("BONAFIDE_DATA")
	if dir == "" {
		dir = "../shared/data"
	}
	rows, err := residents(filepath.Join(dir, "linkage", "population_pseudopeople_2020.csv"))
	if err != nil {
		return fmt.Errorf("no residents, so nothing was measured: %w", err)
	}
	fmt.Println("\n| residents | what they share | routine | verify-more | review | clusters | people in them |\n|---:|---|---:|---:|---:|---:|---:|")
	for _, together := range []bool{false, true} {
		p := population{filepath.Join(b.scratch, fmt.Sprint("residents-", together))}
		if err := os.MkdirAll(filepath.Join(p.dir, "lists"), 0o700); err != nil {
			return err
		}
		if err := writeResidents(p.applications(), rows, together); err != nil {
			return err
		}
		if _, err := b.screen(p); err != nil {
			return err
		}
		said, clusters, inside, err := outcomes(p.results())
		if err != nil {
			return err
		}
		what := "address, family name"
		if together {
			what += ", one network and one line a household"
		}
		fmt.Printf("| %s | %s | %s | %s | %s | %s | %s |\n", count(len(rows)), what, count(said["routine"]), count(said["verify-more"]), count(said["review"]), count(clusters), count(inside))
	}
	return nil
}

func residents(file string) ([]map[string]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	all, err := csv.NewReader(bufio.NewReader(f)).ReadAll()
	if err != nil {
		return nil, err
	}
	var rows []map[string]string
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func writeResidents(file string, rows []map[string]string, together bool) error {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	homes := map[string]int{}
	for i, r := range rows {
		home, ok := homes[r["household_id"]]
		if !ok {
			home = len(homes)
			homes[r["household_id"]] = home
		}
		day := fmt.Sprintf("2026-%02d-%02dT09:%02d:00Z", 1+i%9, 1+i%28, i%60)
		lines := []string{strings.TrimSpace(r["street_number"] + " " + r["street_name"])}
		if r["unit_number"] != "" {
			lines = append(lines, r["unit_number"])
		}
		a := map[string]any{
			"id": r["simulant_id"], "source": "residents", "received_at": day,
			"person": map[string]any{"name": strings.Join(strings.Fields(r["first_name"]+" "+r["middle_initial"]+" "+r["last_name"]), " "), "birth_date": r["date_of_birth"],
				"address": map[string]any{"lines": lines, "city": r["city"], "postcode": r["zipcode"], "country": "US"}},
			"tax_ids": []any{map[string]any{"country": "US", "value": r["ssn"]}},
		}
		if together {
			a["sessions"] = []any{map[string]any{"at": day, "kind": "apply", "ip": fmt.Sprintf("2001:db8:%x:%x::%x", home>>16, home&0xffff, 2+i%200)}}
			a["phones"] = []any{fmt.Sprintf("+999%09d", 7919*(home+1)%1_000_000_000)}
		}
		if err := e.Encode(a); err != nil {
			return err
		}
	}
	return os.WriteFile(file, out.Bytes(), 0o600)
}

// outcomes counts assessments, clusters and the records in them.
func outcomes(file string) (said map[string]int, clusters, inside int, err error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, 0, 0, err
	}
	said, named := map[string]int{}, map[string]bool{}
	for line := range bytes.Lines(raw) {
		var r struct{ Assessment, Cluster string }
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, 0, 0, err
		}
		said[r.Assessment]++
		if r.Cluster != "" {
			named[r.Cluster] = true
			inside++
		}
	}
	return said, len(named), inside, nil
}
