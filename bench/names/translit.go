package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"

	"bonafide/match/name"
)

// transliterations asks with a name's word in its own script for the Latin
// word, among all Latin words of the same file. The pairs are mined and noisy.
func transliterations(data string) {
	for _, language := range []string{"russian", "arabic", "korean", "chinese"} {
		f, err := os.Open(data + "/names/translit/" + language + "_dev.tsv")
		if err != nil {
			fmt.Println("NOT MEASURED:", err)
			continue
		}
		var latin, native []string
		sc := bufio.NewScanner(f)
		for sc.Scan() {
			if p := strings.Split(sc.Text(), "\t"); len(p) >= 2 {
				latin, native = append(latin, p[0]), append(native, p[1])
			}
		}
		f.Close()
		b := name.NewBuilder()
		for i, l := range latin {
			b.Add(i, l, name.Person)
		}
		ix := b.Build()
		var at []int
		for i := 0; i < len(native); i += max(1, len(native)/2000) {
			at = append(at, i)
		}
		rank := make([]int, len(at))
		parallel(len(at), func(k int) {
			for r, h := range ix.Search(ix.Parse(native[at[k]], name.Person), 0.1, 10) {
				if latin[h.Entity] == latin[at[k]] {
					rank[k] = r + 1
					break
				}
			}
		})
		r1, r10 := 0, 0
		for _, r := range rank {
			if r == 1 {
				r1++
			}
			if r > 0 {
				r10++
			}
		}
		fmt.Printf("Single words, %s against %d Latin ones: recall@1 %.4f recall@10 %.4f (%d)\n", language, len(latin), float64(r1)/float64(len(at)), float64(r10)/float64(len(at)), len(at))
	}
}
