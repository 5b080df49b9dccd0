package door

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"

	"kith/internal/fault"
	"kith/internal/flow"
	"kith/internal/store"
	"kith/internal/store/db"
)

// How many misses are free, and how the pauses grow after them: half a minute, then double each time, at most a quarter of
// an hour. Six hours after the last miss all is forgotten. A lock that only a person could open would let any child shut
// another out.
const (
	ownMisses    = 5  // at one person's pictures or password, or at class codes from one client
	sharedMisses = 20 // at the people of one class, or at passwords, from one client; each sign-in takes one back
	firstPauseMs = 30_000
	mostPauseMs  = 15 * 60_000
	rememberMs   = 6 * 3_600_000
)

// bucket is something that is being guessed at, and how many misses it takes.
type bucket struct {
	name string
	free int64
}

// pauseMs is how long a bucket stays locked after its misses-th miss, 0 while they are free.
func pauseMs(misses, free int64) int64 {
	if misses < free {
		return 0
	}
	pause := int64(firstPauseMs)
	for n := free; n < misses && pause < mostPauseMs; n++ {
		pause *= 2
	}
	return min(pause, mostPauseMs)
}

// processKey keeps what was typed in vain (a login that nobody has may be somebody's password) unreadable in the table of
// misses. It lives as long as the process; a restart forgets such misses.
var processKey = func() (k [32]byte) {
	_, _ = rand.Read(k[:]) // never fails (crypto/rand)
	return k
}()

func disguised(text string) string {
	mac := hmac.New(sha256.New, processKey[:])
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// open refuses when one of the buckets is locked. Errors: Forbidden with the minutes to wait.
func open(ctx context.Context, f *flow.Flow, q *db.Queries, now int64, buckets ...bucket) error {
	for _, b := range buckets {
		row, ok, err := store.Optional(q.Misses(ctx, b.name))
		if err != nil {
			return err
		}
		if ok && row.UntilMs > now {
			return fault.New(fault.Forbidden, "fault.signin.pause", "minutes", (row.UntilMs-now+59_999)/60_000)
		}
	}
	return nil
}

func miss(ctx context.Context, tx *store.Tx, b bucket) error {
	n, err := tx.AddMiss(ctx, db.AddMissParams{Bucket: b.name, NowMs: tx.Now, ForgetMs: tx.Now - rememberMs})
	if err != nil {
		return err
	}
	if pause := pauseMs(n, b.free); pause > 0 {
		return tx.PauseSignin(ctx, db.PauseSigninParams{Bucket: b.name, UntilMs: tx.Now + pause})
	}
	return nil
}

// guess runs a slow comparison between two short writes. The miss at own is counted before it, so that a hundred guesses
// sent at once are a hundred misses, and forgotten after it when the secret was right; shared buckets count afterwards,
// because a whole class may be on its way in at once.
// Errors: Forbidden while locked; Unauthenticated with code when the secret was not right; those of right.
func guess(ctx context.Context, f *flow.Flow, own bucket, shared []bucket, code string, right func(ctx context.Context) (bool, error)) error {
	err := f.Store().Write(ctx, own.name, func(ctx context.Context, tx *store.Tx) error {
		if err := open(ctx, f, tx.Queries, tx.Now, append([]bucket{own}, shared...)...); err != nil {
			return err
		}
		return miss(ctx, tx, own)
	})
	if err != nil {
		return err
	}
	yes, failed := right(ctx)
	err = f.Store().Write(context.WithoutCancel(ctx), own.name, func(ctx context.Context, tx *store.Tx) error {
		if failed != nil { // nothing was compared: it was no miss
			if err := tx.PauseSignin(ctx, db.PauseSigninParams{Bucket: own.name, UntilMs: 0}); err != nil {
				return err
			}
			return tx.TakeBackMiss(ctx, own.name)
		}
		if yes {
			if err := tx.ForgetMisses(ctx, own.name); err != nil {
				return err
			}
		}
		for _, b := range shared {
			if yes {
				if err := tx.TakeBackMiss(ctx, b.name); err != nil {
					return err
				}
			} else if err := miss(ctx, tx, b); err != nil {
				return err
			}
		}
		return nil
	})
	switch {
	case failed != nil:
		return failed
	case err != nil:
		return err
	case !yes:
		return fault.New(fault.Unauthenticated, code)
	}
	return nil
}

// missed counts a miss that needed no comparison: a code or a token that does not exist.
func missed(ctx context.Context, f *flow.Flow, b bucket) error {
	return f.Store().Write(ctx, b.name, func(ctx context.Context, tx *store.Tx) error {
		if err := tx.ForgetOldMisses(ctx, tx.Now-2*rememberMs); err != nil {
			return err
		}
		return miss(ctx, tx, b)
	})
}
