package door

import (
	"context"

	"kith/internal/flow"
	"kith/internal/roster"
	"kith/internal/store"
	"kith/internal/store/db"
)

// MakeSigninLinks gives each person a new link token that signs them in, as often as they like when reusable, and takes
// back the links that they had. It gives the tokens in the people's order; only their hashes are kept. It authorizes
// nobody: the commands that print links call it, never a request.
func MakeSigninLinks(ctx context.Context, f *flow.Flow, school roster.SchoolID, people []roster.PersonID, reusable bool) ([]string, error) {
	tokens, ids := make([]string, len(people)), make([]string, len(people))
	for i := range people {
		id, err := flow.FreshID()
		if err != nil {
			return nil, err
		}
		tokens[i], ids[i] = NewToken(), id
	}
	err := f.Store().Write(ctx, "links", func(ctx context.Context, tx *store.Tx) error {
		for i, p := range people {
			if err := tx.RevokeSigninLinks(ctx, db.RevokeSigninLinksParams{SchoolID: string(school), PersonID: string(p), RevokedMs: tx.Now}); err != nil {
				return err
			}
			if err := tx.AddSigninToken(ctx, db.AddSigninTokenParams{SchoolID: string(school), ID: ids[i], PersonID: string(p), Kind: "link",
				TokenHash: HashToken(tokens[i]), CreatedMs: tx.Now, ExpiresMs: 0, Reusable: reusable}); err != nil {
				return err
			}
		}
		return nil
	})
	return tokens, err
}
