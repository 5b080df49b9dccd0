// Command answers measures how package algebra judges: over the keys of a real course, over real wrong steps, and over pairs
// that are equal or unequal by construction. It writes a report in Markdown to the standard output.
//
// In: a folder with the real data, which is never part of the repository. Out: figures, and every exception with its reason.
// make bench-answers runs it; docs/bench/answers.md is its report.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	real := flag.String("real", "", "the folder with oatutor and misconceptions; without it only made pairs are judged")
	pairs := flag.Int("pairs", 100000, "how many pairs are made")
	seed := flag.Uint64("seed", 1, "of the made pairs")
	export := flag.String("export", "", "write the pairs that other checkers are asked about to this file, and do nothing else")
	lists := flag.String("lists", "", "a folder for the lists that are too long for the report")
	flag.Parse()
	if err := run(*real, *pairs, *seed, *export, *lists); err != nil {
		fmt.Fprintln(os.Stderr, "answers:", err)
		os.Exit(1)
	}
}

func run(real string, n int, seed uint64, export, lists string) error {
	if export != "" {
		return exportPairs(export, n, seed)
	}
	if lists != "" {
		if err := os.MkdirAll(lists, 0o755); err != nil {
			return err
		}
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if real != "" {
		if err := reportCourse(out, filepath.Join(real, "oatutor")); err != nil {
			return err
		}
		if err := reportWrong(out, filepath.Join(real, "misconceptions", "cogtutorbugs.json.gz"), lists); err != nil {
			return err
		}
	}
	reportMade(out, n, seed)
	return nil
}
