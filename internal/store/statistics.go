package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"strings"
)

// SQLite chooses the order of a join from what it knows of the rows behind an index, and knows nothing of a database that
// nobody has analyzed: it then takes any first column for selective. Ours is school_id, which in most installations is the
// same in every row, so plans would read a whole school's answers to find a class's. PostgreSQL gathers statistics by
// itself; for SQLite these tell it the shape that the tables have in a large school, whatever stands in them now
// (https://www.sqlite.org/fileformat2.html#the_sqlite_stat1_table).
const (
	statRows   = 1_000_000
	statSecond = 200 // rows with one school and one learner, class or unit
	statThird  = 10
)

// teach writes the statistics unless they are there.
func teach(ctx context.Context, pool *sql.DB) error {
	if _, err := pool.ExecContext(ctx, "ANALYZE sqlite_schema"); err != nil { // makes the table that holds them
		return err
	}
	wants, err := indexShapes(ctx, pool)
	if err != nil {
		return err
	}
	has, err := pairs(ctx, pool, "SELECT idx, tbl || ':' || stat FROM sqlite_stat1 WHERE idx IS NOT NULL")
	if err != nil || maps.Equal(has, wants) {
		return err
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, "DELETE FROM sqlite_stat1"); err != nil {
		return err
	}
	for index, shape := range wants {
		table, stat, _ := strings.Cut(shape, ":")
		if _, err := tx.ExecContext(ctx, "INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ($1, $2, $3)", table, index, stat); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, "ANALYZE sqlite_schema") // makes this connection read them
	return err
}

// indexShapes gives "table:stat" for every index: how many rows share its first column, its first two, and so on.
func indexShapes(ctx context.Context, pool *sql.DB) (map[string]string, error) {
	columns, err := pairs(ctx, pool, `SELECT l.name, m.name || ':' || l."unique" || ':' || (SELECT group_concat(name) FROM pragma_index_info(l.name))
FROM sqlite_schema m, pragma_index_list(m.name) l WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	if err != nil {
		return nil, err
	}
	for index, text := range columns {
		parts := strings.SplitN(text, ":", 3)
		columns[index] = parts[0] + ":" + shape(strings.Split(parts[2], ","), parts[1] == "1")
	}
	return columns, nil
}

func shape(columns []string, unique bool) string {
	rows := []int{statSecond, statThird, 2}
	if columns[0] == "school_id" {
		rows = append([]int{statRows}, rows...)
	}
	out := fmt.Sprint(statRows)
	for i := range columns {
		n := rows[min(i, len(rows)-1)]
		if unique && i == len(columns)-1 {
			n = 1
		}
		out += fmt.Sprint(" ", n)
	}
	return out
}

func pairs(ctx context.Context, pool *sql.DB, query string) (map[string]string, error) {
	rows, err := pool.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var k, v string
		if err := rows.Scan(&k, &v); err != nil {
			return nil, err
		}
		out[k] = v
	}
	return out, rows.Err()
}
