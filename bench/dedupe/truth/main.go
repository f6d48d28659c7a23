// Truth copies the linkage sets of the data folder with an id that tells nothing
// ("id", the row number) and the true person in a column of its own ("truth_person"), because in the
// originals the id is the truth.
//
//	go run ./bench/dedupe/truth DATA/linkage OUT
package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

type set struct {
	from, to string
	drop     []string
	truth    func(row map[string]string) string
}

func column(name string) func(map[string]string) string {
	return func(r map[string]string) string { return r[name] }
}

func febrl(r map[string]string) string { return strings.Split(r["rec_id"], "-")[1] }

func dsgen(r map[string]string) string {
	id := r["rec_id"]
	return "p" + id[:len(id)-1]
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 3 {
		log.Fatal("usage: truth DATA/linkage OUT")
	}
	in, out := os.Args[1], os.Args[2]
	if err := os.MkdirAll(out, 0o755); err != nil {
		log.Fatal(err)
	}
	rec := []string{"rec_id"}
	sets := []set{
		{"febrl1.csv", "febrl1.csv", rec, febrl}, {"febrl2.csv", "febrl2.csv", rec, febrl},
		{"febrl4a.csv", "febrl4a.csv", rec, febrl}, {"febrl4b.csv", "febrl4b.csv", rec, febrl},
		{"febrl_dsgen_A_5000.csv", "dsgen_A.csv", rec, dsgen}, {"febrl_dsgen_C_5000.csv", "dsgen_C.csv", rec, dsgen},
		{"febrl_dsgen_D_org_5000.csv", "dsgen_D_org.csv", rec, dsgen}, {"febrl_dsgen_D_dup_5000.csv", "dsgen_D_dup.csv", rec, dsgen},
		{"fake_1000.csv", "fake_1000.csv", []string{"unique_id", "cluster"}, column("cluster")},
		{"RLdata500.csv", "RLdata500.csv", []string{"rec_id", "ent_id"}, column("ent_id")},
		{"clkhash_dirty_1000_50_1.csv", "clkhash_1.csv", rec, column("rec_id")}, {"clkhash_dirty_1000_50_2.csv", "clkhash_2.csv", rec, column("rec_id")},
		{"multiparty/dataset-1.csv", "party_1.csv", []string{"id"}, column("id")}, {"multiparty/dataset-2.csv", "party_2.csv", []string{"id"}, column("id")},
		{"multiparty/dataset-3.csv", "party_3.csv", []string{"id"}, column("id")},
		{"population_pseudopeople_2020.csv", "population.csv", []string{"simulant_id", "household_id"}, column("simulant_id")},
	}
	for _, s := range sets {
		if err := s.copy(in, out); err != nil {
			log.Fatal(err)
		}
	}
	if err := senzing(filepath.Join(in, "senzing_truthset"), out); err != nil {
		log.Fatal(err)
	}
}

func (s set) copy(in, out string) error {
	rows, err := readAll(filepath.Join(in, s.from))
	if err != nil {
		return err
	}
	header := rows[0]
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
	}
	f, err := os.Create(filepath.Join(out, s.to))
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	keep := []string{"id"}
	for _, h := range header {
		if !slices.Contains(s.drop, h) {
			keep = append(keep, h)
		}
	}
	w.Write(append(keep, "truth_person"))
	for n, row := range rows[1:] {
		named := map[string]string{}
		for i, v := range row {
			named[header[i]] = strings.TrimSpace(v)
		}
		cells := []string{fmt.Sprint(n)}
		for _, h := range keep[1:] {
			cells = append(cells, named[h])
		}
		w.Write(append(cells, s.truth(named)))
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return f.Close()
}

func readAll(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.TrimLeadingSpace = true
	return r.ReadAll()
}

func senzing(in, out string) error {
	rows, err := readAll(filepath.Join(in, "truth_key.csv"))
	if err != nil {
		return err
	}
	truth := map[string]string{}
	for _, r := range rows[1:] {
		truth[r[2]+" "+r[3]] = r[1]
	}
	for _, name := range []string{"customers.jsonl", "reference.jsonl", "watchlist.jsonl"} {
		src, err := os.Open(filepath.Join(in, name))
		if err != nil {
			return err
		}
		dst, err := os.Create(filepath.Join(out, name))
		if err != nil {
			return err
		}
		scan := bufio.NewScanner(src)
		scan.Buffer(nil, 1<<20)
		for scan.Scan() {
			var r map[string]any
			if err := json.Unmarshal(scan.Bytes(), &r); err != nil {
				return err
			}
			r["truth_person"] = truth[fmt.Sprint(r["DATA_SOURCE"], " ", r["RECORD_ID"])]
			line, err := json.Marshal(r)
			if err != nil {
				return err
			}
			if _, err := dst.Write(append(line, '\n')); err != nil {
				return err
			}
		}
		src.Close()
		if err := dst.Close(); err != nil {
			return err
		}
	}
	return nil
}
