package store

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"testing/fstest"

	"kith/internal/fault"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
)

//go:embed migrations
var migrations embed.FS

// migrationFiles merges the common folder and the engine's own; the same name in both is a programmer's error.
func migrationFiles(postgres bool) (fs.FS, error) {
	own := "migrations/sqlite"
	if postgres {
		own = "migrations/postgres"
	}
	merged := fstest.MapFS{}
	for _, dir := range []string{"migrations/common", own} {
		files, err := fs.Glob(migrations, dir+"/*.sql")
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			body, err := fs.ReadFile(migrations, file)
			if err != nil {
				return nil, err
			}
			name := file[len(dir)+1:]
			if merged[name] != nil {
				return nil, fmt.Errorf("migration %s stands in two folders", name)
			}
			merged[name] = &fstest.MapFile{Data: body}
		}
	}
	return merged, nil
}

// migrate brings the schema up to this program's. A schema that is newer is refused: nothing is changed.
func migrate(ctx context.Context, pool *sql.DB, postgres bool) error {
	files, err := migrationFiles(postgres)
	if err != nil {
		return err
	}
	dialect := database.DialectSQLite3
	if postgres {
		dialect = database.DialectPostgres
	}
	p, err := goose.NewProvider(dialect, pool, files, goose.WithLogger(goose.NopLogger()))
	if err != nil {
		return err
	}
	has, wants, err := p.GetVersions(ctx)
	if err != nil {
		return fault.Wrap(fault.Unavailable, err, "fault.store.reach")
	}
	if has > wants {
		return fault.New(fault.Conflict, "fault.store.newer", "has", has, "wants", wants)
	}
	if _, err := p.Up(ctx); err != nil {
		return fault.Wrap(fault.Unavailable, err, "fault.store.migrate")
	}
	if postgres {
		return nil
	}
	if err := teach(ctx, pool); err != nil {
		return fault.Wrap(fault.Unavailable, err, "fault.store.migrate")
	}
	return nil
}
