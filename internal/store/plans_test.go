package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"kith/internal/store"
)

// wholeSchool are the statements that read a whole school, or all schools, on purpose, or a table that stays small.
var wholeSchool = []string{"Schools", "Classes", "People", "CurrentEnrollments", "Guardianships", "PeopleWithPassword", "AllEstimates", "CurrentModel",
	"ForgetOldMisses", "ForgetSessions",
	// a switch of models, which a person starts, once in some weeks
	"Models", "SetCurrentModel", "ForgetEstimatesBeside", "LockLearners", "MovedSinceFolded", "ForgetAllEstimates", "TakeEstimatesBeside",
	// a list of imports and which units classes have: both stay small, and are asked when somebody takes an import back
	"Imports", "LatestImport", "ClassesOfCourse", "CoursesBroughtBy", "TakingNow", "TakenBringings"}

// TestPlans_NoStatementReadsAWholeSchool explains every statement to SQLite: each must find its rows by more than the school
// that they belong to. In a school of a thousand learners a statement that does not reads a million answers.
func TestPlans_NoStatementReadsAWholeSchool(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Open(t.Context(), store.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	raw, err := sql.Open("sqlite", filepath.Join(dir, "kith.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	files, err := filepath.Glob("sql/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	parameter := regexp.MustCompile(`\$\d+|sqlc\.n?arg\(\w+\)|sqlc\.slice\([^)]*\)|@\w+`)
	explained := 0
	for _, file := range files {
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range strings.Split(string(body), "-- name: ")[1:] {
			head, text, _ := strings.Cut(part, "\n")
			name, _, _ := strings.Cut(head, " ")
			explained++
			for _, line := range explain(t, raw, name, parameter.ReplaceAllString(text, "?")) {
				whole := strings.HasPrefix(line, "SCAN ") && !strings.HasPrefix(line, "SCAN CONSTANT") || strings.HasSuffix(line, "(school_id=?)")
				if whole && !slices.Contains(wholeSchool, name) {
					t.Errorf("%s: %s: %s", filepath.Base(file), name, line)
				}
			}
		}
	}
	if explained < 100 {
		t.Errorf("only %d statements were explained", explained)
	}
}

func explain(t *testing.T, raw *sql.DB, name, text string) (lines []string) {
	t.Helper()
	args := make([]any, strings.Count(text, "?"))
	for i := range args {
		args[i] = "x"
	}
	rows, err := raw.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+text, args...)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var line string
		if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}
